"""What changed in what is set for single providers, as their readers see it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import lru_cache, partial
from typing import Any

from novu_framework_testing._internal.html_document import parsed
from novu_framework_testing.snapshots.block_changes import exchanged_targets, read_changes
from novu_framework_testing.snapshots.block_pairs import ranges_of
from novu_framework_testing.snapshots.block_places import short, without_quotes
from novu_framework_testing.snapshots.formats import arranged
from novu_framework_testing.snapshots.html_change import HtmlChange, digest_of
from novu_framework_testing.snapshots.html_diff import html_changes
from novu_framework_testing.snapshots.overrides.cards import card
from novu_framework_testing.snapshots.overrides.looks import (
    WORKS,
    is_seen,
    kind_sentence,
    look_sentence,
    works_sentences,
)
from novu_framework_testing.snapshots.overrides.markup import Line, said
from novu_framework_testing.snapshots.overrides.parts import (
    BESIDE,
    KIND,
    LINE,
    WHO,
    Part,
    Sheet,
    fold,
    put_columns,
    tell_numbers_apart,
    words_of,
    words_of_cells,
)
from novu_framework_testing.snapshots.overrides.providers import name_of, sheet_of
from novu_framework_testing.snapshots.overrides.surroundings import (
    differences,
    neighbours,
    own_differences,
    paired_holders,
    surroundings,
)
from novu_framework_testing.snapshots.reading import Block, readable
from novu_framework_testing.snapshots.sentences import sentence_of
from novu_framework_testing.snapshots.sequences import changed_ranges
from novu_framework_testing.snapshots.table_columns import extra_columns, moved_columns, replaced_columns
from novu_framework_testing.snapshots.words import AS_LETTERS

_MOST = 3
_PUT_TOGETHER = "how it is put together changed, and none of its words, links and pictures"
_UNSEEN = frozenset(
    ("id", "actionid", "blockid", "value", "callbackdata", "callbackid", "callbackurl", "customid", "data", "verb", "version", "type",
     "$schema", "@context", "@type", "parsemode", "messagingproduct", "payload", "nameinthedata", "externalid", "recipienttype",
     "hour", "minute", "dayofweek", "dayofmonth", "month", "year", "calendar", "messageid", "action", "associatedinputs",
     "valueon", "valueoff", "source")
)  # fmt: skip
"""Settings of which it is known that nobody sees them."""


def override_changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[HtmlChange]:
    """Yield what changed in the overrides of a message, by the ids of their providers: parts as emails have them.

    >>> old, new = ({"slack": {"text": text}} for text in ("Room *4*", "Room *5*"))
    >>> for change in override_changes(old, new):
    ...     print(*change[:3])
    text in Slack Room 4 Room 5
    """
    for provider in dict.fromkeys((*old, *new)):
        name = name_of(provider)
        if provider not in old or provider not in new:
            was, now = (
                _whole(sheet_of(provider, side[provider])) if provider in side else None
                for side in (old, new)
            )
            yield HtmlChange(f"message for {name}", was, now)
        elif repr(arranged(old[provider])) != repr(arranged(new[provider])):
            is_said = False
            for change in _changes(*(sheet_of(provider, side[provider]) for side in (old, new))):
                is_said = True
                yield change._replace(part=f"{change.part.replace(' › ', ', ')} in {name}")
            if not is_said:
                sentence = _PUT_TOGETHER
                yield HtmlChange(
                    f"message for {name}",
                    sentence=sentence,
                    detail=digest_of(*(arranged(side[provider]) for side in (old, new))),
                )


def card_changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[HtmlChange]:
    """Yield what changed in a card of Novu's, as a chat shows it."""
    sheets = Sheet(), Sheet()
    for sheet, one in zip(sheets, (old, new), strict=True):
        sheet.read(card, one)
    yield from _sheet_changes("the card", sheets, old, new)


