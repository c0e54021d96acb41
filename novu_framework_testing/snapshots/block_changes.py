"""What changed in what is read: the words, where links lead, pictures, what moved, what stands on a line of its own."""

from __future__ import annotations

import re
import sys
from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from operator import itemgetter

from novu_framework_testing.snapshots.block_copies import of_more_copies, stand_of, tell_which_links
from novu_framework_testing.snapshots.block_links import (
    PICTURE,
    address_about,
    address_of,
    are_links_alone,
    holder_of,
    is_elsewhere,
    link_alone,
    link_elsewhere,
    linked,
    linked_change,
    links_in_another_order,
    numbers_aside,
    retargeted,
    target_changes,
    tell_links_that_stay,
)
from novu_framework_testing.snapshots.block_pairs import (
    SAYING_ENOUGH,
    Range,
    is_reworded,
    is_told_alone,
    key_of,
    moves_of,
    pairs_of,
    ranges_of,
    renamed_rows,
    renumbered,
    reworded_rows,
    same_rows,
    same_sections,
    turned_pictures,
    values_of_moved,
    with_strays,
)
from novu_framework_testing.snapshots.block_places import (
    OWNED,
    BlockMove,
    Lines,
    joined_lines,
    name_of,
    said_of_lines,
    said_of_moves,
    says_itself,
    short,
)
from novu_framework_testing.snapshots.block_rows import of_equal_rows, with_rows
from novu_framework_testing.snapshots.block_standings import Standing, standings, whereabouts, within
from novu_framework_testing.snapshots.html_change import LINED, MOVED, ONE_OF, HtmlChange, digest_of, facts_of
from novu_framework_testing.snapshots.months import without_all_numbers, without_numbers
from novu_framework_testing.snapshots.reading import Block
from novu_framework_testing.snapshots.reworded_lines import reworded_lines
from novu_framework_testing.snapshots.sentences import changed_sentences
from novu_framework_testing.snapshots.sequences import changed_ranges, kept_between
from novu_framework_testing.snapshots.words import AS_LETTERS, words_of

_LETTER = re.compile(r"[^\W\d_]")
_TELEPHONE = re.compile(r"(?:\+\d|(?<![\d.,/:-])0)(?:[ ()/-]{0,2}\d){6,}(?![.,/:-]?\d)")
"""A number that says itself whose it is."""
_NAMED = {"document": "file name"}
"""What the words of a block are, where they are no words."""


def read_changes(
    old: Sequence[Block],
    new: Sequence[Block],
    ranges: Sequence[Range],
    fine_print: tuple[int, int] = (sys.maxsize, sys.maxsize),
) -> tuple[list[HtmlChange], list[tuple[int, int]], list[tuple[int, int]]]:
    """Return what is read in another way, in the ranges where two sequences differ, what moved first; and which blocks became which.

    The last are those that stand at another place, whatever became of their words, or in another line.

    Args:
        old, new: The sequences.
        ranges: Where they differ.
        fine_print: Where the fine print of each begins, which is under no heading of the message.
    """
    found = _Comparison(old, new, ranges, fine_print)
    found.move()
    found.join_lines()
    found.rename_rows()
    found.follow_moves()
    found.compare_elsewhere()
    found.compare_links()
    found.compare_rest()
    return found.told()


