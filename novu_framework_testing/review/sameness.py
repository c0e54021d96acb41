"""Which changes are equal: a reviewer who has seen one has seen all that matters of the others."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from itertools import takewhile
from typing import NamedTuple
from urllib.parse import urlsplit

from novu_framework.steps.kinds import CHANNELS, KINDS
from novu_framework_testing.review.changes import Kind, TestChanges, digest
from novu_framework_testing.snapshots.assertion import read_step
from novu_framework_testing.snapshots.block_pairs import SAYING_ENOUGH
from novu_framework_testing.snapshots.content_change import ContentChange
from novu_framework_testing.snapshots.context import StepContext
from novu_framework_testing.snapshots.files import decode, fingerprint
from novu_framework_testing.snapshots.formats import encoded_files
from novu_framework_testing.snapshots.html_change import LINED, MOVED, ONE_OF
from novu_framework_testing.snapshots.months import without_months
from novu_framework_testing.snapshots.names import FileName
from novu_framework_testing.snapshots.pieces import Piece, pieces
from novu_framework_testing.snapshots.rendered import RenderedStep
from novu_framework_testing.snapshots.sentences import END, changed_sentences
from novu_framework_testing.snapshots.spoken_names import locale_name
from novu_framework_testing.snapshots.text_diff import content_changes
from novu_framework_testing.snapshots.words import AT_NUMBERS, words_of

_LINES = re.compile(r", lines? \d+(?: to \d+)?$")
_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"\d+(?:[.,'’\u00a0\u202f]\d+| \d{3}(?!\d))*")
"""A number as it is written, be it one of thousands: of two in a sentence, one may be larger."""
_ALONE = re.compile(rf"(?<!\w){_NUMBER.pattern}(?!\w)")
_ROW = re.compile(r"(?:^| › )row(?: under “[^”]*”)?$")
_RUNNING = re.compile(r"body(?: › text)?|text in [^›]+")
"""The parts that are running text, in an email, in a chat or on a lock screen."""
_SHORT = 2


@dataclass(frozen=True)
class Version:
    """One side of a change: the stem of its files, their contents by suffix, and the step if they can be read."""

    stem: str
    files: Mapping[str, bytes] = field(default_factory=dict)
    step: RenderedStep | None = None

    @classmethod
    def read(cls, stem: str, files: Mapping[str, bytes]) -> Version:
        """Return the version that `files` hold."""
        return cls(stem, files, read_step(stem, files))

    @property
    def content(self) -> dict[str, str | None]:
        """The text of each file, whatever workflow the step is of, as it stands where it cannot be read; a digest of a picture."""
        files = encoded_files(replace(self.step, workflow_id=None)) if self.step else self.files
        pictures = {
            suffix: fingerprint(data) for suffix, data in self.files.items() if suffix.endswith(".png")
        }
        return {suffix: decode(data) for suffix, data in files.items() if suffix not in pictures} | pictures


def names_of(context: StepContext) -> frozenset[str]:
    """Return the words of a recipient's name and id. Short ones are left out: `a` and `in` are words of messages."""
    said = " ".join((context.name, context.email.partition("@")[0], context.subscriber))
    return frozenset(word.casefold() for word in _WORD.findall(said) if len(word) > _SHORT)


