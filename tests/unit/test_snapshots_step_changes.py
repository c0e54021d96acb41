"""What changed in a step, part by part: actions, times, texts by their lines, lists and their items, bodies of HTML."""

from __future__ import annotations

from typing import Any

from novu_framework_testing.snapshots import content_changes
from novu_framework_testing.snapshots.content_change import ContentChange
from tests.unit.test_snapshots_text_diff import step

Outputs = dict[str, Any]


def shown(change: ContentChange) -> str:
    """A change in a line: what it is about in brackets, `…` where it is an excerpt."""
    is_said = change.old is change.new is None
    words = str(change.hint) if is_said else f"{change.old} > {change.new}"
    hint = f" ({change.hint})" if change.hint and not is_said else ""
    return f"{change.part}: {words}{hint}{f' [{change.about}]' if change.about else ''}{' …' if change.uncut else ''}"


def told(channel: str, old: Outputs, new: Outputs) -> list[str]:
    return [shown(change) for change in content_changes(step(channel, **old), step(channel, **new))]


STEPS: list[tuple[str, Outputs, Outputs, list[str]]] = [
    ("in_app", {"primaryAction": {"label": "Go", "redirect": {"url": "/a"}}}, {"primaryAction": {"label": "Stop", "redirect": {"url": "/a"}}}, ["words of the first button: Go > Stop [/a /a]"]),
    ("in_app", {"primaryAction": {"label": "Go", "redirect": {"url": "/a"}}}, {"primaryAction": {"label": "Go", "redirect": {"url": "/b/12?x"}}}, ["where the first button leads: /a > /b/12?x [/a /b/12]"]),
    ("in_app", {"primaryAction": {"label": "Go", "redirect": {"url": "/a", "target": "_self"}}}, {"primaryAction": {"label": "Go", "redirect": {"url": "/a", "target": "_blank"}}}, ["in which window the first button opens it: the same window > a new window"]),
    ("in_app", {"secondaryAction": {"label": "Go", "redirect": {"url": "/a"}}}, {"secondaryAction": {"label": "Stop", "redirect": {"url": "/c/1"}}}, ["words of the second button: Go > Stop [/a /c/*]", "where the second button leads: /a > /c/1 [/a /c/1]"]),
    ("in_app", {"secondaryAction": {"label": "Go", "redirect": {"url": "/a", "target": "_parent"}}}, {"secondaryAction": {"label": "Go", "redirect": {"url": "/a", "target": "_top"}}}, ["in which window the second button opens it: the window around > the whole window"]),
    ("in_app", {"redirect": {"url": "/a", "target": "_self"}}, {"redirect": {"url": "/b", "target": "_other"}}, ["where a click leads: /a > /b [/a /b]", "in which window a click opens it: the same window > _other"]),
    ("in_app", {"redirect": {"url": "/a", "target": "_self"}}, {}, ["where a click leads: /a > None [/a]"]),
    ("in_app", {}, {"redirect": {"url": "/a", "target": "_blank"}}, ["where a click leads: None > /a [/a]", "in which window a click opens it: None > a new window"]),
    ("in_app", {"redirect": {"url": "/a", "target": "_self"}}, {"redirect": {"url": "/a"}}, ["in which window a click opens it: the same window > None"]),
    ("in_app", {"redirect": {"url": "/a"}}, {"redirect": {"url": "/a", "target": "_self"}}, ["in which window a click opens it: None > the same window"]),
    ("in_app", {"primaryAction": {"label": "Go", "redirect": {"url": "/a", "target": "_self"}}}, {}, ["words of the first button: Go > None [/a]", "where the first button leads: /a > None [/a]"]),
    ("in_app", {"primaryAction": {"label": "Go"}, "body": "Hi"}, {"primaryAction": {"label": "Stop"}, "body": "Hi"}, ["words of the first button: Go > Stop [Hi]"]),
    ("in_app", {"secondaryAction": {"label": "Go"}, "avatar": "/a"}, {"secondaryAction": None, "avatar": None}, ["words of the second button: Go > None", "avatar: /a > None"]),
    ("in_app", {"avatar": None}, {}, ["avatar: none > None"]),
    ("in_app", {"disableOutputSanitization": False}, {"disableOutputSanitization": True}, ["shown with its tags, unchecked: no > yes"]),
    ("in_app", {"secondaryAction": {"label": "Go"}, "body": "Hi"}, {"secondaryAction": {"label": "Stop"}, "body": "Hi"}, ["words of the second button: Go > Stop"]),
    ("in_app", {"primaryAction": "a"}, {"primaryAction": "b"}, ["primary action: a > b"]),
    ("email", {"from": {"name": "A", "email": "a@a.test"}}, {"from": {"name": "B", "email": "b@a.test"}}, ["name of the sender: A > B", "address of the sender: a@a.test > b@a.test"]),
    ("delay", {"type": "timed", "cron": "0 9 * * 1"}, {"type": "timed", "cron": "0 9 * * 2"}, ["when: at 09:00 on Monday > at 09:00 on Tuesday [at 09:00 on Monday at 09:00 on Tuesday]"]),
    ("digest", {"cron": "0 9 * * 1"}, {"cron": "0 09 * * 1"}, ["when: 0 9 * * 1 > 0 09 * * 1 [0 9 * * 1 0 09 * * 1]"]),
    ("digest", {"digestKey": "a", "lookBackWindow": {"amount": 1, "unit": "days"}}, {"digestKey": "b", "lookBackWindow": {"amount": 2, "unit": "days"}}, ["one digest for each: a > b", "at once if nothing came in the last: 1 day > 2 days"]),
    ("delay", {"amount": 1, "unit": "days"}, {"amount": 1, "unit": "hours"}, ["duration: 1 day > 1 hour"]),
    ("throttle", {"amount": 1, "unit": "days"}, {"amount": 2, "unit": "days"}, ["in how long a time: 1 day > 2 days"]),
    ("throttle", {"duration": "a", "amount": 1, "unit": "days"}, {"duration": "b", "amount": 2, "unit": "days"}, ["in how long a time: a > b", "amount: 1 > 2"]),
    ("sms", {"body": "a"}, {"body": "b"}, ["body: a > b"]),
    ("sms", {"body": "a\nb\nc"}, {"body": "a\nx\nc"}, ["body, line 2: b > x"]),
    ("sms", {"body": "a\nb\nc"}, {"body": "a\nx\ny\nc"}, ["body, lines 2 to 3: b > x\ny"]),
    ("sms", {"body": "a\nb\nc\nd"}, {"body": "a\nd"}, ["body, lines 2 to 3: b\nc > None"]),
    ("sms", {"body": "a\nb"}, {"body": "a"}, ["body, line 2: b > None"]),
    ("sms", {"body": "a"}, {"body": "a\nb"}, ["body, line 2: None > b"]),
    ("sms", {"body": "a\nb\nc"}, {"body": "x\ny\nc"}, ["body, line 1: a > x", "body, line 2: b > y"]),
    ("sms", {"body": "a\n\nb"}, {"body": "a\nb"}, ["body, line 2:  > None"]),
    ("sms", {"body": ""}, {"body": "a"}, ["body:  > a"]),
    ("sms", {}, {"body": "a"}, ["body: None > a"]),
    ("sms", {"body": "a"}, {}, ["body: a > None"]),
    ("sms", {"body": True}, {"body": 1}, ["body: yes > 1"]),
    ("sms", {"body": None}, {}, ["body: none > None"]),
    ("sms", {"body": None}, {"body": "none"}, ['body: none > "none"']),
    ("sms", {"body": "a–b"}, {"body": "a-b"}, ["body: a–b > a-b (they look alike: a dash – became a hyphen -)"]),
    ("sms", {"body": "Go on. Stop it now ok. Bye then."}, {"body": "Stop it now ok. Go on. Bye then."}, ["body: “Go on.” now comes after “Stop it now ok.”"]),
    ("sms", {"body": "Stop it. Go on now."}, {"body": "Go on now. Stop it."}, ["body: “Stop it.” now comes after “Go on now.”"]),
    ("chat", {"subject": "Hello you there. Go on.", "body": "Bye."}, {"subject": "Go on.", "body": "Bye. Hello you there."}, ["subject: “Hello you there.” now stands after “Bye.”, and stood before “Go on.”"]),
    ("chat", {"subject": "Hello you. Go on.", "body": "Bye."}, {"subject": "Go on.", "body": "Bye. Hello you."}, ["subject: Hello you. Go on. > Go on.", "body: Bye. > Bye. Hello you."]),
    ("chat", {"subject": "Hello you there. Go on.", "body": "Bye."}, {"subject": "Go on now.", "body": "Bye. Hello you there."}, ["subject: Hello you there. Go on. > Go on now.", "body: Bye. > Bye. Hello you there."]),
    ("chat", {"subject": "Hello you there.", "body": "Bye."}, {"subject": "", "body": "Bye. Hello you there."}, ["subject: Hello you there. > ", "body: Bye. > Bye. Hello you there."]),
    ("chat", {"list": [1, 2, 3]}, {"list": [1, 3]}, ["list › 2: 2 > None"]),
    ("chat", {"list": [1]}, {"list": [1, 2]}, ["list › 2: None > 2"]),
    ("chat", {"list": ["a"]}, {"list": ["b"]}, ["list › 1: a > b"]),
    ("chat", {"list": [{"type": "plain_text", "text": "a"}]}, {"list": [{"type": "plain_text", "text": "b"}]}, ["list › plain text 1 › text: a > b"]),
    ("chat", {"list": [{"type": "a b", "text": "a"}]}, {"list": [{"type": "a b", "text": "b"}]}, ["list › 1 › text: a > b"]),
    ("chat", {"list": [{"type": "a", "text": "a"}]}, {"list": [{"type": "b", "text": "a"}]}, ["list › 1 › type: a > b"]),
    ("chat", {"list": [{"from": "shop", "text": "a"}]}, {"list": [{"from": "shop", "text": "b"}]}, ["list › 1 (shop) › text: a > b"]),
    ("chat", {"list": [{"from": "shop", "text": "a"}]}, {"list": [{"from": "you", "text": "a"}]}, ["list › 1 › from: shop > you"]),
    ("chat", {"list": [{"type": 5, "text": "a"}]}, {"list": [{"type": 5, "text": "b"}]}, ["list › 1 › text: a > b"]),
    ("chat", {"list": []}, {"list": [1]}, ["list › 1: None > 1"]),
    ("chat", {"list": [1]}, {"list": {}}, ["list: - 1 > (empty)"]),
    ("chat", {"map": {}}, {}, ["map: (empty) > None"]),
    ("chat", {"map": {}}, {"map": {"a": 1}}, ["map › a: None > 1"]),
    ("chat", {"map": {"a": 1}}, {}, ["map › a: 1 > None"]),
    ("chat", {"map": {"snake_name": 1, "Camel_x": 2, "a_b c": 3}}, {"map": {"snake_name": 2, "Camel_x": 3, "a_b c": 4}}, ["map › snake name: 1 > 2", "map › Camel_x: 2 > 3", 'map › "a_b c": 3 > 4']),
    ("chat", {"map": {"a": "x\ny"}}, {"map": {"a": 5}}, ["map › a: x\ny > 5"]),
    ("chat", {"a": [1, 2]}, {"a": "b"}, ["a: - 1\n- 2 > b"]),
    ("chat", {"a": (1, 2)}, {"a": [1, 2]}, []),
    ("email", {"body": "<p>a</p>"}, {"body": "<p>b</p>"}, ["body › text: a > b"]),
    ("email", {"body": "a < b"}, {"body": "a < c"}, ["body: a < b > a < c"]),
    ("email", {"body": "a"}, {"body": "<b>a</b>"}, ["body › style of text: “a” is bold now [a]"]),
    ("email", {}, {"body": "<b>a</b>"}, ["body: None > a"]),
    ("email", {"body": "<b>a</b>"}, {}, ["body: a > None"]),
    ("sms", {"body": "<b>a</b>"}, {"body": "<b>b</b>"}, ["body: <b>a</b> > <b>b</b>"]),
    ("in_app", {"body": "<b>a</b>"}, {"body": "<b>b</b>"}, ["body › text: a > b"]),
    ("in_app", {"body": "</p>a"}, {"body": "</p>b"}, ["body › text: a > b"]),
    ("in_app", {"body": "<!-- a"}, {"body": "<!-- b"}, ["body › text: <!-- a > <!-- b"]),
    ("in_app", {"body": "<1>a"}, {"body": "<1>b"}, ["body: <1>a > <1>b"]),
    ("in_app", {"subject": "**a** b", "body": "*c* d"}, {"subject": "a b", "body": "c d"}, ["subject › style of text: “a” is no longer bold [a b]", "body › style of text: “c” is no longer in italics [c d]"]),
    ("in_app", {"subject": "**a**"}, {}, ["subject: a > None"]),
    ("in_app", {"body": "**a**"}, {"body": "**a** "}, ["body: a > a  (they look alike: a space is new)"]),
    ("in_app", {"subject": "a", "body": "b"}, {"subject": "c", "body": "d"}, ["subject: a > c", "body: b > d [c]"]),
    ("email", {"subject": "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxayyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy"}, {"subject": "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxbyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy"}, ["subject: …xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxayyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy… > …xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxbyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy… …"]),
    ("delay", {"cron": "*/7 * * * *"}, {"cron": "*/15 * * * *"}, ["when: every seventh minute of every hour > every 15 minutes [every seventh minute of every hour every 15 minutes]"]),
    ("delay", {"cron": "*/13 * * * *"}, {"cron": "5 */2 * * *"}, ["when: every 13th minute of every hour > at minute 5 of every second hour [every 13th minute of every hour at minute 5 of every second hour]"]),
    ("chat", {"a": 1, "subject": "Hello you there. Go on.", "body": "Bye."}, {"subject": "Go on.", "body": "Bye. Hello you there."}, ["a: 1 > None", "subject: “Hello you there.” now stands after “Bye.”, and stood before “Go on.”"]),
    ("conversation", {"title": "a", "talk": [{"from": "shop", "text": "a"}]}, {"title": "b", "talk": [{"from": "shop", "text": "b"}]}, ["title: a > b", "message 1 (shop) › text: a > b"]),
    ("conversation", {"talk": [{"from": "shop", "buttons": ["x", "y"]}]}, {"talk": [{"from": "shop", "buttons": ["x", "z"]}]}, ["message 1 (shop) › buttons 2: y > z"]),
    ("conversation", {"talk": [{"from": "shop (edited)", "text": "a"}]}, {"talk": [{"from": "shop (edited)", "text": "b"}]}, ["message 1 (shop, edited) › text: a > b"]),
    ("conversation", {"talk": [{"from": "shop", "text": "a"}]}, {"talk": []}, ["message 1 (shop) › from: shop > None", "message 1 (shop) › text: a > None"]),
    ("conversation", {"talk": "a"}, {"talk": "b"}, ["talk: a > b"]),
    ("conversation", {"talk": ["a"]}, {"talk": ["b"]}, ["message 1: a > b"]),
]  # fmt: skip


def test_what_changed_in_a_step_is_told_part_by_part() -> None:
    assert [(*each[:-1], told(*each[:3])) for each in STEPS] == STEPS