class _Comparison:
    """Two sequences of blocks, and what is known of them so far: which block became which, what moved, what is told.

    Args:
        old, new, ranges, fine_print: As `read_changes` takes them.
    """

    def __init__(
        self, old: Sequence[Block], new: Sequence[Block], ranges: Sequence[Range], fine_print: tuple[int, int]
    ) -> None:
        self.old, self.new, self.ranges = old, new, ranges
        self.stands = standings(old, fine_print[0]), standings(new, fine_print[1])
        self.gone = {at for a, b, _, _ in ranges for at in range(a, b)}
        self.come = {at for _, _, c, d in ranges for at in range(c, d)}
        self.kept = [BlockMove(*pair) for pair in kept_between(ranges, len(old), len(new))]
        self.moves: list[BlockMove] = []
        self.became: list[BlockMove] = []
        self.lines: list[Lines] = []
        self.changes: list[HtmlChange] = []
        self.cells: list[BlockMove] = []
        self.values: dict[int, str] = {}
        self.whole: tuple[dict[int, list[int]], dict[int, list[int]]] = {}, {}

    def _known(self, olds: Iterable[int], news: Iterable[int]) -> None:
        """Note of some blocks that it is known what became of them."""
        self.gone.difference_update(olds)
        self.come.difference_update(news)

    def move(self) -> None:
        """Find what stands at another place with the same words, and the words on the other side of a picture."""
        self.moves += moves_of(self.old, self.new, self.ranges)
        self._known((one.old for one in self.moves), (one.new for one in self.moves))
        turned = list(turned_pictures(self.old, self.new, self.gone, self.come))
        self.moves += turned
        self._known((one.old for one in turned), (one.new for one in turned))
        self.heads = {
            short(self.new[one.new].text) for one in self.moves if self.new[one.new].kind == "heading"
        }

    def join_lines(self) -> None:
        """Find lines that are one now, or were."""
        for lines_in in (joined_lines, reworded_lines):
            found = list(lines_in(self.old, self.new, self.gone, self.come))
            self.lines += found
            self._known((at for each in found for at in each.old), (at for each in found for at in each.new))
        for each in self.lines:
            self.changes += _renumbered_lines(each, self.stands)
        self.changed = (
            self.gone | {one.old for one in self.moves},
            self.come | {one.new for one in self.moves},
        )

    def rename_rows(self) -> None:
        """Find rows that stand elsewhere under another name."""
        old, new = self.old, self.new
        renamed = list(renamed_rows(old, new, self.gone, self.come, self.ranges))
        known = [{at for rows in renamed for at in rows[side]} for side in (0, 1)]
        renamed += reworded_rows(old, new, self.gone - known[0], self.come - known[1], self.ranges)
        self.cells = [BlockMove(*pair) for rows in renamed for pair in zip(*rows, strict=True)]
        self.moves += self.cells
        self.values = {now[0]: ", ".join(new[at].text for at in now[1:]) for _, now in renamed}

    def follow_moves(self) -> None:
        """Find the lines with other numbers after what moved."""
        found = list(values_of_moved(self.old, self.new, self.moves, self.gone, self.come))
        movers = {*self.moves, *found}
        # one between others that moved went along with them
        self.moves += [one for one in found if BlockMove(one.old + 1, one.new + 1) in movers]
        for one in found:
            self._known([one.old], [one.new])
            self.became.append(one)
            part = f"{self.new[one.new].kind} after “{short(name_of(self.new[one.new - 1]))}”"
            said = _block_changes(self.stands[0][one.old], self.stands[1][one.new])
            self.changes += (each._replace(part=part) for each in said)

    def compare_elsewhere(self) -> None:
        """Compare what stands in a row or under a heading that is known, and what has another number."""
        old, new = self.old, self.new
        gone = self.gone - {one.old for one in self.cells}
        numbered = list(renumbered(old, new, gone, self.come - {one.new for one in self.cells}))
        were_called = {
            short(new[other].text): short(old[one].text)
            for one, other in numbered
            if new[other].kind == "heading"
        }
        for before_at, after_at in chain(
            self.cells,
            numbered,
            same_rows(old, new, self.gone, self.come, self.ranges),
            same_sections(self.stands, self.gone, self.come, self.ranges, self.heads, were_called),
        ):
            self._known([before_at], [after_at])
            move = BlockMove(before_at, after_at)
            self.became.append(move)
            before, now = self.stands[0][before_at], self.stands[1][after_at]
            if not now.block.row and now.under in self.heads and after_at not in self.values:
                self.moves.append(move)
            in_front = partial(_in_front, self.values.get(after_at, ""), now.block.kind)
            self.changes += map(in_front, _block_changes(before, now))

    def compare_links(self) -> None:
        """Compare texts that lead, or led, somewhere."""
        for befores, afters, change in list(linked(self.old, self.new, self.gone, self.come, self.ranges)):
            self._known(befores, afters)
            self.changes.append(change)

    def compare_rest(self) -> None:
        """Compare what is left, range by range."""
        found = [
            pairs_of(
                [self.stands[0][at] for at in range(a, b) if at in self.gone],
                [self.stands[1][at] for at in range(c, d) if at in self.come],
            )
            for a, b, c, d in self.ranges
        ]
        for pairs in with_strays(found):
            same = {
                one.at: other.at for one, other, _ in pairs if one and other and key_of(one) == key_of(other)
            }
            came_from = {place: other for other, place in same.items()}
            for before, after, stays in pairs:
                if before and after and key_of(before) == key_of(after) and not stays:
                    self.moves.append(BlockMove(before.at, after.at))
                elif before and after:
                    self.became.append(BlockMove(before.at, after.at))
                    self.changes += self._changes_of(before, after)
                elif before:
                    other = link_alone(self.old, before.at, self.new, same)
                    self._tell(0, before, other, _block_changes(before, other))
                elif after:
                    other = link_alone(self.new, after.at, self.old, came_from)
                    self._tell(1, after, other, _block_changes(other, after))

    def _changes_of(self, before: Standing, after: Standing) -> Sequence[HtmlChange]:
        """Return what changed of a block that became another."""
        old, new = self.old, self.new
        if are_links_alone(old, new, before.at, after.at):
            # what else changed of each of them is told by itself
            return list(links_in_another_order(old, new, before, after))
        if is_elsewhere(old, new, before.at, after.at):
            return [link_elsewhere(before.block, after.block)]
        holders = holder_of(old, before.at), holder_of(new, after.at)
        is_told = holders[0] in self.changed[0] and holders[1] in self.changed[1]
        exchanged = list(links_in_another_order(old, new, before, after))
        return exchanged or list(
            _block_changes(before, after, is_told=is_told and not are_links_alone(old, new, *holders))
        )

    def _tell(self, side: int, one: Standing, other: Standing | None, said: Iterable[HtmlChange]) -> None:
        """Note what is told of a block that one version has alone, or that is a link in the other."""
        said = list(said)
        if other is None:
            self.whole[side][one.at] = list(range(len(self.changes), len(self.changes) + len(said)))
        self.changes += said

    def told(self) -> tuple[list[HtmlChange], list[tuple[int, int]], list[tuple[int, int]]]:
        """Return what `read_changes` does."""
        versions = self.old, self.new
        firsts = [(each.old[0], each.new[0]) for each in self.lines]
        self.moves += _other_places(*versions, self.kept, self.moves, [*self.became, *firsts])
        partners = dict([*self.kept, *self.moves, *self.became])
        tell_links_that_stay(self.changes, versions, self.whole, partners)
        tell_which_links(self.changes, versions, self.whole, partners)
        rows = with_rows(self.changes, versions, self.stands, self.whole)
        of_several = _of_several(of_equal_rows(rows, self.stands), versions, [*self.became, *self.moves])
        changes, met = _of_one_place(_with_targets(of_several), versions)
        places = _said_of_places(*versions, self.moves, self.ranges, self.became, self.lines)
        elsewhere = [(one, other) for each in self.lines for one in each.old for other in each.new]
        paired = [{pair[side] for pair in [*self.became, *self.moves, *elsewhere]} for side in (0, 1)]
        became: list[tuple[int, int]] = [*self.became]
        became += (pair for pair in met if pair[0] not in paired[0] and pair[1] not in paired[1])
        return (
            [
                *places,
                *(_with_stand(each, self.new) for each in of_more_copies(_without_twins(changes), versions)),
            ],
            became,
            [*self.moves, *elsewhere],
        )


