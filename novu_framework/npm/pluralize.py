"""English plurals and singulars, as the npm package pluralize makes them.

The words and endings are its own: ``schema`` becomes ``schemata``, ``media`` stays (see ``tests/contract/liquid``).
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

_IRREGULAR_WORDS: Final = """
    i/we me/us he/they she/they them/them myself/ourselves yourself/yourselves itself/themselves
    herself/themselves himself/themselves themself/themselves is/are was/were has/have this/these that/those
    echo/echoes dingo/dingoes volcano/volcanoes tornado/tornadoes torpedo/torpedoes genus/genera viscus/viscera
    stigma/stigmata stoma/stomata dogma/dogmata lemma/lemmata schema/schemata anathema/anathemata ox/oxen axe/axes
    die/dice yes/yeses foot/feet eave/eaves goose/geese tooth/teeth quiz/quizzes human/humans proof/proofs
    carve/carves valve/valves looey/looies thief/thieves groove/grooves pickaxe/pickaxes passerby/passersby
"""
_IRREGULAR: Final = {one: many for one, _, many in (pair.partition("/") for pair in _IRREGULAR_WORDS.split())}
_SINGULAR_OF: Final = {plural: singular for singular, plural in _IRREGULAR.items()}

_UNCOUNTABLE_WORDS: Final = """
    adulthood advice agenda aid aircraft alcohol ammo analytics anime athletics audio bison blood bream buffalo
    butter carp cash chassis chess clothing cod commerce cooperation corps debris diabetes digestion elk energy
    equipment excretion expertise firmware flounder fun gallows garbage graffiti hardware headquarters health
    herpes highjinks homework housework information jeans justice kudos labour literature machinery mackerel mail
    media mews moose music mud manga news only personnel pike plankton pliers police pollution premises rain
    research rice salmon scissors series sewage shambles shrimp software species staff swine tennis traffic
    transportation trout tuna wealth welfare whiting wildebeest wildlife you