def data_changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[HtmlChange]:
    """Yield what changed in the data that goes with a message, each value called by the words of its name.

    >>> [change] = data_changes({"orderId": "A1", "total": 5}, {"orderId": "A2", "total": 5})
    >>> change.part, change.old, change.new
    ('order id in the data', 'A1', 'A2')
    """
    sheets = Sheet(), Sheet()
    for sheet, one in zip(sheets, (old, new), strict=True):
        if one:
            sheet.list("", arranged(one))
    yield from _sheet_changes("the data", sheets, old, new)


def _sheet_changes(what: str, sheets: tuple[Sheet, Sheet], old: object, new: object) -> Iterator[HtmlChange]:
    if repr(arranged(old)) == repr(arranged(new)):
        return
    is_said = False
    for change in _changes(*sheets):
        is_said = True
        yield change._replace(part=f"{change.part.replace(' › ', ', ')} in {what}")
    if not is_said:
        sentence = _PUT_TOGETHER
        yield HtmlChange(what, sentence=sentence, detail=digest_of(arranged(old), arranged(new)))


def _whole(sheet: Sheet) -> str:
    pages = [readable(parsed(page)) for page in sheet.pages.values()]
    return "\n".join(filter(None, [sheet.text(), *pages])) or "nothing that is read"


def _beside(sheet: Sheet) -> list[Any]:
    return [
        value for part in sheet.parts for (_, name), value in part.looks.items() if name.startswith(BESIDE)
    ]


def _columns(old: Sheet, new: Sheet) -> Iterator[HtmlChange]:
    """Yield which columns stand at another place, and put those of the old version there."""
    if len(old.tables) == len(new.tables):
        for at, tables in enumerate(zip(old.tables, new.tables, strict=True)):
            words = words_of_cells(tables[0]), words_of_cells(tables[1])
            order, said = moved_columns(*words)
            if order:
                put_columns(old, at, order)
            elif replaced := replaced_columns(*words, are_words=partial(_are_words, tables)):
                (stay, kept), said = replaced
                put_columns(old, at, stay)
                put_columns(new, at, kept)
            elif extra := extra_columns(*words, are_words=partial(_are_words, tables)):
                side, left, said = extra
                put_columns((old, new)[side], at, left)
            yield from said


def _are_words(sides: Sequence[Sequence[Sequence[Sequence[Part]]]], side: int, column: int) -> bool:
    return not any(part.block.target for row in sides[side] for part in row[column])