def _with_stand(change: HtmlChange, new: Sequence[Block]) -> HtmlChange:
    """Return a change of a text that is new with what it stands after."""
    is_new = change.old is None is change.sentence and change.part in _STANDING and change.place.isdecimal()
    return change._replace(stands=stand_of(new, int(change.place))) if is_new else change


_STANDING = frozenset({"text", "list item", "heading"})


def exchanged_targets(
    old: Sequence[Block], new: Sequence[Block], fine_print: tuple[int, int] = (sys.maxsize, sys.maxsize)
) -> tuple[Sequence[Block], list[HtmlChange]]:
    """Return the old blocks, with links as those of the same words lead now that exchanged where they lead, and what to say of these."""
    ranges = ranges_of(old, new)
    kept = [BlockMove(*pair) for pair in kept_between(ranges, len(old), len(new))]
    found = retargeted(old, new, [*kept, *moves_of(old, new, ranges)])
    if not found:
        return old, []
    stands = standings(old, fine_print[0]), standings(new, fine_print[1])
    changes = [
        change
        for one, other in sorted(found.items(), key=itemgetter(1))
        for change in _block_changes(stands[0][one], stands[1][other])
    ]
    alike = [
        block._replace(target=new[found[at]].target) if at in found else block for at, block in enumerate(old)
    ]
    return alike, _with_targets(_of_several(changes, (old, new), found.items()))


