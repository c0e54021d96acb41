"""What an HTML body looks like, compared where a reader would compare it: at the words and images that both versions have.

Each text is compared in what it is drawn with, wherever that is written: in the element, above it, in an attribute or
in a style sheet. What is around a text is compared from the text outwards. So a colour in other words, a class with
another name, or an element more that changes nothing is no difference.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import accumulate, groupby, pairwise
from operator import itemgetter

from novu_framework_testing._internal.html_document import INLINE, Document, Element
from novu_framework_testing.snapshots.block_pairs import is_unlike
from novu_framework_testing.snapshots.block_places import name_of
from novu_framework_testing.snapshots.block_standings import whereabouts
from novu_framework_testing.snapshots.html_styles import (
    BACKGROUND,
    WHEN,
    WHITE,
    Styles,
    base,
    is_rare,
    pair_of,
    rule_changes,
)
from novu_framework_testing.snapshots.look_arrivals import arrivals
from novu_framework_testing.snapshots.look_boxes import Boxes
from novu_framework_testing.snapshots.look_chains import is_beside
from novu_framework_testing.snapshots.look_difference import (
    AS_LETTERS,
    BOX,
    BREAKPOINT,
    GAP,
    HIDDEN,
    IN_WORDS,
    MAIL_PROGRAMS,
    NEVER_SEEN,
    WHOLE,
    LookDifference,
    Placed,
    always,
    seen_name,
    size_of,
    value_changes,
    words_of,
)
from novu_framework_testing.snapshots.look_ornaments import ornament_differences
from novu_framework_testing.snapshots.look_texts import new_struck_out, text_differences
from novu_framework_testing.snapshots.reading import Block, Place, places_of
from novu_framework_testing.snapshots.reworded_lines import spans_but_one

_CLASS = re.compile(r"\.([\w-]+)")
_NUMBER = re.compile(r"\d[\d.]*[a-z]*")


def differences(
    old: Document,
    new: Document,
    pairs: Iterable[tuple[int, int]],
    moved: Sequence[tuple[int, int]] = (),
    revealed: Sequence[tuple[int, int]] = (),
) -> Iterator[LookDifference]:
    """Yield what looks different.

    Args:
        old, new: The two versions.
        pairs: Which block of the new version (by its number in `places_of`) is which of the old, in order.
        moved: Which are the same at another place. What is around these is not compared.
        revealed: Which are the same and hidden at any time in one version alone.
    """
    pairs, places = list(pairs), (places_of(old), places_of(new))
    if not _only_words(
        old, new, [(places[0][before], places[1][after]) for before, after in [*pairs, *moved, *revealed]]
    ):
        was, now = pair_of(old, new)
        renamed = _breakpoints(was, now)
        for after, before in renamed.items():
            width, other = (" and ".join(_NUMBER.findall(when)) for when in (before, after))
            known = LookDifference(BREAKPOINT, width, other, when=after)
            hidden = _hidden_from(was, now, places, pairs, (before, after), known)
            yield from list(hidden) or [known]
        for each in _differences(was, Styles(new, renamed) if renamed else now, places, pairs, moved):
            when, _, name = each.name.rpartition(WHEN)
            yield each._replace(name=name, when=when) if when else each
        for gone, come in revealed:
            (was_block, left), (block, right) = places[0][gone], places[1][come]
            sides = was.hidden(left.element), now.hidden(right.element)
            # what is shown at some times alone, of one condition each
            if all(side[""] and all(when.count("(") <= 1 for when in side) for side in sides):
                for each in _hiding_differences(was, now, left.element, right.element, block.text):
                    about = "\n".join((block.text, was_block.kind, block.kind))
                    yield each._replace(place=come, kind="text", sentence=about)


def _differences(
    was: Styles,
    now: Styles,
    places: tuple[Sequence[Placed], Sequence[Placed]],
    pairs: Iterable[tuple[int, int]],
    moved: Sequence[tuple[int, int]],
) -> Iterator[LookDifference]:
    names = Counter(
        (block.is_image, name_of(block) if block.is_image else block.text) for block, _ in places[1]
    )
    pairs, said, found = list(pairs), set[tuple[str, str | None, str | None]](), list[LookDifference]()
    stay = len(pairs)
    lines = _lines(places, [*pairs, *moved])
    empty = [*accumulate(not block.text.strip() for block, _ in places[1])]
    above, grounds = _last_words_before(places[1]), set[tuple[str, bool, bool]]()
    has_same_parts = _empty_parts(was.document) == _empty_parts(now.document)
    boxes = Boxes(was, now, places, pairs, moved)
    for number, (before, after) in enumerate([*pairs, *moved]):
        (block, right), (old_block, left) = places[1][after], places[0][before]
        if block.kind in NEVER_SEEN and old_block.kind in NEVER_SEEN:
            continue
        is_line = (before, after) in lines
        left, right = lines.get((before, after), (left, right))
        words, replaced = words_of(block, right, names), not is_line and is_unlike(old_block, block)
        before_it = old_block.kind if number >= stay else ""
        for each in _place_differences(
            was,
            now,
            boxes,
            (left, right),
            (old_block, block),
            words,
            before=before_it,
        ):
            if not words.strip() and always(each.name) in _OF_SPACERS:
                continue  # said of the empty part
            if not words.strip() and base(each.name) == BACKGROUND and above[after]:
                which = str(empty[after]).translate(AS_LETTERS)
                each = each._replace(words=above[after], beside="the empty part below", sentence=which)
                if has_same_parts:
                    grounds.add((above[after], each.old is None, each.new is None))
            said.add((always(each.name), each.old, each.new))
            is_box = block.kind == "button" and each.kind == BOX
            own_kind = block.kind if each.kind == BOX or block.kind == "button" else each.kind or block.kind
            begins_before = bool(each.until) and each.words != words
            kind = (
                "text"
                if begins_before
                else BOX
                if is_box
                else "image"
                if _is_picture(right) and block.kind != "button"
                else own_kind
            )
            is_of_others = replaced and base(each.name) in _OF_WORDS
            found.append(each._replace(place=after, kind=kind, replaced=each.replaced or is_of_others))
    found = [each._replace(until=WHOLE) if boxes.is_of_all(each) else each for each in found]
    yield from _with_whereabouts(found, [block for block, _ in places[1]])
    known = tuple({pair[side] for pair in [*pairs, *moved]} for side in (0, 1))
    yield from arrivals((was, now), places, (known[0], known[1]))
    yield from _new_at_times(now, places, known[1])
    yield from new_struck_out(was, now, places, pairs)
    yield from _line_gaps(places, lines)
    # an empty cell of a row that is said to have another border has it too
    yield from (
        each
        for each in ornament_differences(was, now)
        if (always(each.name), each.old, each.new) not in said
        # one that has a colour of its own now is no new one
        and not (each.name == "empty part" and (each.words, each.old is None, each.new is None) in grounds)
    )
    yield from _rule_differences(was, now)


def _with_whereabouts(found: Sequence[LookDifference], blocks: Sequence[Block]) -> Iterator[LookDifference]:
    """Yield differences, those at words of which there are several with where these stand, and which of them they are if not all look so."""
    if not found:
        return
    alike = whereabouts(blocks)
    many, numbers = Counter[tuple[str, str]](), list[int]()
    for block in blocks:
        many[block.kind, name_of(block)] += 1
        numbers.append(many[block.kind, name_of(block)])
    links = _links_in_texts(blocks)
    places = [_seen_at(each, blocks, links) for each in found]
    told = {(at, _same_at(each, blocks[at])) for each, at in zip(found, places, strict=True) if at >= 0}
    counts = Counter(same for _, same in told)
    for each, at in zip(found, places, strict=True):
        where = alike.get(at, "").strip()
        are_all = (
            bool(where) and counts[_same_at(each, blocks[at])] == many[blocks[at].kind, name_of(blocks[at])]
        )
        is_counted = where.startswith(",")  # as the first of several texts that a box is around
        if not where or is_counted or (are_all and blocks[at].inside):
            yield each
        else:
            which = "" if are_all else str(numbers[at]).translate(AS_LETTERS)
            # the line of a link has other words in another email
            about = f"{each.sentence or each.words}\n{which if blocks[at].inside else where}"
            yield each._replace(words=f"{each.words}{IN_WORDS}{where}", sentence=about, which=which)


def _same_at(found: LookDifference, block: Block) -> tuple[str, str | None, str | None, str, str, str]:
    """Return what is different, and at what words of which kind."""
    return *found[:3], found.when, block.kind, name_of(block)


def _links_in_texts(blocks: Sequence[Block]) -> dict[tuple[int, str], list[int]]:
    """Return the numbers of the links in texts, by the number of the text and their words."""
    found: dict[tuple[int, str], list[int]] = defaultdict(list)
    text = -1
    for at, block in enumerate(blocks):
        if block.inside:
            found[text, block.text].append(at)
        else:
            text = at
    return found


def _seen_at(
    found: LookDifference, blocks: Sequence[Block], links: Mapping[tuple[int, str], Sequence[int]]
) -> int:
    """Return the number of the text, or of the only link of a text with these words, at which something is seen; -1 for anything else."""
    block = blocks[found.place]
    if found.until or found.beside or IN_WORDS in found.words or found.name in _NAMED:
        return -1
    if found.words == name_of(block):
        return found.place if block.inside or not block.row else -1
    same = links.get((found.place, found.words), ())
    return same[0] if len(same) == 1 else -1


def _last_words_before(places: Sequence[Placed]) -> list[str]:
    """Return for each block the words of the last one before it that has any, and is seen."""
    found, last = list[str](), ""
    for block, _ in places:
        found.append(last)
        if block.text.strip() and block.kind not in NEVER_SEEN and not block.is_image:
            last = block.text
    return found


def _empty_parts(document: Document) -> list[str]:
    """Return the tags of what holds neither words nor other elements."""
    return [
        each.tag
        for each in document.elements
        if not any(isinstance(child, Element) or child.strip() for child in each.children)
    ]


def _lines(
    places: tuple[Sequence[Placed], Sequence[Placed]], pairs: Iterable[tuple[int, int]]
) -> dict[tuple[int, int], tuple[Place, Place]]:
    """Return where each line stands that is one of several in one version, and a part of one in the other.

    Of the one that has them all, only the part is given.
    """
    wholes: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for pair in pairs:
        for side in (0, 1):
            wholes[side, pair[side]].append(pair)
    found: dict[tuple[int, int], tuple[Place, Place]] = {}
    for (side, at), several in wholes.items():
        if len(several) == 1:
            continue
        several.sort(key=itemgetter(1 - side))
        block, place = places[side][at]
        spans = _parts_of(block.text, [places[1 - side][pair[1 - side]][0].text for pair in several])
        parts = list(_cut(place, block.text, spans)) or [place] * len(several)
        for pair, part in zip(several, parts, strict=True):
            sides = [places[each][pair[each]][1] for each in (0, 1)]
            sides[side] = part
            found[pair] = sides[0], sides[1]
    return found


def _line_gaps(
    places: tuple[Sequence[Placed], Sequence[Placed]], lines: Iterable[tuple[int, int]]
) -> Iterator[LookDifference]:
    """Yield the empty lines above lines that are new with these, or gone, as where a line was split by two breaks.

    Args:
        places: Where the blocks of both versions stand.
        lines: Which lines are, or were, parts of which others.
    """
    pairs = sorted(lines)
    for (one, other), (before, after) in pairwise(pairs):
        is_split = one == before
        block, place = places[1][after] if is_split else places[0][before]
        if place.gap and (is_split or other == after):
            gaps = ("0", str(place.gap)) if is_split else (str(place.gap), "0")
            yield LookDifference(GAP, *gaps, block.text, place=after, kind=block.kind)


def _cut(place: Place, text: str, spans: Sequence[tuple[int, int]]) -> Iterator[Place]:
    """Yield the parts of a text, each with the words that stand in it; nothing if its runs are not what is read."""
    letters = list(_letters(place))
    while letters and letters[-1][0] == " ":
        letters.pop()
    if "".join(letter for letter, _ in letters) != text:
        return
    for start, end in spans:
        runs = groupby(letters[start:end], key=lambda each: id(each[1]))
        of_runs = [list(run) for _, run in runs]
        yield place._replace(runs=tuple(("".join(one for one, _ in run), run[0][1]) for run in of_runs))


def _letters(place: Place) -> Iterator[tuple[str, Element]]:
    """Yield the letters of a text as it is read, with one blank for several, each with what it stands in."""
    is_blank = True
    for words, element in place.runs:
        for letter in words:
            if letter not in _BLANKS:
                yield letter, element
            elif not is_blank:
                yield " ", element
            is_blank = letter in _BLANKS


_BLANKS = " \t\n\r\f"


def _parts_of(whole: str, texts: Sequence[str]) -> list[tuple[int, int]]:
    """Return where a text has others, one after another and with whatever numbers, or one of them with other words, or nothing."""
    found: list[tuple[int, int]] = []
    end = 0
    for text in texts:
        words = r"\d+".join(map(re.escape, _ANY_NUMBER.split(text)))
        part = re.compile(words).search(whole, end)
        if part is None:
            return spans_but_one(whole, texts)
        found.append(part.span())
        end = part.end()
    return found


_ANY_NUMBER = re.compile(r"\d+")
_OF_WORDS = frozenset(
    {
        "color",
        "font-family",
        "font-size",
        "font-style",
        "font-variant",
        "font-weight",
        "letter-spacing",
        "line-height",
        "text-decoration",
        "text-transform",
    }
)
"""What words have for themselves, so that other words in their place did not have it before."""
_NAMED = frozenset({"background-image", "aria-label", "content"})
"""What is told as other words or another picture."""
_OF_SPACERS = frozenset({"height", "line-height", "font-size"})
"""What makes a part without words as high as it is."""


def _is_picture(place: Place) -> bool:
    """Whether all that is seen of something, as of a link, is a picture."""
    inside = (each for each in place.element.inside() if isinstance(each, Element))
    return not any(text.strip() for text, _ in place.runs) and any(each.tag == "img" for each in inside)


def _place_differences(
    was: Styles,
    now: Styles,
    boxes: Boxes,
    sides: tuple[Place, Place],
    blocks: tuple[Block, Block],
    words: str,
    *,
    before: str,
) -> Iterator[LookDifference]:
    """Yield what looks different at one block, and around it.

    Args:
        was, now, boxes: Both versions.
        sides: Where the block stands in them.
        blocks, words: What is read of the block in them, and what it is called.
        before: The kind that it was of, of one that stands elsewhere, so that what is around it is not compared, or
            is read in another way, and so looks different too; empty for others.
    """
    (left, right), block = sides, blocks[1]
    of_text, turned = list(text_differences(was, now, left, right)), list[LookDifference]()
    of_text = [each._replace(words=words) if each.words == block.text else each for each in of_text]
    yield from of_text
    if before and before != block.kind:
        return
    if block.is_image:
        drawn = was.text(left.element), now.text(right.element)
        aligned = (
            {name: value for name, value in each.items() if base(name) == "text-align"} for each in drawn
        )
        turned = [
            LookDifference(seen_name(name, *drawn), one, other, words)
            for name, one, other in value_changes(*aligned)
        ]
        yield from turned
        yield from _image_differences(was.own(left.element), now.own(right.element), words)
        one, other = _sources(left.element), _sources(right.element)
        if one != other:
            yield LookDifference("srcset", one or None, other or None, words)
    if left.gap != right.gap and words.strip() and not before:
        yield LookDifference(GAP, str(left.gap), str(right.gap), words)
    yield from _hiding_differences(was, now, left.element, right.element, words)
    said = {always(each.name) for each in (*of_text, *turned)}
    holders = _holder(left), _holder(right)
    if before:
        own = list(boxes.compare_own(*holders, words, said))
        yield from own
        grounds = was.behind(left.element) or WHITE, now.behind(right.element) or WHITE
        in_row = any(map(is_beside, right.element.above()))
        if grounds[0] != grounds[1] and not in_row and all(always(each.name) != BACKGROUND for each in own):
            yield LookDifference(BACKGROUND, *grounds, words)
    else:
        yield from boxes.compare(*holders, words, said, blocks)


def _holder(place: Place) -> Element:
    """Return what all of a text stands in: not the first of its links."""
    for each in place.element.above():
        if each.tag not in INLINE or all(each in tuple(one.above()) for _, one in place.runs):
            return each
    return place.element


def _only_words(old: Document, new: Document, pairs: Sequence[tuple[Placed, Placed]]) -> bool:
    """Whether two versions have the same elements, with other words in the same places: then nothing looks different."""
    numbers: list[dict[int, int]] = []
    shapes = []
    for document in (old, new):
        number = {id(element): at for at, element in enumerate(document.elements)}
        shapes.append([(each.source, number.get(id(each.parent))) for each in document.elements])
        numbers.append(number)
    rules = ([(*each[:2], *each[4:]) for each in document.declarations] for document in (old, new))
    if shapes[0] != shapes[1] or next(rules) != next(rules):
        return False
    # the same words in another part of the line may be bold there
    return all(
        left.gap == right.gap
        and numbers[0].get(id(left.element)) == numbers[1].get(id(right.element))
        and (
            [text for text, _ in left.runs] == [text for text, _ in right.runs]
            or len(left.runs) == len(right.runs) <= 1
        )
        for (_, left), (_, right) in pairs
    )


def _hiding_differences(
    was: Styles, now: Styles, old: Element, new: Element, words: str
) -> Iterator[LookDifference]:
    sides = [styles.hidden(element) for styles, element in ((was, old), (now, new))]
    if sides[0] != sides[1] and words.strip():
        was_said, now_said = ("\n".join(_when_hidden(side)) for side in sides)
        yield LookDifference(HIDDEN, was_said, now_said, words)


def _new_at_times(
    now: Styles, places: tuple[Sequence[Placed], Sequence[Placed]], known: Set[int]
) -> Iterator[LookDifference]:
    """Yield when what is new is hidden, of what is not always so or never."""
    others = {block.text for block, _ in places[0]}
    for number, (block, place) in enumerate(places[1]):
        if number in known or block.kind in NEVER_SEEN or block.text in others or not block.text.strip():
            continue
        hidden = now.hidden(place.element)
        if len(hidden) > 1:
            kind = "image" if block.is_image else block.kind
            said = "\n".join(_when_hidden(hidden))
            yield LookDifference(HIDDEN, None, said, block.text, place=number, kind=kind)


def _when_hidden(hidden: Mapping[str, bool]) -> list[str]:
    """Return whether something is hidden, and then each time for which that is not so."""
    return ["hidden" if hidden[""] else "shown", *sorted(filter(None, hidden))]


def _image_differences(
    old: Mapping[str, str], new: Mapping[str, str], words: str
) -> Iterator[LookDifference]:
    before, after = (size_of(each.get("width"), each.get("height")) for each in (old, new))
    if before != after:
        changed = [name for name in ("width", "height") if old.get(name) != new.get(name)]
        whens = {seen_name(name, old, new).removesuffix(name) for name in changed}
        when = whens.pop() if len(whens) == 1 else ""
        yield LookDifference(f"{when}image-size", before, after, words)


def _sources(image: Element) -> str:
    """Return the pictures that a `picture` has for some screens, as they are written."""
    beside = image.parent.children if image.parent and image.parent.tag == "picture" else ()
    return " ".join(each.source for each in beside if isinstance(each, Element) and each.tag == "source")


def _rule_differences(was: Styles, now: Styles) -> Iterator[LookDifference]:
    """Yield what changed in the rules for what single mail programs put around a message, or for selectors that are not followed."""
    changes = list(rule_changes(was, now))
    first = {**_first_words(was.document), **_first_words(now.document)} if changes else {}
    for (at_rule, selector), before, after in changes:
        twin = _OF_PROGRAMS.sub("", selector)
        if twin != selector and all(
            not said or any(rules.get(twin) == said for rules in styles.at_rules.values())
            for styles, said in ((was, before), (now, after))
        ):
            continue  # the same for a program that does not follow the @rule
        when = MAIL_PROGRAMS if is_rare(selector) else at_rule or selector
        words = next((text for name in _CLASS.findall(selector)[-1:] if (text := first.get(name))), "")
        for each in value_changes(before, after):
            yield LookDifference(*each, words, when)


_OF_PROGRAMS = re.compile(r"^\.moz-text-html\s+")


def _first_words(document: Document) -> dict[str, str]:
    """Return the words of the first element of each class."""
    found: dict[str, Element] = {}
    for element in document.elements:
        if not element.muted:
            for name in element.get("class").split():
                found.setdefault(name, element)
    return {name: element.text for name, element in found.items()}


def _breakpoints(old: Styles, new: Styles) -> dict[str, str]:
    """Return what the @rules of the new version are called in the old: those that hold from another width of the screen."""
    gone = [when for when in old.at_rules if when not in new.at_rules]
    found: dict[str, str] = {}
    for when in new.at_rules:
        if when not in old.at_rules:
            same = [one for one in gone if _NUMBER.sub("", one) == _NUMBER.sub("", when)]
            best = max(same, key=lambda one: len(_rules_in(old, one) & _rules_in(new, when)), default=None)
            if best is not None and _rules_in(old, best) & _rules_in(new, when):
                found[when] = best
                gone.remove(best)
    return found


def _hidden_from(
    was: Styles,
    now: Styles,
    places: tuple[Sequence[Placed], Sequence[Placed]],
    pairs: Iterable[tuple[int, int]],
    whens: tuple[str, str],
    known: LookDifference,
) -> Iterator[LookDifference]:
    """Yield what is hidden from some width of the screen in both versions, where that is all that changes there.

    Args:
        was, now: The looks of both versions.
        places: The blocks of both.
        pairs: Which block is which.
        whens: The @rule for that width, in each version.
        known: The difference of the widths.
    """
    sides = tuple(zip((was, now), whens, strict=True))
    if not all(rule == _HIDING for styles, when in sides for rule in styles.at_rules[when].values()):
        return
    for numbers in pairs:
        (block, place), (_, old_place) = places[1][numbers[1]], places[0][numbers[0]]
        hidden = (
            styles.hidden(each.element) for (styles, _), each in zip(sides, (old_place, place), strict=True)
        )
        # of a text that begins with a link or with bold words, these alone may be hidden
        is_part = not block.is_image and INLINE & {place.element.tag, old_place.element.tag}
        if not (block.inside or is_part) and all(
            not at[""] and at.get(when) for at, when in zip(hidden, whens, strict=True)
        ):
            yield known._replace(
                words=name_of(block), place=numbers[1], kind="image" if block.is_image else block.kind
            )


_HIDING = {"display": "none"}


def _rules_in(styles: Styles, when: str) -> set[tuple[str, ...]]:
    return {(selector, *map(str, rule.items())) for selector, rule in styles.at_rules[when].items()}
