"""One form for all genders: Helfer*in, Helfer:in, Helfer_innen, HelferInnen, Helfer/-innen, Helfer(in), Helferin."""

import re

from regiokit.search.german.compounds import split
from regiokit.search.german.folding import fold
from regiokit.search.german.wordlist import words

SIGNED = (
    r"(?:[*:_·’'](?:[Ii]n(?:nen)?|[rnms])(?![^\W\d_])"  # Helfer*in, jede:r
    r"|[*:_·]innen"  # Helfer*innentreff
    r"|/-?(?:in(?:nen)?|[rnms])(?![^\W\d_])"  # Helfer/-innen, eine/r
    r"|\(-?(?:in(?:nen)?|[rnmse])\))"  # Helfer(innen), Jugendliche(r)
)
"""What marks the other forms behind a word; within a word ("Helfer*innentreff") only "innen" is one."""

_SIGNED = re.compile(SIGNED)
_CAPITAL = re.compile(r"(?<=[a-zäöüß])In(?:nen(?=[a-zäöüß]*$)|$)")
_PERSON = re.compile(r"(?:er|ist|ent|ant|olog|eur|iker|at)in$")
_NO_PERSON = re.compile(
    r"(?:^(?:erin|valentin|konstantin|argentin|levantin|serpentin|brigantin|platin|satin|latin|gelatin|karatin|keratin"
    r"|kreatin|katerin|severin|tangerin|ballerin|schwerin)|glyc?z?erin|nikotin)$"
)
_NO_WOMEN = re.compile(r"(?:beg|gew|bes|sp|ents|^f|^z|^dr|^b|^l|^s|^r|^ger|^)innen$")
_ACTING = re.compile(r"ende[nrms]?$")


def spoken(raw: str) -> str:
    """Return a word as written, folded, without signs of gender: "Helfer*innentreff" -> "helfertreff", "Lots*in" -> "lotse"."""
    plain = _CAPITAL.sub("", _SIGNED.sub("", raw))
    word = fold(plain)
    if len(plain) == len(raw) or raw.endswith(plain[-1:] or " "):
        return word
    return _masculine(word + "in") or word


def neutral(word: str) -> str:
    """Return the masculine form of a folded person word: "helferinnen", "helfende" -> "helfer"; "termin" stays."""
    if word.endswith("innen"):
        return word if _NO_WOMEN.search(word) else _masculine(word[:-3]) or word[:-5]
    if word.endswith("in"):
        return _masculine(word) or word
    acting = _ACTING.search(word)
    return word[: acting.start()] + "er" if acting and _acts(word[: acting.start()]) else word


def _masculine(word: str) -> str:
    """Return the masculine of a word in "-in", or nothing when it is no person."""
    known = words()
    if word in known.women:
        return known.women[word]
    parts = split(word, modifiers=known.modifiers, heads=known.women_heads)
    if parts:
        return word.removesuffix(parts[-1]) + known.women[parts[-1]]
    return word[:-2] if _PERSON.search(word) and len(word) > 5 and not _NO_PERSON.search(word) else ""


def _acts(verb: str) -> bool:
    """Return whether "-ende" behind `verb` makes a person of it: "Helfende", but not "Wochenende"."""
    known = words()
    if len(verb) < 3:
        return False
    person = verb + "er"
    return (
        verb in known.acting
        or person in known.heads
        or bool(split(person, modifiers=known.modifiers, heads=known.heads))
    )