def _renumbered_lines(
    lines: Lines, stands: tuple[Sequence[Standing], Sequence[Standing]]
) -> Iterator[HtmlChange]:
    """Yield the lines with other numbers or words than before, of those that were joined or split."""
    many, few = stands if lines.are_joined else stands[::-1]
    whole = few[lines.new[0] if lines.are_joined else lines.old[0]]
    for at, text in lines.renumbered:
        sides = many[at], whole._replace(block=whole.block._replace(text=text))
        yield from _block_changes(*(sides if lines.are_joined else sides[::-1]))


def _in_front(values: str, kind: str, change: HtmlChange) -> HtmlChange:
    """Return a change of words of a kind in front of values, which tell it from one in front of others; any other as it is.

    What is said of a picture stays: it is known by what it shows.
    """
    if not values or change.sentence or kind == "image":
        return change
    about = " ".join((change.part, change.about, values))
    return change._replace(part=f"{kind} before “{short(values)}”", about=about)


def _said_of_places(
    old: Sequence[Block],
    new: Sequence[Block],
    moves: Sequence[BlockMove],
    ranges: Sequence[Range],
    became: Sequence[tuple[int, int]],
    lines: Sequence[Lines],
) -> Iterator[HtmlChange]:
    """Yield what to say of blocks that stand at another place, and of lines that were split or joined."""
    for move, sentence in said_of_moves(old, new, moves, ranges, became):
        block = new[move.new]
        # with how much moved beside it, which the sentence says
        detail = facts_of(block.text, block.target, *_MUCH.findall(sentence))
        # what it passed: the one above it now if it moved down
        passed = move.new + (1 if move.new <= move.old else -1)
        about = new[passed].text if 0 <= passed < len(new) else ""
        # parts that begin with a picture, as the cards of a shop, are often alike below it
        other = _EXCHANGED.search(sentence) or (_PAST.search(sentence) if block.is_image else None)
        if other:
            about = f"{about} {other[1]}".strip()
        place = f"{MOVED}{move.old} {move.new}"
        yield HtmlChange(block.kind, sentence=sentence, detail=detail, about=about, place=place)
    for each in lines:
        block = new[each.new[0]]
        sentence, detail = said_of_lines(each, old, new), facts_of(each.texts, each.are_joined, each.mark)
        place = f"{LINED}{each.old} {each.new} {each.mark}"
        yield HtmlChange(block.kind, sentence=sentence, detail=detail, place=place)


_EXCHANGED = re.compile(r"“([^“]*)”[^“”]* have changed places$")
"""With the words of the one that another has changed places with."""
_PAST = re.compile(
    r" after it now come (?:before|after) “([^“”]*)”(?: and the (?:part|\d+ parts) after it)?$"
)
"""With the first words of what several parts moved past."""
_MUCH = re.compile(r"the (?:part|\d+ parts) after it|have changed places")


