"""Make the list of German words by which compounds are taken apart.

Run by a developer; downloads nothing: unpack the package named in docs/search.md and pass its table::

    pip download --no-deps german-nouns==1.2.5     # unpack it anywhere outside the repository
    DJANGO_SETTINGS_MODULE=portal.settings.test PYTHONPATH=. python plugins/regiokit/scripts/build_words.py german_nouns/nouns.csv

The same table gives the same file, `regiokit/search/german/words/nouns.txt.gz`, and the counts on the screen.
"""

import argparse
import csv
import gzip
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import Stemmer

from regiokit.search.german.compounds import split
from regiokit.search.german.folding import fold
from regiokit.search.german.wordlist import FOLDER, Own, parts, read_own

OUT = FOLDER / "nouns.txt.gz"
NO_PARTS = {"Vorname", "Nachname", "Eigenname", "Straßenname"}
NAMES = NO_PARTS | {"Toponym"}
LEFT_OUT = {"Affix", "Suffix", "Abkürzung", "Buchstabe", "Symbol", "Wortverbindung", "Redewendung", "Gebundenes Lexem"}
RARE = {4: 6, 5: 3}
"""A noun of so many letters is taken for a part when so many compounds of the table have it in that place: short rare
words tear others apart."""
SHORTEST, SHORTEST_TOPONYM = 4, 7
LONG, COMMON = 12, 4
S_AFTER = ("ung", "heit", "keit", "ion", "tat", "schaft", "tum", "ling")
"""Feminine nouns have the joint s only after these endings, and after a t from six letters on (Arbeit, Aufsicht)."""


@dataclass
class Noun:
    """A folded noun with all its forms; nouns of one spelling are one."""

    lemma: str
    genders: set[str] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)
    singular: set[str] = field(default_factory=set)
    plural: set[str] = field(default_factory=set)
    forms: set[str] = field(default_factory=set)

    @property
    def plain(self) -> bool:
        """Whether it may be a part at all: names of people never are."""
        return not self.kinds & NO_PARTS and len(self.lemma) >= SHORTEST

    @property
    def declined(self) -> bool:
        """Whether it is declined as an adjective is: der Helfende, ein Helfender."""
        return "adjektivische Deklination" in self.kinds

    def modifiers(self) -> Iterator[str]:
        """Yield the forms in which it stands before another noun."""
        lemma = self.lemma
        if "Toponym" in self.kinds:
            if len(lemma) >= SHORTEST_TOPONYM:
                yield lemma
            return
        yield lemma
        yield from self.plural
        yield from (form for form in self.singular if form.endswith(("s", "n")))
        if "f" in self.genders and (lemma.endswith(S_AFTER) or (lemma.endswith("t") and len(lemma) >= 6)):
            yield lemma + "s"
        if lemma.endswith("e") and len(lemma) > SHORTEST:
            yield lemma[:-1]


def read(path: Path) -> dict[str, Noun]:
    """Return the nouns of the table by folded lemma; a name that is also a common noun is only that."""
    common: dict[str, Noun] = {}
    names: dict[str, Noun] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            kinds, lemma = set(row["pos"].split(",")), row["lemma"]
            if not kinds & LEFT_OUT and re.fullmatch(r"[A-ZÄÖÜ][a-zäöüßéèêàáâóôñç]+", lemma):
                nouns = names if kinds & NAMES else common
                noun = nouns.setdefault(fold(lemma), Noun(fold(lemma)))
                noun.kinds |= kinds
                add_forms(noun, row)
    return names | common


def add_forms(noun: Noun, row: dict[str, str]) -> None:
    """Add what a row of the table says of `noun`."""
    noun.forms.add(noun.lemma)
    for column, value in row.items():
        if not value:
            continue
        if column.startswith("genus"):
            noun.genders.add(value)
        elif " " in column and re.fullmatch(r"\w+", value):
            form = fold(value)
            noun.forms.add(form)
            if column.startswith("genitiv singular"):
                noun.singular.add(form)
            elif column.startswith("nominativ plural") or noun.declined:
                noun.plural.add(form)


def suits(noun: Noun, head: Noun, modifier: str) -> bool:
    """Return whether `noun` can be a compound of `head`: same gender, and the plural is that of the head."""
    if noun.genders and head.genders and not noun.genders & head.genders:
        return False
    return not (noun.plural and head.plural) or any(modifier + form in noun.plural for form in head.plural)


def take_apart(nouns: dict[str, Noun], own: Own, usable: set[str]) -> tuple[dict[str, str], Counter]:
    """Return the compounds of the table (lemma -> head) and how many have a noun as a part; `usable` nouns may be one."""
    lemmas: dict[str, set[str]] = defaultdict(set)
    for form in own.modifiers:
        lemmas[form].add(form)
    compounds, uses = {}, Counter()
    for noun in sorted(nouns.values(), key=lambda noun: (len(noun.lemma), noun.lemma)):
        lemma = noun.lemma
        if lemma not in own.whole and not noun.kinds & NAMES:
            for start in range(3, len(lemma) - 2):
                modifier, head = lemma[:start], lemma[start:]
                if modifier in lemmas and (
                    head in own.heads or (head in usable and suits(noun, nouns[head], modifier))
                ):
                    compounds[lemma] = head
                    uses.update({head, *lemmas[modifier]})
                    break
        if lemma in usable:
            for form in noun.modifiers():
                lemmas[form].add(lemma)
    return compounds, uses


