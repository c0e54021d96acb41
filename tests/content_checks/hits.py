"""What single rules find in a content, each hit as a line: the rule, where, the fact that shows it, for which clients."""

from __future__ import annotations

from novu_framework_testing.checks import RULES, Content
from novu_framework_testing.checks.clients import client_data

ALL_CLIENTS = frozenset(client_data().clients)


def hits(content: Content, *subjects: str) -> list[str]:
    """Ask the rules whose ids begin with one of `subjects`: `rule where: detail [client, client]`."""
    lines = []
    for rule in RULES.values():
        if rule.id.startswith(subjects) and content.channel in rule.channels:
            for place, detail, clients in rule.look(content, ALL_CLIENTS):
                where = place if isinstance(place, str) else place.where
                about = f" [{', '.join(clients)}]" if clients else ""
                lines.append(f"{rule.id} {where}{f': {detail}' if detail else ''}{about}")
    return lines