"""
_UNCOUNTABLE: Final = frozenset(_UNCOUNTABLE_WORDS.split())
_SAME_ENDING: Final = r"(?:pok[eé]mon|[^aeiou]ese|deer|fish|measles|o[iu]s|pox|sheep)"

# Words of Latin and Greek that keep their own plurals.
_US_I: Final = "(alumn|syllab|vir|radi|nucle|fung|cact|stimul|termin|bacill|foc|uter|loc|strat)"
_A_AE: Final = "(alumn|alg|vertebr)"
_UM_A: Final = (
    "(agend|addend|millenni|dat|extrem|bacteri|desiderat|strat|candelabr|errat|ov|symposi|curricul|quor{})"
)
_ON_A: Final = "(apheli|hyperbat|periheli|asyndet|noumen|phenomen|criteri|organ|prolegomen|hedr|automat)"


# The first ending that fits decides.
_PLURAL: Final = (
    (_SAME_ENDING, r"\g<0>"),
    ("^thou", "you"),
    ("m[ae]n", "men"),
    ("eaux", r"\g<0>"),
    ("(child)(?:ren)?", r"\1ren"),
    ("(pe)(?:rson|ople)", r"\1ople"),
    (r"\b((?:tit)?m|l)(?:ice|ouse)", r"\1ice"),
    ("(matr|cod|mur|sil|vert|ind|append)(?:ix|ex)", r"\1ices"),
    ("(x|ch|ss|sh|zz)", r"\1es"),
    ("([^ch][ieo][ln])ey", r"\1ies"),
    ("([^aeiouy]|qu)y", r"\1ies"),
    ("(kni|wi|li)fe", r"\1ves"),
    ("(ar|l|ea|eo|oa|hoo)f", r"\1ves"),
    ("sis", "ses"),
    (f"{_ON_A}(?:a|on)", r"\1a"),
    (_UM_A.format("|automat") + "(?:a|um)", r"\1a"),
    ("(her|at|gr)o", r"\1oes"),
    ("(seraph|cherub)(?:im)?", r"\1im"),
    (f"{_A_AE}(?:a|ae)", r"\1ae"),
    (f"{_US_I}(?:us|i)", r"\1i"),
    ("([^l]ias|[aeiou]las|[ejzr]as|[iu]am)", r"\1"),
    ("(e[mn]u)s?", r"\1s"),
    ("(alias|[^aou]us|t[lm]as|gas|ris)", r"\1es"),
    ("(ax|test)is", r"\1es"),
    (r"[^\x00-\x7f]", r"\g<0>"),
    ("s?", "s"),
)
_SINGULAR: Final = (
    (_SAME_ENDING, r"\g<0>"),
    ("men", "man"),
    ("(eau)x?", r"\1"),
    ("(child)ren", r"\1"),
    ("(pe)(?:rson|ople)", r"\1rson"),
    ("(matr|append)ices", r"\1ix"),
    ("(cod|mur|sil|vert|ind)ices", r"\1ex"),
    (f"{_A_AE}ae", r"\1a"),
    (f"{_ON_A}a", r"\1on"),
    (_UM_A.format("") + "a", r"\1um"),
    (f"{_US_I}(?:us|i)", r"\1us"),
    ("(test)(?:is|es)", r"\1is"),
    ("(movie|twelve|abuse|e[mn]u)s", r"\1"),
    ("(analy|diagno|parenthe|progno|synop|the|empha|cri|ne)(?:sis|ses)", r"\1sis"),
    ("(x|ch|ss|sh|zz|tto|go|cho|alias|[^aou]us|t[lm]as|gas|(?:her|at|gr)o|[aeiou]ris)(?:es)?", r"\1"),
    ("(seraph|cherub)im", r"\1"),
    (r"\b((?:tit)?m|l)ice", r"\1ouse"),
    (r"\b(mon|smil)ies", r"\1ey"),
    (r"\b([pl]|zomb|(?:neck|cross)?t|coll|faer|food|gen|goon|group|lass|talk|goal|cut)ies", r"\1ie"),
    ("ies", "y"),
    ("(ar|(?:wo|[ae])l|[eo][ao])ves", r"\1f"),
    (r"(wi|kni|(?:after|half|high|low|mid|non|night|[^\w]|^)li)ves", r"\1fe"),
    ("(ss)", r"\1"),
    ("s", ""),
)


_LONGEST_ENDING: Final = 32
"""More characters than any rule looks at."""


def plural(word: str) -> str:
    """Return the plural of ``word``, in the same case.

    >>> plural("Story"), plural("person"), plural("NEWS")
    ('Stories', 'people', 'NEWS')
    """
    return _inflected(word, _IRREGULAR, _SINGULAR_OF, _PLURAL)


def singular(word: str) -> str:
    """Return the singular of ``word``, in the same case.

    >>> singular("comments"), singular("Mice")
    ('comment', 'Mouse')
    """
    return _inflected(word, _SINGULAR_OF, _IRREGULAR, _SINGULAR)


@cache
def _compiled(rules: tuple[tuple[str, str], ...]) -> list[tuple[re.Pattern[str], str]]:
    return [(re.compile(rf"{ending}\Z", re.IGNORECASE | re.ASCII), to) for ending, to in rules]


def _inflected(
    word: str, known: dict[str, str], done: dict[str, str], rules: tuple[tuple[str, str], ...]
) -> str:
    lower = word.lower()
    if lower in done:
        return _cased(word, lower)
    if lower in known:
        return _cased(word, known[lower])
    if not lower or lower in _UNCOUNTABLE:
        return word
    for ending, replacement in _compiled(rules):
        if found := ending.search(word, max(len(word) - _LONGEST_ENDING, 0)):
            old = found[0] or word[found.start() - 1]
            return word[: found.start()] + _cased(old, found.expand(replacement))
    return word


def _cased(model: str, text: str) -> str:
    """Return ``text`` in the case of ``model``: lower, upper, or with a capital."""
    if model == text:
        return text
    if model == model.lower():
        return text.lower()
    if model == model.upper():
        return text.upper()
    if model[0] == model[0].upper():
        return text[:1].upper() + text[1:].lower()
    return text.lower()