def _changes(old: Sheet, new: Sheet) -> Iterator[HtmlChange]:
    yield from _columns(old, new)
    old.announce_as(new)
    new.announce_as(old)
    for sheet in (old, new):
        sheet.label_tables()
    tell_numbers_apart(old, new)
    news = [part.block for part in new.parts[1:]]
    fine_print = old.fine_print(), new.fine_print()
    olds, exchanged = exchanged_targets([part.block for part in old.parts[1:]], news, fine_print)
    texts = Counter[str | None](block.text for block in olds)
    changes, became, moved = read_changes(olds, news, ranges_of(olds, news), fine_print)
    same = [(one, other) for one, other in moved if olds[one].text == news[other].text]
    same += [(one, other) for one, other in became if olds[one].kind == news[other].kind]
    came = {other + 1: one + 1 for one, other in same}
    pairs = [*_pairs(old.parts, new.parts, [(one + 1, other + 1) for one, other in became], came)]
    abouts = _told_apart(old.parts) | _told_apart(new.parts) | _told_apart(new.holders)
    spots = _spots(old.parts, new.parts, pairs, abouts)
    for change in (*exchanged, *changes):
        which = _which(change, texts, spots)
        change = change._replace(about=f"{change.about} {which}".strip())
        if change.part == "divider" and not change.sentence:
            sentence = f"{LINE} is {'gone' if change.new is None else 'new'}"
            change = HtmlChange(change.part, sentence=sentence, about=which)
        if change.sentence and f"“{LINE}”" in change.sentence:  # which has no words of its own
            change = change._replace(sentence=change.sentence.replace(f"“{LINE}”", LINE))
        if _OF_TEMPLATE.match(
            change.part
        ):  # whose words stand elsewhere: the same value is another thing in another one
            change = change._replace(about=f"{new.template} {change.part} {change.about}")
        yield change
    for name in dict.fromkeys((*old.pages, *new.pages)):
        was, now = old.pages.get(name), new.pages.get(name)
        if was is not None and now is not None:
            yield from html_changes(was, now)
        else:
            yield HtmlChange(name, was and readable(parsed(was)), now and readable(parsed(now)))
    is_reordered = [part.block for part in old.parts] != [part.block for part in new.parts]
    if is_reordered and _beside(old) == _beside(
        new
    ):  # buttons and columns that changed places stand where others stood
        for part in (*old.parts, *new.parts):
            part.looks = {key: value for key, value in part.looks.items() if not key[1].startswith(BESIDE)}
    holders = paired_holders(pairs, [*_pairs(old.holders, new.holders)])
    places = {id(part): f"{at}" for at, part in enumerate(new.parts)}
    places |= {id(part): f"part {at}" for at, part in enumerate(new.holders)}
    around = surroundings(pairs, holders)
    renamed = {(olds[one].text, news[other].text) for one, other in became if news[other].kind == "button"}
    for part in new.parts:
        changed = around.of_parts.get(id(part), {})
        if changed.get("shownby") in renamed:
            del changed["shownby"]
        if part.block.inside:  # as the text is that it stands in
            changed.clear()
    for parts, changed in [*neighbours(new.parts, around.of_parts, pairs)]:
        first, last = parts[0], parts[-1]
        about = " ".join(filter(None, (abouts.get(id(part), "") for part in (first, last))))
        yield HtmlChange(
            f"parts from “{first.words}” to “{last.words}”",
            sentence=look_sentence(changed),
            detail=digest_of(_in_any_language(changed), len(parts)),
            about=about,
            place=f"{places[id(first)]} to {places[id(last)]}",
        )
        for part in parts:
            del around.of_parts[id(part)]
    said_around = around.of_parts | around.of_holders
    for before, after in (*pairs, *holders):
        looks = own_differences(before, after) | said_around.get(id(after), {})
        yield from _look_changes(before, after, looks, places[id(after)], abouts.get(id(after), ""))
    yield from _unseen_changes(
        [*pairs, *holders], places, abouts, _ids_of_others(old.parts, new.parts, pairs)
    )


def _look_changes(
    old: Part, new: Part, looks: dict[str, tuple[Any, Any]], place: str, about: str
) -> Iterator[HtmlChange]:
    """Yield how the words of a part are set, how it looks and what it does now.

    Args:
        old, new: The part in both versions.
        looks: What its looks were and are.
        place: Where it is.
        about: What tells it from others of its name.
    """
    for each in style_changes(old, new):
        yield each._replace(place=place, about=f"{each.about}{about and ' '}{about}")
    said: list[tuple[str, object]] = []
    if (kinds := looks.pop(fold(KIND), None)) and old.block.text == new.block.text:
        said.append((kind_sentence(*kinds), kinds))
    looks = {name: sides for name, sides in looks.items() if name in WORKS or is_seen(name, *sides)}
    works = {name: looks.pop(name) for name in list(looks) if name in WORKS}
    said += [(sentence, works) for sentence in works_sentences(works)]
    if looks:
        said.append((look_sentence(looks), _in_any_language(looks)))
    for sentence, facts in said:
        yield HtmlChange(
            new.name or "message", sentence=sentence, detail=digest_of(facts), about=about, place=place
        )