def sameness(
    kind: Kind,
    old: Version,
    new: Version,
    *,
    names: Set[str] = frozenset(),
    data: Sequence[str] = (),
    changes: Sequence[ContentChange] | None = None,
) -> str:
    """Return the key that equal changes share.

    Changed messages are equal if the same words came and went in the same sentences of the same parts, in whatever
    workflow, test or text: "must" that became "may" says something else in another sentence. What is no sentence of
    four words or more must be in the same channel, too. A delay and the like, which are no messages, and a number in the
    data of a message are known by their workflow alone.
    New ones and gone ones are if their content is; moved ones if they are the same step and moved from the same place
    to the same.

    Args:
        kind: What kind of change it is.
        old, new: Both versions.
        names: Words that are the recipient's, in lower case: nothing hangs on them. The parameters of a test are none:
            `arrival` and `departure` tell two changes apart.
        data: What stands in the message from its payload, such as the title of a play: nothing hangs on it either.
        changes: What changed from one version to the other; worked out if left out.
    """
    step = new.step or old.step
    channel = step.channel if step else ""
    if kind == "moved":
        places = [name and [name.name, name.order] for name in map(FileName.of_stem, (old.stem, new.stem))]
        return digest(
            [kind, step.workflow_id if step else new.stem, step.step_id if step else "", channel, places]
        )
    if changes is None:
        changes = content_changes(old.step, new.step) if old.step and new.step else ()
    if kind == "changed":
        said = [_without_data(each, data) for each in changes]
        edits = sorted(
            {
                str([*edit, *_workflow_of(step, each)])
                for each in said
                for edit in _edits(each, channel, names)
            }
        )
        if edits:
            return digest([kind, edits])
    return digest([kind, old.content, new.content])


def _workflow_of(step: RenderedStep | None, change: ContentChange) -> list[str | None]:
    """Return the workflow of what says nothing without it: of a step that is no message, or a number in data; else nothing."""
    is_no_message = step is not None and step.channel in KINDS and step.channel not in CHANNELS
    is_number = change.part.endswith(_IN_DATA) and not _LETTERS.search(
        f"{change.old or ''}{change.new or ''}"
    )
    return [step.workflow_id] if step and (is_no_message or is_number) else []


_IN_DATA = " in the data"
_LETTERS = re.compile(r"[^\W\d_]")


def twin_of(
    step: RenderedStep,
    changes: Sequence[ContentChange],
    *,
    names: Set[str] = frozenset(),
    data: Sequence[str] = (),
    test: str = "",
    locale: str = "",
) -> str:
    """Return the key that changes of one step share where they only look different, or have other values, in the same places: in whatever language.

    So is a step that sends nothing any more. Empty where there is no such change. Words that changed too have to be the same;
    of a text in which only numbers or addresses changed, its numbers and addresses. Words that came or went in `test`, as
    `in_all_languages` has it, are the same ones if they did so at the same place. The part of an address that is `locale`,
    such as `/de/`, is that of another language there.
    """
    is_twin = not step.outputs and any(each.part == "status" for each in changes)
    if is_twin:
        changes = [each for each in changes if each.new is not None]  # what it said is gone, whatever it was
    edits: set[str] = set()
    for each in (_of_any_locale(_without_data(each, data), locale) for each in changes):
        values = _values_of(each)
        part = _QUOTED.sub("", each.part)
        # words that became others, and stand beside nothing that is named, say themselves what they are about
        is_under = bool(each.place) and _is_under_other_words(each)
        is_placed = is_under or (
            bool(each.place) and not (part == each.part and None not in (each.old, each.new))
        )
        is_twin = is_twin or bool(values) or is_placed
        if values:
            edits.add(str([part, each.place, values]))
        elif is_placed:
            about = each.place.translate(_AS_SIGNS)
            # the words that moved, or that stand on a line of their own
            detail = next((one for one in (MOVED, LINED) if each.place.startswith(one)), each.detail)
            general = replace(each, part=part, about=about, detail=detail)
            where = [each.place] if is_under else []
            edits |= {str([*edit, *where]) for edit in _edits(general, step.channel, names)}
        elif test and (run := _run_of(each)):
            is_twin = True
            edits.add(str([part, each.place, run, test]))
        else:
            edits |= {str(edit) for edit in _edits(each, step.channel, names)}
    return digest([step.workflow_id, step.step_id, step.channel, sorted(edits)]) if is_twin else ""


def in_all_languages(test: str, stem: str, locale: str) -> str:
    """Return what is the same of a step of a test in whatever language; empty where that is not certain.

    That is its place and the id of the test, in which the language stands once, be it with its region.

    >>> in_all_languages("test_bill[en_GB-paid]", "02-m-email", "en_GB")
    'test_bill[*-paid] 2'
    >>> in_all_languages("test_bill[locale0-paid]", "02-m-email", "en_GB")
    ''
    """
    name, _, parameters = test.partition("[")
    file = FileName.of_stem(stem)
    language, *region = re.split("[-_]", locale, maxsplit=1)
    if file is None or not language:
        return ""
    with_region = "".join(f"(?:[-_]{re.escape(each)})?" for each in region)
    part = re.compile(rf"(?<![^-@]){re.escape(language)}{with_region}(?![^-@])", re.IGNORECASE)
    said = "-".join(filter(None, (parameters.removesuffix("]"), file.name)))
    general, count = part.subn("*", said)
    return f"{name}[{general}] {file.order}" if count == 1 else ""