def common_parts(atoms: list[Noun], uses: Counter) -> tuple[dict[str, int], dict[str, int]]:
    """Return the forms of heads and of modifiers with how common they are, without the words by hand."""
    heads, modifiers = {}, {}
    for noun in sorted(atoms, key=lambda noun: (uses[noun.lemma], noun.lemma)):
        common = min(uses[noun.lemma].bit_length(), 9)
        if "Toponym" not in noun.kinds:
            heads |= {form: common for form in noun.forms if len(form) >= SHORTEST}
        modifiers |= {form: common for form in noun.modifiers() if len(form) >= SHORTEST}
    return heads, modifiers


def with_own(heads: dict[str, int], modifiers: dict[str, int], own: Own) -> dict[str, dict[str, int]]:
    """Return the arguments of `split` as they will be when the file is read."""
    return {"heads": parts(heads, own.heads, own.never), "modifiers": parts(modifiers, own.modifiers, own.never)}


def in_disguise(noun: Noun, nouns: dict[str, Noun], known: dict[str, dict[str, int]]) -> bool:
    """Return whether a long noun is a compound of common parts, though the table lacks one of its steps (Fahrdienst-leiter)."""
    found = split(noun.lemma, **known) if len(noun.lemma) >= LONG else ()
    if (
        len(found) < 3
        or min(known["modifiers"][part] for part in found[:-1]) < COMMON
        or known["heads"][found[-1]] < COMMON
    ):
        return False
    return found[-1] not in nouns or suits(noun, nouns[found[-1]], noun.lemma.removesuffix(found[-1]))


def build(nouns: dict[str, Noun], own: Own) -> list[str]:
    """Return the lines of the file: `form kinds-and-commonness [lemma]`."""
    usable = {noun.lemma for noun in nouns.values() if noun.plain and noun.lemma not in own.never}
    _, uses = take_apart(nouns, own, usable)
    usable = {lemma for lemma in usable if uses[lemma] >= RARE.get(len(lemma), 0)}
    compounds, uses = take_apart(nouns, own, usable)
    atoms = [nouns[lemma] for lemma in sorted(usable - compounds.keys())]
    known = with_own(*common_parts(atoms, uses), own)
    hidden = {noun.lemma for noun in atoms if noun.lemma not in own.whole and in_disguise(noun, nouns, known)}
    heads, modifiers = common_parts([noun for noun in atoms if noun.lemma not in hidden], uses)
    known = with_own(heads, modifiers, own)
    apart = compounds.keys() | hidden
    single = {form for noun in nouns.values() if noun.lemma not in apart for form in noun.forms}
    whole = {form for form in single - known["heads"].keys() - known["modifiers"].keys() if split(form, **known)}
    women = masculines(nouns)
    bases = irregular(nouns, atoms) | women
    kinds = defaultdict(str)
    lists = {"h": heads, "m": modifiers, "w": whole, "i": bases.keys() - women.keys(), "g": women, "a": acting(nouns)}
    for letter, forms in lists.items():
        print(letter, len(forms))
        for form in forms:
            kinds[form] += letter
    common = heads | {form: max(strength, heads.get(form, 0)) for form, strength in modifiers.items()}
    return [
        f"{form} {letters}{common.get(form, '')} {bases.get(form, '')}".rstrip()
        for form, letters in sorted(kinds.items())
    ]


def masculines(nouns: dict[str, Noun]) -> dict[str, str]:
    """Return persons in "-in" with the masculine word: "lotsin" -> "lotse"."""
    women = {}
    for noun in nouns.values():
        if noun.lemma + "nen" in noun.plural:
            man = noun.lemma[:-2]
            women[noun.lemma] = man + "e" if man not in nouns and man + "e" in nouns else man
    return women


def irregular(nouns: dict[str, Noun], atoms: list[Noun]) -> dict[str, str]:
    """Return the forms that the stemmer does not bring together with their basic form: "museen" -> "museum"."""
    stem = Stemmer.Stemmer("german").stemWord
    regular = {form for noun in nouns.values() for form in noun.forms if stem(form) == stem(noun.lemma)}
    found: dict[str, str] = {}
    for noun in atoms:
        for form in noun.forms - regular:
            if not form.endswith("innen"):
                found.setdefault(form, noun.lemma)
    return found


def acting(nouns: dict[str, Noun]) -> set[str]:
    """Return what stands before "-ende" in words for persons: "reis" of "Reisende"."""
    ending = re.compile(r"(.{3,})ende[rn]?$")
    found = (ending.match(noun.lemma) for noun in nouns.values() if noun.declined)
    return {match[1] for match in found if match}


def main() -> None:
    """Read the table, write the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("table", type=Path)
    table = parser.parse_args().table
    lines = build(read(table), read_own())
    OUT.write_bytes(gzip.compress("\n".join([*lines, ""]).encode(), mtime=0))
    print(f"{OUT.name}: {len(lines)} words, {OUT.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
