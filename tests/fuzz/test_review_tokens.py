"""Whatever a line is made of, a part of it that became another is told: a price beside a link was once taken for nothing that is seen."""

from __future__ import annotations

from random import Random

import pytest

from novu_framework_testing.snapshots import RenderedStep
from novu_framework_testing.snapshots.content_change import ContentChange
from novu_framework_testing.snapshots.html_diff import html_changes
from novu_framework_testing.snapshots.text_diff import content_changes
from tests.fuzz import FUZZ, examples
from tests.tables import one_in

KINDS = {
    "words": ("Pay now", "See you", "from", "in all"),
    "value": ("£39", "1 250 kr", "-10%", "08:30", "7", "3/4"),
    "sign": ("|", "·", "→", "←", "/", "+"),
    "picture": ("✅", "❌", "★★★", "🎉"),
    "place": ("Book", "3", "Terms of use", "→ Open", "✅"),
}
LOOKS = ("{}", "{}", "<b>{}</b>", '<span style="color:#c00">{}</span>')
HOLDERS = (
    "<p>{}</p>", "<h2>{}</h2>", "<ul><li>{}</li><li>Last</li></ul>", "<table><tr><td>{}</td></tr></table>",
    "<table><tr><td>Cabin</td><td>{}</td></tr><tr><td>Seat</td><td>Free</td></tr></table>", "<div style='background:#eee'>{}</div>",
)  # fmt: skip


def _changes(old: str, new: str) -> list[ContentChange]:
    was, now = (
        RenderedStep("s", "email", "delivered", outputs={"subject": "S", "body": body}) for body in (old, new)
    )
    return content_changes(was, now)


def _line(tokens: list[tuple[str, str, str]]) -> str:
    return " ".join(
        f'<a href="https://x.test/{at}">{words}</a>' if kind == "place" else look.format(words)
        for at, (kind, words, look) in enumerate(tokens)
    )


@pytest.mark.parametrize("part", one_in(4, range(4)))
def test_a_part_of_a_line_that_became_another_is_told(part: int) -> None:
    for seed in range(part * 150 * FUZZ, (part + 1) * 150 * FUZZ):
        random = Random(seed)
        kinds = random.choices([*KINDS], k=random.randint(1, 4))
        tokens = [(kind, random.choice(KINDS[kind]), random.choice(LOOKS)) for kind in kinds]
        at = random.randrange(len(tokens))
        kind, was, look = tokens[at]
        now = random.choice([each for each in KINDS[kind] if each != was])
        holder = random.choice(HOLDERS)
        beside = random.choice(("", "<p>Hello to you, dear Ann.</p>", '<p><a href="/a">Help</a></p>'))
        old, new = (
            beside + holder.format(_line([*tokens[:at], (kind, words, look), *tokens[at + 1 :]]))
            for words in (was, now)
        )
        told = [f"{change.old} {change.new} {change.hint}" for change in _changes(old, new)]
        assert any(now in each and "unseen" not in each for each in told), (seed, old, new, told)


WORDS = ("van", "box", "tape", "label", "depot", "driver", "piano", "lamp", "chair", "desk")
APART = {"line": "<hr>", "room": "<div style='height:20px'></div>"}


def edited_around(chance: Random) -> tuple[str, str]:
    """Make an email with lines across and empty parts, and one in which words were edited, came and went around these."""
    old, new = "", ""
    for word in chance.sample(WORDS, chance.randint(2, 6)):
        line, changed = f"<p>{word} comes today</p>", f"<p>{word} left today</p>"
        edit = chance.choice(
            (
                line,
                line,
                changed,
                line.replace("comes", "<b>comes</b>"),
                "",
                f"{line}<p>new {word}</p>",
                f"<p>{word}</p>",
            )
        )
        apart = chance.choice(("", *APART.values()))
        old, new = f"{old}{line}{apart}", f"{new}{edit}{apart}"
    return old, new


def test_what_stands_between_words_moves_with_none_of_them() -> None:
    for seed in range(examples(300)):
        told = [each.sentence for each in html_changes(*edited_around(Random(seed))) if each.sentence]
        assert not [one for one in told if "line across" in one or "empty part" in one], seed