def locale_in(test: str) -> str:
    """Return the locale that is the last one among the parameters of a test, if nothing else says for whom it is; empty if there is none.

    It may be none: `it` is a department, too. `joined` takes it for one beside English in the same place.

    >>> locale_in("test_bill[en_GB-paid]"), locale_in("test_bill[bold@fi]"), locale_in("test_bill[paid]"), locale_in("test_en")
    ('en_GB', 'fi', '', '')
    """
    parameters = test.partition("[")[2].removesuffix("]")
    named = [each for each in re.split("[-@]", parameters) if _LOCALE.fullmatch(each)]
    return next((each for each in reversed(named) if locale_name(each) != each), "")


def _of_any_locale(change: ContentChange, locale: str) -> ContentChange:
    """Return a change without the language of its recipient in the addresses before and now."""
    language, *region = re.split("[-_]", locale, maxsplit=1)
    if not language:
        return change
    with_region = "".join(f"(?:[-_]{re.escape(each)})?" for each in region)
    part = re.compile(rf"(?<=[/=]){re.escape(language)}{with_region}(?=[/?&#]|$)", re.IGNORECASE)

    def general(text: str) -> str:
        return _AN_ADDRESS.sub(lambda found: part.sub("*", found[0]), text)

    old, new = change.old and general(change.old), change.new and general(change.new)
    if old == new:
        return change
    uncut = change.uncut and (general(change.uncut[0]), general(change.uncut[1]))
    return replace(change, old=old, new=new, uncut=uncut)


_AN_ADDRESS = re.compile(r"(?<!\S)(?:https?:/)?/\S+")


def _is_under_other_words(change: ContentChange) -> bool:
    """Tell whether words that became others are told apart by what they stand under, which is another text in another language."""
    whole = change.uncut or (change.old, change.new)
    said = {word for side in whole for word in words_of(side or "")}
    return None not in whole and not said.issuperset(words_of(change.about))


def _values_of(change: ContentChange) -> list[list[str]]:
    """Return the numbers of a text before and now, with the signs at them, and its addresses, where some of them changed and nothing else; else nothing.

    Of running text and values alone: the address of a link is told elsewhere.
    """
    old, new = change.uncut or (change.old, change.new)
    if old is None or new is None or not _COUNTING.fullmatch(change.part):
        return []
    sides = [[found[0] for found in _VALUE.finditer(side)] for side in (old, new)]
    around = [_VALUE.sub("0", side) for side in (old, new)]
    if around[0] != around[1] or sides[0] == sides[1] or _ADDRESS.search(around[0]):
        return []
    others = [one for one, other in zip(*sides, strict=True) if one != other]
    if any(sides[0].count(one) > 1 for one in others):
        return []  # another language may have them in another order
    return [[_plain_value(each) for each in side] for side in sides]


def _run_of(change: ContentChange) -> list[str]:
    """Return the words of a text that came or went, where, and its numbers, if that is the same in whatever language; else nothing.

    That is known of one run, in a block with a place or in what is a single sentence for certain.
    """
    old, new = change.uncut or (change.old, change.new)
    if old is None or new is None or len(old + new) > _LONG:
        return []
    if not _TEXT.fullmatch(change.part) or _ADDRESS.search(_VALUE.sub("0", f"{old} {new}")):
        return []
    runs = [*_runs(*pieces(old, new))] if change.place or not _STOP.search(old.strip()) else []
    if len(runs) != 1:
        return []
    [(before, was, now, after)] = runs
    if not all(_is_of_any_language(before, run) for run in (was, now)) or _ADDRESS.search(was + now):
        return []
    spot = _spot(before, was, after)
    values = [_plain_value(found[0]) for found in _VALUE.finditer(old)]
    return [was.strip(), now.strip(), spot, *values] if spot and (was + now).strip() else []


