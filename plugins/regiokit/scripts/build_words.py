"""Make the list of German words by which compounds are taken apart.

Run by a developer; downloads nothing: unpack the package named in docs/search.md and pass its table::

    pip download --no-deps german-nouns==1.2.5     # unpack it anywhere outside the repository
    python plugins/regiokit/scripts/build_words.py german_nouns/nouns.csv

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
from regiokit.search.german.wordlist import FOLDER, Own, read_own

OUT = FOLDER / "nouns.txt.gz"
NO_PARTS = {"Vorname", "Nachname", "Eigenname", "Straßenname"}
LEFT_OUT = {"Affix", "Suffix", "Abkürzung", "Buchstabe", "Symbol", "Wortverbindung", "Redewendung", "Gebundenes Lexem"}
PRODUCTIVE = 2
"""A noun is taken for a part when so many compounds of the table have it in that place: rare words tear others apart."""
SHORTEST, SHORTEST_TOPONYM = 4, 5
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
                nouns = names if kinds & (NO_PARTS | {"Toponym"}) else common
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


def agree(noun: Noun, head: Noun, modifier: str) -> bool:
    """Return whether `noun` can be a compound of `head`: same gender, and the plural is that of the head."""
    if noun.genders and head.genders and not noun.genders & head.genders:
        return False
    return not (noun.plural and head.plural) or any(modifier + form in noun.plural for form in head.plural)


def usable(noun: Noun, own: Own) -> bool:
    """Return whether `noun` may be a part."""
    return noun.lemma in own.heads or (noun.plain and noun.lemma not in own.never)


def needed(noun: Noun) -> int:
    """Return how many compounds must have `noun` in a place; one with an ending like "-ung" tears nothing apart."""
    return 0 if noun.lemma.endswith(S_AFTER) and len(noun.lemma) > 6 else PRODUCTIVE


def take_apart(nouns: dict[str, Noun], own: Own) -> tuple[dict[str, tuple[str, str]], dict[str, set[str]]]:
    """Return the compounds of the table (lemma -> modifier and head) and modifier -> the lemmas that have this form."""
    modifiers: dict[str, set[str]] = defaultdict(set)
    for form in own.modifiers:
        modifiers[form].add(form)
    compounds = {}
    for noun in sorted(nouns.values(), key=lambda noun: (len(noun.lemma), noun.lemma)):
        lemma = noun.lemma
        if lemma not in own.whole:
            for start in range(3, len(lemma) - 2):
                head, modifier = nouns.get(lemma[start:]), lemma[:start]
                if head and usable(head, own) and modifier in modifiers and agree(noun, head, modifier):
                    compounds[lemma] = (modifier, head.lemma)
                    break
        if usable(noun, own):
            for form in noun.modifiers():
                modifiers[form].add(lemma)
    return compounds, modifiers


def build(nouns: dict[str, Noun], own: Own) -> list[str]:
    """Return the lines of the file: `form kinds [lemma]`."""
    compounds, lemmas = take_apart(nouns, own)
    as_modifier, as_head = Counter(), Counter()
    for modifier, head in compounds.values():
        as_head[head] += 1
        for lemma in lemmas[modifier]:
            as_modifier[lemma] += 1
    atoms = [
        noun for noun in nouns.values() if noun.lemma not in compounds and noun.plain and noun.lemma not in own.never
    ]
    heads = {
        form
        for noun in atoms
        if as_head[noun.lemma] >= needed(noun) and "Toponym" not in noun.kinds
        for form in noun.forms
    }
    modifiers = {form for noun in atoms if as_modifier[noun.lemma] >= needed(noun) for form in noun.modifiers()}
    modifiers = {form for form in modifiers if len(form) >= SHORTEST}
    heads = {form for form in heads if len(form) >= SHORTEST}
    all_heads, all_modifiers = heads | own.heads, modifiers | own.modifiers
    whole, atom_forms = set(), {form for noun in nouns.values() if noun.lemma not in compounds for form in noun.forms}
    for noun in nouns.values():
        for form in noun.forms - heads - own.heads:
            found = split(form, modifiers=all_modifiers, heads=all_heads)
            if found and (noun.lemma not in compounds and not (form not in atom_forms)):
                whole.add(form)
    women = {}
    for noun in nouns.values():
        if noun.lemma + "nen" in noun.plural:
            man = noun.lemma[:-2]
            women[noun.lemma] = man + "e" if man not in nouns and man + "e" in nouns else man
    stem = Stemmer.Stemmer("german").stemWord
    irregular = {}
    for noun in atoms:
        for form in noun.forms - women.keys():
            if form not in nouns and stem(form) != stem(noun.lemma) and not form.endswith("innen"):
                irregular.setdefault(form, noun.lemma)
    acting = {
        re.sub(r"ende[rn]?$", "", noun.lemma)
        for noun in nouns.values()
        if noun.declined and re.search(r".{3}ende[rn]?$", noun.lemma)
    }
    kinds = defaultdict(str)
    for letter, forms in (("h", heads), ("m", modifiers), ("w", whole), ("i", irregular), ("g", women), ("a", acting)):
        for form in forms:
            kinds[form] += letter
        print(letter, len(forms))
    return [
        f"{form} {letters} {irregular.get(form) or women.get(form, '')}".rstrip()
        for form, letters in sorted(kinds.items())
    ]


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