def _of_several(
    changes: Sequence[HtmlChange],
    sides: tuple[Sequence[Block], Sequence[Block]],
    became: Collection[tuple[int, int]],
) -> list[HtmlChange]:
    """Return changes, of links, buttons and pictures that others are called as, or were, with which of them it is where these did not change alike.

    What is said of those that are gone stays. The place of the others is `ONE_OF`, and `about` tells it in whatever test.
    """
    old, new = sides
    origins = {
        other: one
        for one, other in became
        if (new[other].target or new[other].is_image) and old[one].kind == new[other].kind
    }
    worded = origins | {other: one for one, other in became if are_links_alone(old, new, one, other)}
    were = [
        block._replace(text=old[worded[at]].text) if at in worded else block for at, block in enumerate(new)
    ]
    where = whereabouts(were)
    told = _in_any_test(were, where)
    known = Counter((each.kind, name_of(each)) for each in were)
    led = {(each.kind, name_of(each), each.target) for each in were}
    differ = _leading_apart(old) | _leading_apart(were)
    said = Counter(_said_of_one(each, were) for each in changes)
    reverse = {change[2:0:-1] for change in changes}
    made: list[HtmlChange] = []
    for change in changes:
        at = int(change.place) if change.place.isdecimal() else None
        is_gone = change.new is None and change.part.startswith(_LEADING) and " › " not in change.part
        if at not in origins or is_gone:
            made.append(change)
            continue
        name, named = (were[at].kind, name_of(were[at])), _named(new[at])
        are_all = said[_said_of_one(change, were)] == known[name]
        which = "" if are_all else where.get(at, "")
        if change.part.startswith(_OF_WORDS):
            about, place = (f"{change.about} {told[at]}", f"{ONE_OF}{at}") if which else (change.about, "")
            made.append(change._replace(part=f"{change.part}{which}", about=about, place=place))
        elif change.part.startswith(_LEADING) and change.part.startswith(named):
            rest = change.part.removeprefix(named)
            if (*name, old[origins[at]].target) in led or change[1:3] in reverse:
                about = f"{change.about} {named if are_all else told[at]}"
                change = change._replace(about=about, place=f"{ONE_OF}{at}")
            elif rest or name not in differ:
                which = ""
            made.append(change._replace(part=f"{named}{which}{rest}"))
        else:
            made.append(change)
    return made


def _said_of_one(change: HtmlChange, blocks: Sequence[Block]) -> tuple[object, ...] | None:
    """Return what changed of a link, a button or a picture, and what all of its kind that are called as it were called."""
    if not change.part.startswith((*_OF_WORDS, *_LEADING)) or not change.place.isdecimal():
        return None
    block = blocks[int(change.place)] if int(change.place) < len(blocks) else None
    return block and (block.kind, name_of(block), *change[:3])


def _in_any_test(blocks: Sequence[Block], where: Mapping[int, str]) -> dict[int, str]:
    """Return what tells links, buttons and pictures of a message from each other in whatever test, by their numbers.

    That is what they are called, and which one of those that are called so, without numbers, and a count. The first one is only
    that where it is known by the words above it: these greet, or say what the message is about.
    """
    counts = Counter[tuple[str, str]]()
    known: set[tuple[str, str]] = set()
    found: dict[int, str] = {}
    for at, block in enumerate(blocks):
        if not (block.target or block.is_image):
            continue
        is_first = (block.kind, name_of(block)) not in known
        known.add((block.kind, name_of(block)))
        which = where.get(at, "")
        which = "first" if is_first and which.startswith(_ABOVE) else without_numbers(which)
        told = without_numbers(_named(block)), which
        counts[told] += 1
        found[at] = " ".join((*told, str(counts[told]).translate(AS_LETTERS)))
    return found


_ABOVE = (" after ", " under ", ", number ")


def _leading_apart(blocks: Sequence[Block]) -> set[tuple[str, str]]:
    """Return what is called alike and leads to several places, whatever the parameters, by its kind and name."""
    leads: dict[tuple[str, str], set[str]] = defaultdict(set)
    for block in blocks:
        leads[block.kind, name_of(block)].add(block.target.partition("?")[0])
    return {name for name, targets in leads.items() if len(targets) > 1}


_OF_WORDS = ("words of a ", "alternative text of ", "file name of a ")
_LEADING = ("link ", "button ")


def _of_one_place(
    changes: Sequence[HtmlChange], sides: tuple[Sequence[Block], Sequence[Block]]
) -> tuple[list[HtmlChange], list[tuple[int, int]]]:
    """Return changes, as one what is gone and what is new after the same words, where these stand there once.

    Also which of these blocks became which: those with other numbers, or some other words.
    """
    known = [Counter(short(block.text) for block in blocks) for blocks in sides]
    halves: dict[tuple[str, bool], list[HtmlChange]] = defaultdict(list)
    for change in changes:
        at = _AFTER.search(change.part)
        is_once = at is not None and all(count[at[1]] == 1 for count in known)
        if is_once and (change.old is None) != (change.new is None):
            halves[change.part, change.old is None].append(change)
    whole: dict[HtmlChange, HtmlChange | None] = {}
    pairs: list[tuple[int, int]] = []
    for (part, is_new), (first, *more) in halves.items():
        others = halves.get((part, not is_new), ())
        if not is_new and not more and len(others) == 1:
            whole[first] = first._replace(new=others[0].new, place=others[0].place)
            whole[others[0]] = None
            if first.place.isdecimal() and others[0].place.isdecimal():
                pair = int(first.place), int(others[0].place)
                one, other = (blocks[at] for blocks, at in zip(sides, pair, strict=True))
                if without_all_numbers(one.text) == without_all_numbers(other.text) or is_reworded(
                    one, other
                ):
                    pairs.append(pair)
    return [made for each in changes if (made := whole.get(each, each))], pairs