def _is_of_any_language(before: str, run: str) -> bool:
    """Tell whether no word of a run is one that may mean another thing in another language, as a short one does that is no name.

    >>> _is_of_any_language("Let them ", "die"), _is_of_any_language("Bill ", "(Otso Oy)"), _is_of_any_language("", "Die")
    (False, True, False)
    >>> _is_of_any_language("", "Eva Pinto"), _is_of_any_language("On call: ", "@rui")
    (True, True)
    """
    for found in re.finditer(r"\S+", run):
        word = _AROUND.sub("", found[0])
        if not 0 < len(word) < SAYING_ENOUGH or any(
            unicodedata.category(sign)[0] not in "LM" for sign in word
        ):
            continue
        sentence = _STOPS.split(f"{before}{run[: found.start()]}")[-1]
        is_first = not _WORD.search(sentence)
        next_word = _NEXT_WORD.match(run, found.end())
        is_named = word[0].isupper() and (not is_first or (next_word and next_word[1][0].isupper()))
        if not (is_named or _HANDLE.search(f"{before}{run[: found.end()]}")):
            return False
    return True


_NEXT_WORD = re.compile(rf"\s([^\W\d_]{{{SAYING_ENOUGH},}})")
"""A word that is no short one, right after another."""
_HANDLE = re.compile(r"(?<![\w.+-])@\w[\w.-]*\Z")


def _spot(before: str, was: str, after: str) -> str:
    """Return what tells in whatever language where words came; empty where nothing does.

    That is the words that they stand for now, or a number right before them, if the text has these once; else an end of it.

    >>> _spot("Free on ", "Sunday", "."), _spot("Bill 118", "", "."), _spot("Bill", "", "."), _spot("My ", "", "bill")
    ('Sunday', '118', 'end', '')
    """
    text = before + was + after
    last = "".join(before.split()[-1:])
    known = was.strip() or (last if _COUNT.search(last) else "")
    if known:
        return known if text.count(known) == 1 else ""
    if _STOP.search(text.strip()):
        return ""
    return "start" if not _WORD.search(before) else "end" if not _WORD.search(after) else ""


def _plain_value(value: str) -> str:
    """Return a number with what belongs to it after it, and a point wherever its figures are parted; an address as it is.

    >>> [*map(_plain_value, ("€ 1,890", "1.890 €", "1,890ユーロ", "B12", "-5", "https://a.test/5"))]
    ['1.890€', '1.890€', '1.890€', '12B', '5-', 'https://a.test/5']
    """
    number = _NUMBER.search(value)
    if _ADDRESS.search(value) or number is None:
        return value
    around = f"{value[: number.start()]}{value[number.end() :]}".strip()
    return f"{_PARTING.sub('.', number[0])}{_CURRENCIES.get(around, ''.join(around.split()))}"


