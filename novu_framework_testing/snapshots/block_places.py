"""Where blocks stand: which of them moved, and past what; which lines became one, or were one."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import partial
from itertools import pairwise
from typing import NamedTuple, TypeAlias
from urllib.parse import unquote

from novu_framework_testing.snapshots.reading import Block
from novu_framework_testing.snapshots.sequences import kept_between

_SITE = re.compile(r"https?://(?:www\.)?([^/?#:]+)")
_FILE = re.compile(r"([^/?#\\]*)(?:[?#].*)?", re.DOTALL)
_LETTER = re.compile(r"[^\W\d_]")
_FEW = 2
_TRIED = 20
"""Places tried for a line that begins with the same sign: more are the same by chance."""


class BlockMove(NamedTuple):
    """A block that stands at another place: its number in the old version, and in the new."""

    old: int
    new: int


class Lines(NamedTuple):
    """Lines that were one and are several, or the other way round, with the same words.

    Attributes:
        old, new: The numbers of the blocks, the lines first, then links whose words are in them.
        texts: The words of the several.
        are_joined: Whether they are one now.
        mark: What stands between them in the one, such as a comma; empty for nothing.
        renumbered: The lines with other numbers or words than before: the number of the block of the line, and its words in the one.
    """

    old: tuple[int, ...]
    new: tuple[int, ...]
    texts: tuple[str, ...]
    are_joined: bool
    mark: str = ""
    renumbered: tuple[tuple[int, str], ...] = ()


def short(text: str, most: int = 40) -> str:
    """Return the beginning of a text, up to the end of a word where there is one near.

    >>> short("Your password was changed on another device", 30), short("0123456789" * 4, 12)
    ('Your password was changed on…', '01234567890…')
    """
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    whole = cut if text[most - 1].isspace() else cut[: cut.rfind(" ") + 1]
    return f"{whole.rstrip() if len(whole) > most // 2 else cut}…"


def without_quotes(text: str) -> str:
    """Return a text without the quotation marks around all of it: what is told has its own around it.

    >>> without_quotes("“They smiled.”"), without_quotes("“A” or “B”")
    ('They smiled.', '“A” or “B”')
    """
    return text[1:-1] if text[:1] in _OPENING and _IN_QUOTES.fullmatch(text) else text


_OPENING = frozenset('“„«"')
_IN_QUOTES = re.compile('“[^“”]+”|„[^„“”]+[“”]|«[^«»]+»|"[^"]+"')


def name_of(block: Block) -> str:
    """Return what a block is called: its words; of an image without any, its file; of a link, the site that it leads to.

    >>> name_of(Block("image", "", "https://cdn.test/a/banner.png?v=2")), name_of(Block("link", "", "https://www.acme.test/a?b=c"))
    ('banner.png', 'acme.test')
    """
    if block.text or not block.is_image:
        site = _SITE.match(block.target)
        return block.text or (site[1] if site else block.target)
    if block.target.startswith(("data:", "cid:")):
        return ""
    found = _FILE.fullmatch(block.target.rstrip("/").rpartition("/")[2])
    return unquote(found[1]) if found else ""


def called(blocks: Sequence[Block], at: int) -> str:
    """Return what a block is called, with those after it: a picture beside words that lead to the same place by the words."""
    block = blocks[at]
    beside = (one.text for one in blocks[at + 1 : at + 3] if one.target == block.target and one.text)
    return block.text or (next(beside, "") if block.target else "") or name_of(block)


def _with_files(blocks: Sequence[Block]) -> Sequence[Block]:
    """Return blocks, each picture that another one with another file is called as with its own file, and so the link around it: `Cover (a.jpg)`."""
    files: dict[str, set[str]] = defaultdict(set)
    for block in blocks:
        if block.is_image and block.text:
            files[block.text].add(_file_of(block))
    found = list(blocks)
    for at, block in enumerate(blocks):
        file = _file_of(block) if block.is_image and len(files.get(block.text, ())) > 1 else ""
        if file and not is_label(blocks, at):
            found[at] = block._replace(text=f"{block.text} ({file})")
            if at and blocks[at - 1].text == block.text and not blocks[at - 1].is_image:
                found[at - 1] = blocks[at - 1]._replace(text=found[at].text)
    return found


def _file_of(picture: Block) -> str:
    return name_of(picture._replace(text=""))


# What moved


def says_itself(block: Block) -> bool:
    """Tell whether a block is known wherever it stands: a value of a row, or a number, is one of what stands beside it."""
    is_one = block.is_image or bool(block.target and block.text)
    return is_one or (
        not is_value(block) and (block.kind in OWNED or bool(_LETTER.search(block.text or block.target)))
    )


def is_label(blocks: Sequence[Block], at: int) -> bool:
    """Tell whether a block is what its row is called by, be it a number: what follows it stands in the row of that name.

    A name beside the picture that is called so, too, stands in the row of the picture.
    """
    name = blocks[at].text
    return at + 1 < len(blocks) and name != "" and row_of(blocks[at + 1]) == name != row_of(blocks[at])


def is_value(block: Block) -> bool:
    """Tell whether a block is one of the values of a row: without what the row is about, it says nothing."""
    return bool(block.row) and block.kind not in OWNED


def is_priced(blocks: Sequence[Block], at: int) -> bool:
    """Tell whether a block is a price, with few words if any, in a line of its own, and the line before it a short name, of what has that price."""
    return _PRICE.fullmatch(blocks[at].text) is not None and has_prices(blocks, at)


def has_prices(blocks: Sequence[Block], at: int) -> bool:
    """Tell whether a block is a line with prices, and the line before it a short name, of what has these."""
    name, prices = blocks[at - 1] if at else None, blocks[at]
    return (
        name is not None
        and all(
            each.kind == "text" and not (each.row or each.inside or each.target) for each in (name, prices)
        )
        and _AMOUNT.search(prices.text) is not None
        and _SHORT_NAME.fullmatch(name.text) is not None
    )


_CURRENCY = "(?:[$£¥\u20a0-\u20cf]|EUR|USD|GBP|CHF|kr|zł|Kč)"
_AMOUNT = re.compile(rf"{_CURRENCY} ?\d[\d.,]*|\d[\d.,]* ?{_CURRENCY}", re.IGNORECASE)
_PRICE = re.compile(
    rf"(?:[^\W\d_]+\.? )?[-+]?(?:{_AMOUNT.pattern})(?:(?: ?/| per| pro| par| por) ?[^\W\d_]+| each)?",
    re.IGNORECASE,
)
_SHORT_NAME = re.compile(r"[^\W\d_][^\d\s]*(?: [^\d\s]+){0,3}(?<![.!?。])")
_IN_BUTTONS = frozenset({"field", "hint", "words in the empty field", "choice"})
"""What a button may hold that opens a form: another button comes after that one, and not after what it holds."""
OWNED = {
    "words in the empty field": "of", "hint": "of", "what is said of a wrong entry": "of", "choice": "of", "group of choices": "of", "chosen from the start": "in", "what is filled in": "at", "question": "before", "answer to the question": "before",
}  # fmt: skip
"""What belongs to a field or a button, and how that is said: it says for itself what it is, wherever it stands."""


def said_of_moves(
    old: Sequence[Block],
    new: Sequence[Block],
    moves: Sequence[BlockMove],
    ranges: Sequence[tuple[int, int, int, int]],
    became: Sequence[tuple[int, int]],
) -> Iterator[tuple[BlockMove, str]]:
    """Yield what to say of blocks that moved, with the first of each part; those that moved together are one.

    Args:
        old, new: The blocks of both versions.
        moves: What moved.
        ranges: Where the versions differ.
        became: Which block became which, with other words: what moved may have passed it.
    """
    new = _with_files(new)
    labels = {
        new[one.new].text
        for one in moves
        if new[one.new].text and (not new[one.new].row or is_label(new, one.new))
    }
    # what stands in a row goes with what the row is called by
    own = [
        one
        for one in moves
        if says_itself(new[one.new]) or is_label(new, one.new) or row_of(new[one.new]) not in labels
    ]
    silent = {one.new for one in moves} - {one.new for one in own}
    runs = list(_runs(old, new, sorted(own, key=lambda one: one.new), moves))
    places = {at: index for index, (a, b, _, _) in enumerate(ranges) for at in range(a, b)}
    stands = {at: index for index, (_, _, c, d) in enumerate(ranges) for at in range(c, d)}
    went: dict[tuple[int | None, int | None], list[int]] = defaultdict(list)
    for at, run in enumerate(runs):
        went[places.get(run[0].old), stands.get(run[0].new)].append(at)
    origins = {after: before for before, after in became} | _origins(old, new, moves, ranges)
    passed_by = [tuple(_passed(new, run, origins)) for run in runs]
    together: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for at, passed in enumerate(passed_by):
        together[passed].append(at)
    are_whole = not any(old[one.old].inside or new[one.new].inside for one in moves)
    exchanged = list(_exchanged(new, origins)) if moves and are_whole else []
    if exchanged:
        yield from exchanged
        return
    said: set[int] = set()
    moved = {one.new for one in moves}
    for at, run in enumerate(runs):
        if at in said:
            continue
        here = places.get(run[0].old), stands.get(run[0].new)
        others = went.get((here[1], here[0]), []) if here[0] != here[1] else []
        name = _run_name(new, run, silent)
        if len(others) == len(went[here]) == 1:
            said.add(others[0])
            yield run[0], f"{name} and {_run_name(new, runs[others[0]], silent)} have changed places"
        elif of_buttons := _passed_buttons(new, run, origins):
            yield of_buttons
        elif _follow_each_other(new, passed_by[at]) and len(same := together[passed_by[at]]) > 1:
            said.update(same)
            yield _went_past(new, passed_by[at], [one for each in same for one in runs[each]], origins)
        elif said_of_passed := _passed_by(new, run, origins):
            yield said_of_passed
        else:
            are_many = _parts(new, run) > 1 and not name.startswith(_THE_TABLE)
            yield run[0], f"{name} now {'come' if are_many else 'comes'} {_past(new, run, origins, moved)}"


def _exchanged(new: Sequence[Block], origins: Mapping[int, int]) -> Iterator[tuple[BlockMove, str]]:
    """Yield which blocks changed places with which others, some way off, if that is all that moved; nothing otherwise."""
    places = sorted(at for at in origins if not new[at].inside)
    ranks = {origin: rank for rank, origin in enumerate(sorted(origins[at] for at in places))}
    came = [ranks[origins[at]] for at in places]
    moved = {rank for rank, other in enumerate(came) if rank != other}
    pairs = [(rank, came[rank]) for rank in sorted(moved) if rank < came[rank]]
    are_exchanged = 2 * len(pairs) == len(moved) and all(came[other] == rank for rank, other in pairs)
    is_far = any(other - rank > 1 for rank, other in pairs)
    # parts that moved together are told as one
    are_single = all(came[rank + 1] - came[rank] != 1 for rank in moved if rank + 1 in moved)
    blocks = [new[places[rank]] for rank in moved]
    if not (
        are_exchanged and is_far and are_single and all(says_itself(each) and not each.row for each in blocks)
    ):
        return
    for pair in pairs:
        first, second = (places[at] for at in pair)
        names = [f"“{short(called(new, at))}”" for at in (first, second)]
        is_next = pair[1] - pair[0] == 1
        said = (
            f"{names[0]} now comes before {names[1]}"
            if is_next
            else f"{' and '.join(names)} have changed places"
        )
        yield BlockMove(origins[first], first), said


def row_of(block: Block) -> str:
    """Return what the row of a block is called, without its column."""
    return block.row.rpartition(", ")[0] or block.row


def _runs(
    old: Sequence[Block], new: Sequence[Block], moves: Sequence[BlockMove], every: Sequence[BlockMove]
) -> Iterator[list[BlockMove]]:
    """Yield moves that keep their order and have nothing between them, in one; what goes with others is passed over."""
    silent = set(every) - set(moves)
    order = [_order(blocks, {one[side] for one in silent}) for side, blocks in enumerate((old, new))]
    run: list[BlockMove] = []
    for move in moves:
        if old[move.old].inside and new[move.new].inside:
            continue
        if run and (order[0][move.old], order[1][move.new]) != (
            order[0][run[-1].old] + 1,
            order[1][run[-1].new] + 1,
        ):
            yield run
            run = []
        run.append(move)
    if run:
        yield run


def _order(blocks: Sequence[Block], silent: Set[int]) -> list[int]:
    """Return the number of each block among those that are not inside of another, and not passed over."""
    found, at = [], -1
    for place, block in enumerate(blocks):
        at += not block.inside and place not in silent
        found.append(at)
    return found


def _origins(
    old: Sequence[Block],
    new: Sequence[Block],
    moves: Sequence[BlockMove],
    ranges: Sequence[tuple[int, int, int, int]],
) -> dict[int, int]:
    """Return where the blocks of the new version that are the same stood in the old."""
    found = {after: before for before, after in kept_between(ranges, len(old), len(new))}
    return found | {one.new: one.old for one in moves}


def _went_past(
    new: Sequence[Block], passed: Sequence[int], others: Sequence[BlockMove], origins: Mapping[int, int]
) -> tuple[BlockMove, str]:
    """Return what to say of what several parts have passed, as where it went past a section that changed inside."""
    is_after = passed[0] > others[0].new
    where = called(new, max(one.new for one in others) if is_after else min(one.new for one in others))
    moved = BlockMove(origins[passed[0]], passed[0])
    name = f"“{short(called(new, passed[0]))}”"
    if len(passed) > 1:
        name = _with_more(name, len(passed))
    verb = "come" if len(passed) > 1 else "comes"
    return moved, f"{name} now {verb} {'after' if is_after else 'before'} “{short(where)}”"


def _passed_by(
    new: Sequence[Block], run: Sequence[BlockMove], origins: dict[int, int]
) -> tuple[BlockMove, str] | None:
    """Return what to say where a heading moved past parts that are under it now, or no longer: they went, not the heading."""
    if new[run[0].new].kind != "heading":
        return None
    at, came = run[0].new, run[0].old
    own = {one.new for one in run}
    passed = sorted(
        one for one, origin in origins.items() if (one < at) != (origin < came) and one not in own
    )
    named = [name_of(new[one]) for one in passed if not new[one].inside]
    if (
        not named
        or any(new[one].kind == "heading" for one in passed)
        or not _follow_each_other(new, [one for one in passed if not new[one].inside])
    ):
        return None
    is_before = passed[0] < at
    end = _named(new, at if is_before else run[-1].new, passed[0], is_end=not is_before)
    where = f"{'before' if is_before else 'after'} {end}"
    moved = BlockMove(origins[passed[0]], passed[0])
    if len(named) == 1:
        return moved, f"“{short(named[0])}” now comes {where}"
    return moved, f"{_with_more(f'“{short(named[0])}”', len(named))} now come {where}"


def _passed(new: Sequence[Block], run: Sequence[BlockMove], origins: Mapping[int, int]) -> list[int]:
    """Return the blocks that a part has passed, in order, but for links whose words are in another."""
    at, came = run[0].new, run[0].old
    own = {one.new for one in run}
    return sorted(
        one
        for one, origin in origins.items()
        if (one < at) != (origin < came) and one not in own and not new[one].inside
    )


def _follow_each_other(new: Sequence[Block], places: Sequence[int]) -> bool:
    """Tell whether blocks, of which there are some, have nothing between them but links whose words are in them."""
    known = {*places}
    return bool(places) and all(at in known or new[at].inside for at in range(places[0], places[-1] + 1))


def _passed_buttons(
    new: Sequence[Block], run: Sequence[BlockMove], origins: Mapping[int, int]
) -> tuple[BlockMove, str] | None:
    """Return what to say where several parts moved past nothing but buttons and menus: these went, as whoever moved them sees it."""
    passed = _passed(new, run, origins) if len(run) > 1 else []
    buttons = [one for one in passed if new[one].kind not in OWNED]
    are_buttons = bool(buttons) and all(new[one].kind in _PRESSED for one in buttons)
    if not are_buttons or all(new[one.new].kind in {*_PRESSED, *OWNED} for one in run):
        return None
    is_before = passed[0] < run[0].new
    where = _named(new, run[0 if is_before else -1].new, buttons[0], is_end=not is_before)
    verb = "come" if len(buttons) > 1 else "comes"
    said = f"{_buttons_name(new, buttons)} now {verb} {'before' if is_before else 'after'} {where}"
    return BlockMove(origins[buttons[0]], buttons[0]), said


def _buttons_name(new: Sequence[Block], buttons: Sequence[int]) -> str:
    name = f"“{short(called(new, buttons[0]))}”"
    return f"the buttons {name} and {len(buttons) - 1} more" if len(buttons) > 1 else name


_PRESSED = frozenset({"button", "menu"})


def _past(new: Sequence[Block], run: Sequence[BlockMove], origins: Mapping[int, int], moved: Set[int]) -> str:
    """Return where a part came to: by the nearest block that it has passed and that stays, or else by what stands before it."""
    first, last = run[0], run[-1]
    known = [at for at, block in enumerate(new) if name_of(block) and not block.inside]
    above = [at for at in known if at < first.new]
    went_by = [at for at in reversed(above) if origins.get(at, -1) > first.old]
    fell_behind = [at for at in known if at > last.new and origins.get(at, first.old) < first.old]
    stays = [at for at in (*went_by, *fell_behind) if at not in moved]
    passed = next(iter(stays or went_by or fell_behind), None)
    if passed is None:
        return f"after {_named(new, above[-1], first.new, is_end=True)}" if above else "first"
    if passed > last.new:
        return f"before {_named(new, passed, first.new, of={*fell_behind})}"
    if new[first.new].kind == "button" and new[passed].kind in _IN_BUTTONS:
        passed = next((at for at in went_by if new[at].kind == "button"), passed)
    is_repeated = sum(one.text == new[passed].text for one in new) > 1
    if len(run) > 1 and (is_repeated or new[first.new].kind == "heading"):
        # a section came after another one: that is named by its beginning
        others = _passed(new, run, origins)
        between = [at for at in range(others[0], first.new) if not new[at].inside]
        if len(others) > 1 and others == between:
            return f"after {_section_name(new, others, len(others))}"
    return f"after {_named(new, passed, first.new, is_end=True, of={*went_by})}"


def _run_name(new: Sequence[Block], run: Sequence[BlockMove], silent: Set[int]) -> str:
    named = next((name for one in run if (name := called(new, one.new))), "")
    buttons = [one.new for one in run if new[one.new].kind not in OWNED]
    if len(buttons) > 1 and all(new[one].kind in _PRESSED for one in buttons):
        return _buttons_name(new, buttons)
    rows = [one.new for one in run if is_label(new, one.new) and (len(run) > 1 or one.new + 1 in silent)]
    if len(rows) == len(run):
        table = _table(new, rows[0])
        if len(rows) > 1 and _rows(new, table) == rows:
            return _table_name(new, table)
        last = f" {'and' if len(rows) == _FEW else 'to'} “{short(called(new, rows[-1]))}”"
        return f"the rows “{short(named)}”{last}" if len(rows) > 1 else f"the row “{short(named)}”"
    parts = _parts(new, run)
    if named and parts > 1:
        return _section_name(new, [one.new for one in run], parts)
    words = f"“{short(named)}”" if named else "an image" if new[run[0].new].is_image else "a part"
    return words if parts == 1 else _with_more(words, parts)


def _section_name(new: Sequence[Block], places: Sequence[int], parts: int) -> str:
    """Return what to call two parts or more: by the first that has a name, or by the words below a picture that leads somewhere."""
    head = next((at for at in places[:_HEAD] if new[at].text), None)
    if head is not None and head != places[0] and not new[places[0]].is_image:
        return (
            f"“{short(new[head].text)}” and the {'part' if parts == _FEW else f'{parts - 1} parts'} around it"
        )
    named = next(name for at in places if (name := called(new, at)))
    return _with_more(f"“{short(named)}”", parts)


_HEAD = 3
"""So many blocks are a link, its picture and what stands below it."""


def _with_more(name: str, parts: int) -> str:
    """Return what to call two parts or more that stand after each other, by the first of them."""
    return f"{name} and the {'part' if parts == _FEW else f'{parts - 1} parts'} after it"


def _parts(new: Sequence[Block], run: Sequence[BlockMove]) -> int:
    """Return how many parts moved together, a field with all that it holds as one, and a picture with the words of its link."""
    return 1 + sum(
        new[one.new].kind not in OWNED
        and not (new[one.new].text and new[one.new].text == new[before.new].text)
        for before, one in pairwise(run)
    )


def _named(
    new: Sequence[Block], at: int, moved: int, *, is_end: bool = False, of: Set[int] | None = None
) -> str:
    """Return what to call a place by a block: the table that it is the edge of, or its row; or else its words.

    Args:
        new: The blocks.
        at: The number of the block.
        moved: The number of what stands there now.
        is_end: Whether the place is after it.
        of: What the moved one has passed: two tables below each other are named as one only if it passed both.
    """
    if is_end and of and at - 1 in of and is_priced(new, at):
        return (
            f"“{short(called(new, at - 1))}” and “{short(new[at].text)}”"  # a price is one of many equal ones
        )
    table = _table(new, at)
    is_whole = of is None or all(one in of for one in table if name_of(new[one]) and not new[one].inside)
    if is_whole and moved not in table and len(_rows(new, table)) > 1 and at == table[-1 if is_end else 0]:
        return _table_name(new, table)
    is_in_its_row = row_of(new[at]) in (called(new, moved), row_of(new[moved]))
    if is_label(new, at) or not is_value(new[at]) or is_in_its_row:
        if OWNED.get(new[at].kind) == "of" and new[moved].kind not in OWNED:
            # after what a field holds is after the field
            at = next((one for one in range(at, -1, -1) if new[one].kind not in OWNED), at)
        return f"“{short(called(new, at))}”"
    return f"{'' if moved in table else 'the row '}“{short(row_of(new[at]))}”"


_THE_TABLE = "the table that begins with"


def _table_name(new: Sequence[Block], table: Sequence[int]) -> str:
    return f"{_THE_TABLE} “{short(called(new, table[0]))}”"


def _table(new: Sequence[Block], at: int) -> range:
    """Return the blocks of the table that a block is in; none where it is in no row."""
    start = end = at
    while start > 0 and _is_in_row(new, start - 1):
        start -= 1
    while end < len(new) and _is_in_row(new, end):
        end += 1
    return range(start, end) if _is_in_row(new, at) else range(0)


def _is_in_row(new: Sequence[Block], at: int) -> bool:
    return is_value(new[at]) or is_label(new, at)


def _rows(new: Sequence[Block], table: Sequence[int]) -> list[int]:
    """Return the blocks of a table that its rows are called by."""
    return [at for at in table if is_label(new, at)]


# Lines


def joined_lines(old: Sequence[Block], new: Sequence[Block], gone: Set[int], come: Set[int]) -> list[Lines]:
    """Return which lines that are gone are one that is new, with all of their words in order, and the other way round.

    Of a few with a sign between them, the numbers may be others.
    """
    found: list[Lines] = []
    for joins in (_joins, _renumbered_joins):
        found += [
            Lines(many, one, texts, True, mark, others)
            for many, one, texts, mark, others in joins(old, new, *_without(gone, come, found))
        ]
        left = _without(gone, come, found)
        found += [
            Lines(one, many, tuple(new[at].text for at in many if not new[at].inside), False, mark, others)
            for many, one, _, mark, others in joins(new, old, *left[::-1])
        ]
    return found


def _without(gone: Set[int], come: Set[int], found: Sequence[Lines]) -> tuple[Set[int], Set[int]]:
    """Return what is gone and what is new, without what is in lines that were found."""
    return gone - {at for each in found for at in each.old}, come - {at for each in found for at in each.new}


_Join: TypeAlias = (
    "tuple[tuple[int, ...], tuple[int, ...], tuple[str, ...], str, tuple[tuple[int, str], ...]]"
)


def _joins(
    many: Sequence[Block], few: Sequence[Block], from_many: Set[int], from_few: Set[int]
) -> Iterator[_Join]:
    begins: dict[str, list[int]] = defaultdict(list)
    for at in sorted(from_many):
        if many[at].text.strip() and not many[at].inside and not many[at].is_image:
            begins[many[at].text[0]].append(at)
    used: set[int] = set()
    for at in sorted(from_few):
        block = few[at]
        if block.inside or block.is_image or block.target or not block.text.strip():
            continue
        links = {
            (each.text, each.target): place
            for place, each in enumerate(few[at + 1 : at + 1 + _TRIED], at + 1)
            if each.inside
        }
        for start in begins.get(block.text[0], ())[:_TRIED]:
            left = from_many - used if used else from_many
            mark = next((one for one in _MARKS if block.text.startswith(one, len(many[start].text))), "")
            run = _run_of_lines(many, start, block, left, links, mark)
            if not run and mark:  # which the second line may begin with
                run, mark = _run_of_lines(many, start, block, left, links, ""), ""
            if run:
                used.update(run)
                inner = [links[many[one].text, many[one].target] for one in run if many[one].target]
                texts = tuple(many[one].text for one in run if not many[one].inside)
                yield tuple(run), (at, *(each for each in inner if each in from_few)), texts, mark.strip(), ()
                break


def _renumbered_joins(
    many: Sequence[Block], few: Sequence[Block], from_many: Set[int], from_few: Set[int]
) -> Iterator[_Join]:
    """Yield lines without links that are one with a sign between them, with other numbers."""
    begins: dict[str, list[int]] = defaultdict(list)
    for at in sorted(from_many):
        begins[_without_numbers(many[at].text)].append(at)
    left = {*from_many}
    for at in sorted(from_few):
        for mark, texts in _parts_of(few[at]):
            starts = begins.get(_without_numbers(texts[0]), ())[:_TRIED]
            runs = (range(start, start + len(texts)) for start in starts)
            if run := next((run for run in runs if _are_lines_of(few[at], texts, many, run, left)), None):
                left.difference_update(run)
                others = zip(run, texts, strict=True)
                renumbered = tuple((one, text) for one, text in others if many[one].text != text)
                yield tuple(run), (at,), tuple(texts), mark.strip(), renumbered
                break


def _parts_of(block: Block) -> Iterator[tuple[str, list[str]]]:
    """Yield each sign that stands between a few parts of a line without links, and these parts."""
    if not (block.inside or block.is_image or block.target):
        yield from ((mark, block.text.split(mark)) for mark in _MARKS if 0 < block.text.count(mark) < _TRIED)


def _are_lines_of(
    whole: Block, texts: Sequence[str], blocks: Sequence[Block], run: range, left: Set[int]
) -> bool:
    """Tell whether blocks, all of which are left, are lines with the words of the parts of another, whatever the numbers in these."""
    return left >= {*run} and all(map(partial(_is_line_of, whole), blocks[run.start : run.stop], texts))


def _is_line_of(whole: Block, line: Block, text: str) -> bool:
    """Tell whether a line has the words of a part of another, whatever the numbers in these."""
    is_alike = _without_numbers(line.text) == _without_numbers(text)
    is_plain = line.kind == whole.kind and not (line.inside or line.target or line.row or whole.row)
    return is_alike and is_plain and (line.text == text or bool(_LETTER.search(text)))


def _without_numbers(text: str) -> str:
    return _NUMBERS.sub("0", text)


_NUMBERS = re.compile(r"\d+(?:[.,:]\d+)*")


def _run_of_lines(
    many: Sequence[Block],
    start: int,
    whole: Block,
    left: Set[int],
    links: dict[tuple[str, str], int],
    mark: str,
) -> list[int]:
    """Return the blocks from `start` on that have the words of a line, with `mark` between them; nothing if they do not, or if it is one."""
    end, run, lines = 0, [], 0
    for at in range(start, len(many)):
        block = many[at]
        if at not in left and block.inside:
            continue
        if at not in left or block.is_image or block.row != many[start].row:
            return []
        if block.target and (block.text, block.target) not in links:
            return []
        run.append(at)
        if not block.inside:
            if not block.target and block.kind != whole.kind:
                return []
            blank = mark if mark and end else between(whole.text, end, block.text)
            if not whole.text.startswith(f"{blank}{block.text}", end):
                return []
            end += len(blank) + len(block.text)
            lines += 1
        if end == len(whole.text):
            return run if lines > 1 else []
    return []


def between(whole: str, end: int, after: str) -> str:
    """Return what stands between two lines that are made one, the first of which ends there: where a writing has no blanks, there may be none."""
    before = whole[max(end - 1, 0) : end]
    wide = (
        before and after and all(unicodedata.east_asian_width(one) in "WF" for one in (before[-1], after[0]))
    )
    return "" if not before or (wide and whole[end : end + 1] != " ") else " "


def said_of_lines(lines: Lines, old: Sequence[Block], new: Sequence[Block]) -> str:
    """Return that words stand on lines of their own, or no longer; apart, where that may be in other cells, or links side by side."""
    words = [f"“{short(each)}”" for each in lines.texts[1:]]
    named = words if len(words) <= _FEW else [", ".join(words[:_FEW]), f"{len(words) - _FEW} more"]
    several = [old[at] for at in lines.old] if lines.are_joined else [new[at] for at in lines.new]
    are_lines = not (old[lines.old[0]].row or new[lines.new[0]].row) and not any(
        each.target and not each.inside for each in several
    )
    verb = "stands" if len(words) == 1 else "stand"
    own = "on a line of its own" if len(words) == 1 else "on lines of their own"
    where = own if are_lines else "apart"
    said = f"no longer {verb} {where}" if lines.are_joined else f"{verb} {where} now"
    if lines.mark:
        said += f", {'but after' if lines.are_joined else 'and no longer after'} “{lines.mark}”"
    return f"{' and '.join(named)} {said}"


_MARKS = (
    ", ",
    "; ",
    ": ",
    " : ",
    "\u00a0: ",
    "\u202f: ",
    "：",
    ". ",
    " · ",
    " • ",
    " | ",
    " – ",
    " — ",
    " - ",
    " / ",
)
"""What stands between texts that are in one line, and were on lines of their own."""