def _spots(
    old: Sequence[Part], new: Sequence[Part], pairs: Sequence[tuple[Part, Part]], abouts: Mapping[int, str]
) -> dict[tuple[str | None, str | None], list[str]]:
    """Return what tells equal parts apart that changed, by their words or addresses before and now; nothing where all of them did."""
    order = {id(part): at for at, part in enumerate((*old, *new))}
    sides: list[tuple[Part | None, Part | None]] = [*sorted(pairs, key=lambda pair: order[id(pair[1])])]
    known = {id(part) for pair in pairs for part in pair}
    sides += [(part, None) for part in old if id(part) not in known]
    sides += [(None, part) for part in new if id(part) not in known]
    counts = [
        Counter(each for part in side for each in {*_values(part), short(part.block.text)})
        for side in (old, new)
    ]
    found: dict[tuple[str | None, str | None], list[str]] = defaultdict(list)
    most = Counter[tuple[str | None, str | None]]()
    for one, other in sides:
        values = zip(_values(one), _values(other), strict=True)
        for each in {(was, now) for was, now in values if was != now}:
            found[each].append(next((abouts[id(part)] for part in (one, other) if id(part) in abouts), ""))
            side, part, value = (1, other, each[1]) if each[0] is None else (0, one, each[0])
            row = part.block.row if part else ""
            most[each] = max(most[each], counts[side][value], counts[side][row] if row else 0)
    return {each: spots if len(spots) < most[each] else [] for each, spots in found.items()}


def _values(part: Part | None) -> tuple[str | None, str | None]:
    return (part.block.text or None, part.block.target or None) if part else (None, None)


def _which(
    change: HtmlChange,
    texts: Mapping[str | None, int],
    spots: Mapping[tuple[str | None, str | None], list[str]],
) -> str:
    """Return which of several equal parts a change is of, in words; empty where there is one, or where all changed.

    Args:
        change: The change.
        texts: How often the old version has each text.
        spots: What tells those apart that changed, of which one is taken.
    """
    if change.sentence:
        return ""
    is_text = change.old in texts
    if is_text and change.about and "*" not in change.about:
        return ""
    found = spots.get((change.old, change.new))
    if found is None and is_text and texts[change.old] > 1:
        return change.place.translate(AS_LETTERS)
    return found.pop(0) if found else ""


def _told_apart(parts: Sequence[Part]) -> dict[int, str]:
    """Return what tells parts of the same name apart, and what belongs to them, by their ids.

    That is the last words before that stand there once, and a count.
    """
    names = Counter(part.name for part in parts)
    texts = Counter(part.block.text for part in parts)
    found: dict[int, str] = {}
    last, counts = "", Counter[tuple[str, str]]()
    owners: dict[str, str] = {}
    for part in parts:
        is_several = part.name and names[part.name] > 1
        if is_several:
            counts[last, part.name] += 1
            found[id(part)] = f"{last} {str(counts[last, part.name]).translate(AS_LETTERS)}".strip()
        elif part.block.row and owners.get(part.block.row):
            found[id(part)] = owners[part.block.row]
        if not is_several and part.block.text and texts[part.block.text] == 1:
            # numbers of a text tell nothing apart, in whatever test
            last = _NUMBERS.sub("*", part.block.text)
        owners[short(part.block.text)] = found.get(id(part), "")
    return found


def _in_any_language(looks: Mapping[str, tuple[Any, Any]]) -> dict[str, tuple[Any, Any]]:
    """Return looks without the words of a button that shows a part, where none did before, or none does now."""
    return {
        name: (bool(was), bool(now)) if name == "shownby" and not (was and now) else (was, now)
        for name, (was, now) in looks.items()
    }


_OF_TEMPLATE = re.compile(
    r"value .+ of the |.+ of the form of |(?:end of the address|answer|code to copy) of "
)