_QUOTED = re.compile("“[^”]*”")
_COUNTING = re.compile(
    r"(?:body › )?(?:text|list item|heading|title)(?: (?:after|beside(?: the \d+[a-z]{2})?|under) “[^”]*”)*"
    r"|(?:body|subject|title)(?:, lines? \d+(?: to \d+)?)?"
)
"""The parts that are texts, and say how much or when."""
_TEXT = re.compile(rf"{_COUNTING.pattern}|text in [^›]+")
_STOP = re.compile(r"[.!?…؟۔।](?=\s)(?!(?<=\b[Nn][or]\.)\s\d)|[。！？\n](?!\Z)")
"""What may end a sentence, be it the point of "Dr.", and stands before more; not that of "No. 5"."""
_STOPS = re.compile("[.:!?…؟۔।。！？\n]")
"""What may stand before a word that has a capital for nothing but standing first."""
_AROUND = re.compile(r"^[\W_]+|[\W_]+$")
_LONG = 2_000
"""So many letters are more than a text that says one thing."""
_COUNT = re.compile(r"[\d*]")
"""A figure, or what stands for one from the payload."""
_ADDRESS = re.compile(r"://|www\.|[\w.+-]@")
_CURRENCIES = {"ユーロ": "€", "欧元": "€", "유로": "€", "ドル": "$", "美元": "$", "달러": "$", "円": "¥"}
_MULTIPLES = "(?:[十百千万萬億亿兆십백천만억]|ร้อย|พัน|หมื่น|แสน|ล้าน)"
"""Tens, hundreds, thousands and more, as part of a number: `5万円`."""
_LETTER = rf"[^\W\d_{AT_NUMBERS}]"
_VALUE = re.compile(
    r"https?://[^\s<>\"'()、。「」]*[^\s<>\"'().,;:!?、。「」]|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    rf"|(?:(?<!{_LETTER}){_LETTER}+|[-−+]|[€$£¥]\s?)?(?<![\d.,]){_NUMBER.pattern}"
    rf"(?:\s?[€$£¥%‰°]|{_MULTIPLES}*(?:{'|'.join(_CURRENCIES)})|{_MULTIPLES}+|{_LETTER}+)?"
)
"""An address, or a number with what belongs to it: letters of the same word, a sign, a currency."""
_PARTING = re.compile(r"\D")
_AS_SIGNS = str.maketrans("0123456789", "!#$%&()+-=")
"""The numbers of a place as what is no number of a text, of which one is as good as another."""


def _without_data(change: ContentChange, data: Sequence[str]) -> ContentChange:
    """Return a change without what stands in it from the payload, and without the values of a column that came or went."""
    if change.part.rpartition(" › ")[2].startswith("column “") and None in (change.old, change.new):
        change = replace(change, old=change.old and "*", new=change.new and "*")
    sides = change.uncut or (change.old, change.new)
    if None not in sides:
        # one that another stands for now is what changed
        data = [each for each in data if len({(side or "").count(each) for side in sides}) == 1]
    if not data:
        return change
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, data))})(?!\w)")

    def general(text: str) -> str:
        return pattern.sub("*", text)

    told = {*change.detail.split("\n"), change.about}
    if len({*map(general, told)}) < len(told):  # two that differ: which of them moved is what changed
        pattern = re.compile("(?!)")
    return replace(
        change,
        part=general(change.part),
        old=change.old and general(change.old),
        new=change.new and general(change.new),
        hint=change.hint and general(change.hint),
        detail=general(change.detail),
        about=general(change.about),
        uncut=change.uncut and (general(change.uncut[0]), general(change.uncut[1])),
    )


_LANGUAGE = re.compile("[^-_]*")
_LOCALE = re.compile("[a-z]{2}(?:_[A-Z]{2})?")
_ENGLISH = "en"
"""The language that no one takes for another thing."""


def joined(tests: Iterable[TestChanges]) -> list[TestChanges]:
    """Return changes with one key for those that are equal, those that are so word for word, and their twins in another language.

    A title of the payload that stands in what is always written makes no change another one.

    Two texts of one language that look different in the same place of a step, as praise and a warning do, are two changes.
    """
    tests = list(tests)
    twins: dict[str, list[_Twin]] = defaultdict(list)
    by_id: set[str] = set()
    for test_id, change in ((each.test, change) for each in tests for change in each.changes if change.twin):
        if locale := change.context.locale or locale_in(test_id):
            language = _LANGUAGE.match(locale)[0].casefold()  # type: ignore[index]
            place = in_all_languages(test_id, change.stem, locale)
            twins[change.twin].append(_Twin(language, change.same, place))
            if not change.context.locale:
                by_id.add(change.twin)
    groups: dict[str, str] = {}

    def first(key: str) -> str:
        while (above := groups.get(key, key)) != key:
            key = above
        return key

    exact: dict[str, str] = {}
    for change in (each for test in tests for each in test.changes if each.exact and each.same):
        one, other = sorted((first(exact.setdefault(change.exact, change.same)), first(change.same)))
        groups[other] = one

    def parts_of(twin: str) -> Iterator[Sequence[_Twin]]:
        yield from _of_one_change([each._replace(same=first(each.same)) for each in twins[twin]])

    def join(part: Sequence[_Twin]) -> None:
        one, *others = sorted({first(each.same) for each in part})
        groups.update(dict.fromkeys(others, one))

    for twin in twins:
        for part in parts_of(twin) if twin not in by_id else ():
            join(part)
    of_ids = [part for twin in twins if twin in by_id for part in parts_of(twin)]
    for part in _of_one_in_english(of_ids):
        join(part)
    return [
        replace(test, changes=tuple(replace(each, same=first(each.same)) for each in test.changes))
        for test in tests
    ]