_AFTER = re.compile("^[a-z ]+ after “([^”]*)”$")


def _without_twins(changes: Sequence[HtmlChange]) -> Iterator[HtmlChange]:
    """Yield changes but for those of a picture that others say of the words beside it, or of a link that holds it."""
    alternatives = {change[1:3] for change in changes if change.part.startswith("alternative text")}
    named = {(change.part.partition(" › ")[2], *change[1:3]) for change in changes if "“" in change.part}
    sentences = {change.sentence for change in changes}
    for change in changes:
        is_of_words = change.part.startswith("words of a ") and change[1:3] in alternatives
        is_beside = (
            change.part.startswith("link without words")
            and (change.part.partition(" › ")[2], *change[1:3]) in named
        )
        picture = change.sentence and change.sentence.removeprefix(PICTURE)
        if not is_of_words and not is_beside and (picture == change.sentence or picture not in sentences):
            yield change


def _other_places(
    old: Sequence[Block],
    new: Sequence[Block],
    kept: Sequence[BlockMove],
    moves: Sequence[BlockMove],
    became: Sequence[tuple[int, int]],
) -> Iterator[BlockMove]:
    """Yield which blocks that became others, or the first of which did, stand at another place, too: past what stays, or past each other."""
    known = {move.new for move in moves}
    pairs = [
        BlockMove(*pair)
        for pair in sorted(became, key=itemgetter(1))
        if pair[1] not in known and is_told_alone(old[pair[0]], new[pair[1]]) and says_itself(new[pair[1]])
    ]
    olds, news = [one.old for one in kept], [one.new for one in kept]
    stay: list[BlockMove] = []
    for move in pairs:
        sides = sorted((bisect(olds, move.old), bisect(news, move.new)))
        if any(says_itself(old[one.old]) for one in kept[slice(*sides)]):
            yield move
        elif is_reworded(old[move.old], new[move.new]):
            stay.append(move)
    left = [move.old for move in stay]
    for _, _, start, end in changed_ranges(sorted(left), left):
        yield from stay[start:end]


def _with_targets(changes: Sequence[HtmlChange]) -> list[HtmlChange]:
    """Return changes of links once, as of a picture and its words, and a picture that came or went with where it leads."""
    whole = {
        (*change.part.split(" ", 1), change.old is None): change.old or change.new
        for change in changes
        if (change.old is None) != (change.new is None)
    }
    made: list[HtmlChange] = []
    told: set[HtmlChange] = set()
    around: set[tuple[str, bool]] = set()
    for change in changes:
        kind, _, named = change.part.partition(" ")
        side = named, change.old is None
        if named.startswith("“") and (kind, *side) in whole:
            if kind == "link" and ("image", *side) in whole and side not in around:
                around.add(side)
                continue
            if kind == "image" and (target := whole.get(("link", *side))):
                old, new = (each and f"{each}, which leads to {target}" for each in change[1:3])
                change = change._replace(old=old, new=new)
        known = change._replace(place="")
        if kind != "link" or known not in told:
            made.append(change)
            told.add(known)
    return made