def _pairs(
    old: list[Part],
    new: list[Part],
    became: Sequence[tuple[int, int]] = (),
    came: Mapping[int, int] | None = None,
) -> Iterator[tuple[Part, Part]]:
    """Yield which part is which: equal ones, wherever they stand, those in the place of one of their kind, what became what.

    Args:
        old, new: The parts of both versions.
        became: Which became which, by their numbers.
        came: Where those of the new version stood that moved.
    """
    came = came or {}
    left: dict[object, list[Part]] = defaultdict(list)
    places: list[tuple[Part, Part]] = []
    blocks = [part.block for part in old], [part.block for part in new]
    start, come = 0, 0
    rest: list[Part] = []
    for a, b, c, d in [*changed_ranges(*blocks), (len(old), len(old), len(new), len(new))]:
        places += zip(old[start:a], new[come:c], strict=True)
        start, come = b, d
        if [part.block.kind for part in old[a:b]] == [part.block.kind for part in new[c:d]]:
            places += (
                (old[one], new[other])
                for one, other in zip(range(a, b), range(c, d), strict=True)
                if came.get(other, one) == one
            )
            continue
        same = {
            other: one
            for one, other in became
            if c <= other < d and old[one].block.kind == new[other].block.kind
        }
        places += ((old[one], new[other]) for other, one in same.items())
        for at in range(a, b):
            if at not in same.values():
                left[old[at].block].append(old[at])
        rest += [new[at] for at in range(c, d) if at not in same]
    places += ((old[one], new[other]) for other, one in came.items())
    known = {id(part) for _, part in places}
    yield from {id(part): (one, part) for one, part in places}.values()
    for part in (each for each in rest if id(each) not in known):
        if left[part.block]:
            yield left[part.block].pop(0), part


def inbox_text(text: str) -> tuple[str, Part]:
    """Return the words of a message in an inbox, without the signs for bold and italics, and which words these are for."""
    lines = [next(said(line, "inbox"), Line()) for line in text.split("\n")]
    words = "\n".join(line.text for line in lines)
    return words, Part(Block("text", words), tuple(style for line in lines for style in line.styles))


def style_changes(old: Part, new: Part) -> Iterator[HtmlChange]:
    """Yield the words that are bold now, or are no longer, and the like; of words that are there in both versions."""
    olds, news = ({(style, _without_colon(words)) for style, words in part.styles} for part in (old, new))
    for at, (style, words) in enumerate(dict.fromkeys((style, words.strip()) for style, words in old.styles)):
        if (style, _without_colon(words)) in news or not words:
            continue
        were, words = words, words if _holds(new, words) else _replaced(new, old, style, words)
        if words:
            others = f"is not {style}, and “{without_quotes(were)}” was"
            around = sentence_of(words, new.block.text)
            yield HtmlChange(
                "style of text",
                sentence=f"“{without_quotes(words)}” {f'is no longer {style}' if words == were else others}",
                detail=digest_of(style, _NUMBERS.sub("*", words)),
                about=around,
                place=_place(at, words, new),
            )
    for at, (style, words) in enumerate(dict.fromkeys((style, words.strip()) for style, words in new.styles)):
        if (style, _without_colon(words)) in olds or not words:
            continue
        if _holds(old, words) or _replaced(old, new, style, words):
            around = sentence_of(words, new.block.text)
            yield HtmlChange(
                "style of text",
                sentence=f"“{without_quotes(words)}” is {style} now",
                detail=digest_of(style, _NUMBERS.sub("*", words), "now"),
                about=around,
                place=_place(at, words, new),
            )


def _without_colon(words: str) -> str:
    return words.strip().removesuffix(":")


def _place(at: int, words: str, part: Part) -> str:
    """Return which of the words that are set in some way these are, and they themselves; empty where a text has them twice."""
    return f"{at} {words}" if part.block.text.count(words) == 1 else ""


def _replaced(old: Part, new: Part, style: str, words: str) -> str:
    """Return the words that stood where some stand that have a style; empty where these had it too, or none stood there."""
    sides, ranges = _compared_tokens(old.block.text, new.block.text)
    olds, news = ([token[0] for token in side] for side in sides)
    styled = {token for name, said in old.styles if name == style for token in _TOKEN.findall(said)}
    tokens = {*_TOKEN.findall(words)}
    for a, b, c, d in ranges:
        if a < b and not tokens.isdisjoint(news[c:d]):
            if not styled.isdisjoint(olds[a:b]):
                return ""
            start = new.block.text.find(words)
            lead = sum(token.start() >= start for token in sides[1][:c])
            rest = sum(token.end() <= start + len(words) for token in sides[1][d:])
            # the words around them that are set so, too, where these stayed
            first = a - lead if lead <= a and olds[a - lead : a] == news[c - lead : c] else a
            last = b + rest if olds[b : b + rest] == news[d : d + rest] else b
            return old.block.text[sides[0][first].start() : sides[0][last - 1].end()]
    return ""