class _Twin(NamedTuple):
    """A change that others in other languages may be: its language, its key, and its test and place in whatever language."""

    language: str
    same: str
    place: str


def _of_one_change(twins: Sequence[_Twin]) -> Iterator[Sequence[_Twin]]:
    """Yield twins that are one change: all of them, or those of one test where a language has several, as under other headings."""
    if _are_one(twins):
        yield twins
        return
    by_place: dict[str, list[_Twin]] = defaultdict(list)
    for each in twins:
        by_place[each.place].append(each)
    counts = Counter(key for part in by_place.values() for key in {each.same for each in part})
    for place, part in by_place.items():
        if place and _are_one(part) and all(counts[each.same] == 1 for each in part):
            yield part


def _of_one_in_english(parts: Sequence[Sequence[_Twin]]) -> list[Sequence[_Twin]]:
    """Return the parts that are known in English, and are no two changes there that another language has as one."""
    english = [{each.same for each in part if each.language == _ENGLISH} for part in parts]
    beside: dict[str, set[str]] = defaultdict(set)
    for part, keys in zip(parts, english, strict=True):
        for each in part:
            beside[each.same] |= keys
    return [
        part
        for part, keys in zip(parts, english, strict=True)
        if keys and all(len(beside[each.same]) == 1 for each in part)
    ]


def _are_one(twins: Iterable[_Twin]) -> bool:
    """Tell whether each language has one of them."""
    keys: dict[str, set[str]] = defaultdict(set)
    for each in twins:
        keys[each.language].add(each.same)
    return all(len(each) == 1 for each in keys.values())


def _edits(change: ContentChange, channel: str, names: Set[str]) -> Iterator[list[str]]:
    """Yield the words that came and went in one part, each time with the channel, the part, and the sentence around."""
    change = _of_all_links(change)
    place = without_months(_LINES.sub("", change.part))
    part = _WORD.sub(lambda word: _general(word[0], names), place)
    if change.old is None or change.new is None:
        hint = _without(names, change.detail or change.hint or "")
        about = _WORD.sub(lambda word: _general(word[0], names), without_months(change.about))
        old, new = (_without(names, each or "") for each in (change.old, change.new))
        if not new and _ROW.search(place):
            old = _NUMBER.sub("*", old)  # a row that is gone is, whatever it came to
        found = [[old, new, hint + about]]
    else:
        whole = change.uncut or (change.old, change.new)
        said = changed_sentences(*whole)
        about = _without(names, change.about)
        if _RUNNING.fullmatch(place) and {*words_of(about)} <= {*words_of(" ".join(whole))}:
            # the text says itself what it is about: by its sentence, or else by all of it
            is_enough = not about or max(len(words_of(one)) for one in said) >= SAYING_ENOUGH
            about = "" if is_enough else " ".join(words_of(_without(names, whole[0])))
        found = [
            [*(_without(names, each.strip() or each) for each in (old, new)), *rest]
            for before, old, new, after in _runs(*pieces(*said))
            for rest in [
                [_without(names, change.about)]
                if _is_picture(old + new) or _is_mark(old, new)
                else [about, *_beside(before, old or new, after, names)]
            ]
        ]
    for old, new, about, *beside in found:
        sentence = " ".join((old or new, *beside))
        if about or len(_WORD.findall(sentence)) < SAYING_ENOUGH:
            yield [channel, part, old, new, about, *beside]
        else:
            yield ["", "body" if _RUNNING.fullmatch(place) else part, old, new, *(beside or ("", ""))]


