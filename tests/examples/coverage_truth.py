"""What the examples' own tests come to, counted by hand in these tests: how each step ended, and what never ran."""

from __future__ import annotations

from typing import NamedTuple


class Truth(NamedTuple):
    """The truth of one example: how often each step ended in which way, by workflow, and what never ran, in words."""

    happened: dict[str, dict[str, dict[str, int]]]
    never: frozenset[str] | set[str] = frozenset()


TRUTHS = {
    "migrate-from-typescript": Truth(
        {
            "task-assigned": {
                "inbox": {"delivered": 2},
                "collect": {"many events": 1, "merged": 1},
                "wait": {"completed": 1},
                "email": {"delivered": 1},
                "sms": {"cut by preferences": 1},
            }
        },
        {
            "task-assigned/collect: never with one event",
            "task-assigned/sms: never delivered",
            "task-assigned/sms: `subscriber.first_name` was never false",
        },
    ),
    "quickstart": Truth(
        {
            "new-comment": {
                "inbox": {"delivered": 4},
                "collect": {"many events": 1, "merged": 1, "one event": 2},
                "wait": {"completed": 3},
                "email": {"delivered": 2, "skipped": 1},
            }
        }
    ),
    # a test of its own makes up another workflow with this id, with a step of its own
    "self-hosted": Truth(
        {"invoice": {"inbox": {"delivered": 3}, "wait": {"completed": 1}, "reminder": {"delivered": 1}}},
        {"invoice/reminder: its `skip` was never true"},
    ),
    "shop": Truth(
        {
            "abandoned-cart": {
                "wait": {"completed": 5},
                "look-again": {"completed": 5},
                "email": {"delivered": 3, "skipped": 2},
                "wait-longer": {"completed": 2, "skipped": 2},
                "push": {"delivered": 1, "skipped": 3},
            },
            "order-confirmation": {"inbox": {"delivered": 30}, "email": {"delivered": 30}},
            "price-alert": {
                "not-too-many": {"let through": 10, "held back": 1},
                "inbox": {"delivered": 10, "held back": 1},
                "chat": {"delivered": 10, "held back": 1},
                "email": {"delivered": 1, "cut by preferences": 9, "held back": 1},
            },
            "shipping-delay": {
                "inbox": {"delivered": 7},
                "collect": {"one event": 2, "many events": 2, "merged": 2},
                "email": {"delivered": 2, "skipped": 1, "failed": 1},
                "sms": {"delivered": 2, "skipped": 2},
            },
        }
    ),
    # once by the agent, once by a test
    "support_agent": Truth({"refund-issued": {"email": {"delivered": 2}}}),
}