def _block_changes(
    old: Standing | None, new: Standing | None, *, is_told: bool = False
) -> Iterator[HtmlChange]:
    """Yield what changed from one block to another; of a link inside of a text whose words are told, not its words."""
    at = new or old
    assert at is not None
    block = at.block
    if old and new and old.block.kind != new.block.kind:
        sentence = f"“{short(name_of(block))}” is {_a(block.kind)} now, and was {_a(old.block.kind)}"
        kinds = digest_of(old.block.kind, block.kind)
        yield HtmlChange(block.kind, sentence=sentence, detail=kinds, about=name_of(block), place=str(new.at))
        return
    if not block.target and not block.is_image and not (old and old.block.target):
        if not (old and new and old.block.text == new.block.text):
            part, about = _part(old, new)
            # what is around it has other words in another language
            yield HtmlChange(
                part, old and old.block.text, new and new.block.text, about=about, place=f"{at.at}"
            )
        return
    named = _named(block)
    if old is None or new is None:
        was, now = (side and address_of(side.block.target) for side in (old, new))
        # what is called so came with its words, which are others in another language
        yield HtmlChange(named, was, now, place=f"{at.at}" if old else "")
        return
    if old.block.text != block.text and not (old.block.inside and block.inside and is_told):
        words = (
            f"alternative text of an {block.kind}"
            if block.is_image
            else f"{_NAMED.get(block.kind, 'words')} of a {block.kind}"
        )
        about = "ornament" if old.block.ornament or block.ornament else ""
        if block.is_image and not (old.block.text and block.text):  # which picture, no word says
            about = f"{about} {numbers_aside(name_of(block._replace(text='')))}".strip()
        if not block.is_image:  # "Stop" says what it is about by where it leads
            about = numbers_aside(address_about(old.block.target, block.target))
        yield HtmlChange(words, old.block.text or None, block.text or None, about=about, place=f"{new.at}")
    elif old.block.ornament != block.ornament:
        passed = (
            "passes it over now" if block.ornament else "no longer passes it over, and has no words for it"
        )
        yield HtmlChange(named, sentence=f"what reads the email aloud {passed}", detail=digest_of(passed))
    if bool(old.block.target) != bool(block.target) and not block.is_image:
        yield linked_change(block if block.target else old.block, is_new=bool(block.target))
    else:
        for change in target_changes(named, old.block.target, block.target):
            yield change._replace(place=f"{new.at}")


def _named(block: Block) -> str:
    """Return what a link or an image is called: by its words, an image without any by its file."""
    if block.text:
        return f"{block.kind} “{short(block.text)}”"
    file = name_of(block) if block.is_image else ""
    are_words = block.kind in ("link", "button") or block.is_image
    return f"{block.kind} {file}" if file else f"{block.kind} without words" if are_words else block.kind


def _part(old: Standing | None, new: Standing | None) -> tuple[str, str]:
    """Return what a block is, with what it stands beside or under if its words do not say what it is about, and words that do."""
    sides = [one for one in (new, old) if one]
    block, beside, under, _, title, is_fine_print, *_ = sides[0]
    is_named = title.endswith(":") or (not is_fine_print and len(words_of(title)) < SAYING_ENOUGH)
    label = title if is_named else ""
    repeated = next((one.repeated for one in sides if one.repeated), "")
    inside = within(repeated or next((one.section for one in sides if one.section), ""))
    if len(sides) == 2 and any(one.is_head for one in sides):
        return f"head of a column{inside}", ""
    if (
        block.row
        or (len(sides) == 2 and all(one.beside for one in sides))
        or (beside and not _LETTER.search(block.text))
    ):
        where = OWNED.get(block.kind) or ("beside" if block.row else "after")
        above = sides[0].after or beside
        if not block.row:  # a picture may stand between a word and what it is about
            about = "" if above.startswith(short(label)) else label
        else:
            about = under if block.kind not in OWNED and not inside else ""
        return f"{block.kind} {where} “{above}”{inside}", about
    whole = [one.block.text for one in sides]
    if not (under or title or is_fine_print) or len(sides) == 1 or words_of(whole[0]) != words_of(whole[1]):
        says_little = all(len(words_of(one)) < SAYING_ENOUGH for one in whole)
        # a greeting says the same under the title of each message; an item is one of what the list is of
        about = (label or ("" if inside else without_numbers(sides[0].head))) if says_little else ""
        return f"{block.kind}{inside if says_little or repeated else ''}", about
    sentence = words_of(changed_sentences(*whole)[0])
    words = sentence if len(sentence) >= SAYING_ENOUGH else words_of(block.text)
    if all(map(_TELEPHONE.search, whole)):
        return f"{block.kind}{within(repeated)}", ""  # it is known by itself
    says_enough = len(words) >= SAYING_ENOUGH or "©" in block.text
    if says_enough or not (under or title):
        return f"{block.kind}{within(repeated)}", " ".join(words)
    # a number says which one only with what it stands under
    return f"{block.kind} under “{title or under}”", under if title else ""


def _a(kind: str) -> str:
    return (
        kind if kind.endswith("text") and kind != "text" else f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"
    )