def _of_all_links(change: ContentChange) -> ContentChange:
    """Return a change of a link or a picture that is the same at any other without its words; of one of several, without which one.

    That is from one address to another one, to another server, or of a mark for statistics. Which one, `about` tells.
    """
    if change.place.startswith(ONE_OF):
        return replace(change, part=_WHICH.sub("", change.part))
    named = _LINK.search(change.part)
    if not named or change.old is None or change.new is None:
        return change
    part = _LINK.sub("link", change.part)
    if _COUNTED.search(part):
        return replace(change, part=part, about="")
    try:
        was, now = urlsplit(change.old), urlsplit(change.new)
    except ValueError:
        return change
    if was.netloc and now.netloc and was[2:] == now[2:]:
        return replace(change, part=part, old=was.netloc, new=now.netloc, about="", uncut=None)
    return replace(change, part=part) if _LINK_ITSELF.search(change.part) else change


_WHICH = re.compile(" (?:after|before|beside|in|under) “[^”]*”|, number \\d+ of \\d+")
_LINK = re.compile(f"(?:link|button|image) “[^”]*”(?:{_WHICH.pattern})?")
_LINK_ITSELF = re.compile("”(?: in [^›]+)?$")
_COUNTED = re.compile(r" › (?:utm|mtm|pk|hsa|mc)_\w+$|^(?:body › )?link › address › (?:ref|source|campaign)$")
"""The parameters of a link by which clicks are counted."""


def _runs(left: Iterable[Piece], right: Iterable[Piece]) -> Iterator[tuple[str, str, str, str]]:
    """Yield what stands before a run of changed words, the run before and now, and what stands after it."""
    before = was = now = ""
    for (old, after), (new, _) in zip(_split(left), _split(right), strict=True):
        was, now = was + old, now + new
        if (old or new) and after.isspace():
            # words that changed beside each other are one run
            was, now = was + after, now + after
            continue
        if was.strip() or now.strip() or old or new:
            yield before, was, now, after
        before, was, now = after, "", ""


def _split(side: Iterable[Piece]) -> list[tuple[str, str]]:
    """Return pairs: changed text (or ""), and the text after it that is in both versions."""
    found = [("", "")]
    for piece in side:
        if not piece.changed:
            found[-1] = found[-1][0], piece.text
            found.append(("", ""))
        else:
            found[-1] = piece.text, ""
    return found


def _is_picture(run: str) -> bool:
    """Whether a run is nothing but emoji, which say the same beside whatever words."""
    signs = {unicodedata.category(sign) for sign in run if not sign.isspace()}
    return "So" in signs and signs <= {"So", "Mn", "Cf", "Sk"}


def _is_mark(old: str, new: str) -> bool:
    """Whether a run is a mark such as `[Acme]`, which came or went, and says the same before whatever words."""
    return not (old.strip() and new.strip()) and bool(_MARK.fullmatch(old + new))


_MARK = re.compile(r"\s*\[[^\[\]]+\]\s*")


def _without(names: Set[str], text: str) -> str:
    return _WORD.sub(lambda word: "*" if word[0].casefold() in names else word[0], text)


def _general(word: str, names: Set[str]) -> str:
    """Return a word as it stands beside a change: numbers and names are the same as others."""
    return "*" if word.isdigit() or word.casefold() in names else word


def _beside(before: str, run: str, after: str, names: Set[str]) -> Iterator[str]:
    """Yield the other words of the sentence of a run, before it and after it, without numbers and names."""
    # where a sentence ends is seen by what is around: each side is looked at with the run
    ends = (found.end() for found in END.finditer(before + run))
    left = before[max(takewhile(lambda end: end <= len(before), ends), default=0) :]
    found = END.search(run + after, len(run) - 1)
    right = after[: max(found.start() - len(run), 0)] if found else after
    # a number that changed makes a date, too
    left, right = f"{left}{' 0' * run[0].isdigit()}", f"{'0 ' * run[-1].isdigit()}{right.lstrip()}"
    for side in (left, right):
        dated = without_months(" ".join(_ALONE.sub("0", side).split()))
        yield " ".join(_general(word, names) for word in _WORD.findall(dated))