@lru_cache(maxsize=16)
def _compared_tokens(
    old: str, new: str
) -> tuple[tuple[list[re.Match[str]], list[re.Match[str]]], list[tuple[int, int, int, int]]]:
    """Return the words and signs of two texts, and where these differ; asked for each of the words that have a style."""
    sides = [*_TOKEN.finditer(old)], [*_TOKEN.finditer(new)]
    return sides, list(changed_ranges(*([token[0] for token in side] for side in sides)))


_NUMBERS = re.compile(r"\d+(?:[.,]\d+)*")
_TOKEN = re.compile(r"\w+(?:[.,:]\w+)*|[^\w\s]")


def _holds(part: Part, words: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", part.block.text) is not None


def _unseen_changes(
    pairs: list[tuple[Part, Part]],
    places: Mapping[int, str],
    abouts: Mapping[int, str],
    others: tuple[Set[str], Set[str]],
) -> Iterator[HtmlChange]:
    """Yield one sentence for all that a subscriber cannot see.

    Args:
        pairs: Which part is which.
        places: Where the parts are, by their ids.
        abouts: What tells equal ones apart, by their ids.
        others: The identifiers of the parts that are gone, and of those that are new.
    """
    at, found, told = [], [], []
    for before, after in pairs:
        for name, values in _named(before, after, others):
            at.append(places[id(after)])
            told.append(abouts.get(id(after), ""))
            found.append((after.name, name, values))
    if found:
        names = [
            f"{name} of the {part}{_became(name, *values)}" if part and WHO not in name else name
            for part, name, values in found
        ]
        more = f" and {len(names) - _MOST} more" if len(names) > _MOST else ""
        is_unseen = all(WHO in name or fold(name.replace(" ", "")) in _UNSEEN for _, name, _ in found)
        what = "what nobody sees changed" if is_unseen else "other settings changed"
        sentence = f"{what}: {', '.join(names[:_MOST])}{more}"
        # what the parts are called has other words in another language
        detail, about = digest_of([each[1:] for each in found]), digest_of([each[0] for each in found])
        about = " ".join((about, *filter(None, told)))
        yield HtmlChange("settings", sentence=sentence, detail=detail, about=about, place=" ".join(at))


def _became(name: str, old: object, new: object) -> str:
    """Return the values of what an app is sent where a reader presses or chooses, if they are short; nothing of an identifier."""
    is_short = all(
        isinstance(each, (str, int, float)) and 0 < len(f"{each}") <= _LONGEST for each in (old, new)
    )
    return f" ({old} became {new})" if is_short and fold(name.replace(" ", "")) in _SENT else ""


_LONGEST = 30
_SENT = frozenset(("value", "data", "payload", "callbackdata"))


def _ids_of_others(
    old: Sequence[Part], new: Sequence[Part], pairs: Sequence[tuple[Part, Part]]
) -> tuple[set[str], set[str]]:
    """Return the identifiers of the parts that are gone, and of those that are new."""
    paired = {id(part) for pair in pairs for part in pair}
    left = [[part for part in side if id(part) not in paired] for side in (old, new)]
    gone, come = (
        {str(value) for part in side for (_, name), value in part.unseen.items() if name == _ID}
        for side in left
    )
    return gone, come


_ID = "id"


def _named(old: Part, new: Part, others: tuple[Set[str], Set[str]]) -> Iterator[tuple[str, tuple[Any, Any]]]:
    """Yield what is not seen and changed; no identifier that is told of the first part of a field, and this is another one now."""
    gone, come = others
    for name, values in differences(old.unseen, new.unseen, str).items():
        was, now = values
        is_same_field = name == _ID and (
            (now is None and str(was) in come) or (was is None and str(now) in gone)
        )
        if not (is_same_field or (WHO in name and None in values)):
            yield words_of(name), values
