"""The words by which German is read: nouns from a table (words/nouns.txt.gz) and this project's own (words/own.txt)."""

import gzip
import json
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from importlib import resources

from regiokit import conf
from regiokit.search.german.folding import fold

FOLDER = resources.files("regiokit.search.german").joinpath("words")
COMMON = 7
"""How common words by hand are taken for, of 9."""
PLACES = resources.files("regiokit.places").joinpath("data")


@dataclass
class Own:
    """A file of words by hand: one kind a section; see the head of words/own.txt."""

    modifiers: set[str] = field(default_factory=set)
    heads: set[str] = field(default_factory=set)
    whole: set[str] = field(default_factory=set)
    never: set[str] = field(default_factory=set)
    stop: set[str] = field(default_factory=set)
    stems: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Words:
    """`heads` and `modifiers` are parts of compounds, with how common they are there (0 to 9).

    `whole` is never taken apart; `stop` says nothing in a question.
    `women`: person words in "-in" -> the masculine word, for no rule tells them from "Termin" (`women_heads`: as heads);
    `acting`: what stands before "-ende" in words for persons (Helfende); `lemmas`: irregular form -> basic form; `stems`:
    basic form -> the stem to use instead of the stemmer's; `fingerprint` changes with any of them.
    """

    heads: dict[str, int]
    modifiers: dict[str, int]
    whole: frozenset[str]
    women: dict[str, str]
    women_heads: dict[str, int]
    acting: frozenset[str]
    stop: frozenset[str]
    lemmas: dict[str, str]
    stems: dict[str, str]
    fingerprint: str


def read_own(text: str | None = None) -> Own:
    """Return the words of a file's `text`, by default of words/own.txt. Raises ValueError for an unknown section."""
    own, kind = Own(), ""
    for line in (FOLDER.joinpath("own.txt").read_text(encoding="utf-8") if text is None else text).splitlines():
        line = line.partition("#")[0].strip()
        if line.startswith("["):
            kind = line.strip("[]")
            if kind not in {"parts", *vars(own)}:
                raise ValueError(f"Unknown section {line} in a file of German words.")
        elif kind == "stems" and line:
            stem, forms = line.split(":")
            own.stems |= {fold(form): fold(stem) for form in forms.split()}
        else:
            for name in ("modifiers", "heads") if kind == "parts" else (kind,) if line else ():
                getattr(own, name).update(fold(line).split())
    return own


@cache
def words() -> Words:
    """Return all words of this installation, read once a process (about 0.3 s, 35 MB)."""
    digest = sha256()
    nouns, names = FOLDER.joinpath("nouns.txt.gz").read_bytes(), _places()
    texts = [FOLDER.joinpath("own.txt").read_text(encoding="utf-8"), conf.search_words()]
    for text in (nouns, *(text.encode() for text in texts), " ".join(sorted(names)).encode()):
        digest.update(sha256(text).digest())
    kinds: dict[str, dict[str, int]] = {letter: {} for letter in "hmwgia"}
    lemmas = {}
    for line in gzip.decompress(nouns).decode().splitlines():
        form, letters, *lemma = line.split(" ")
        common = int(letters[-1]) if letters[-1].isdigit() else 0
        for letter in letters.rstrip("0123456789"):
            kinds[letter][form] = common
        if lemma:
            lemmas[form] = lemma[0]
    files = [read_own(text) for text in texts]
    own = {name: set().union(*(getattr(file, name) for file in files)) for name in vars(Own()) if name != "stems"}
    return Words(
        heads=parts(kinds["h"], own["heads"], own["never"]),
        modifiers=parts(kinds["m"], own["modifiers"], own["never"]),
        whole=frozenset(kinds["w"].keys() | own["whole"] | names),
        women={form: lemmas.pop(form) for form in kinds["g"]},
        women_heads=kinds["g"],
        acting=frozenset(kinds["a"]),
        stop=frozenset(own["stop"]),
        lemmas=lemmas,
        stems={form: stem for file in files for form, stem in file.stems.items()},
        fingerprint=digest.hexdigest(),
    )


def parts(listed: dict[str, int], own: set[str], never: set[str]) -> dict[str, int]:
    """Return the forms that may be parts, with how common they are; `own` words are what the portal is about."""
    return {form: common for form, common in (listed | dict.fromkeys(own, COMMON)).items() if form not in never}


def _places() -> set[str]:
    """Return the towns of all packaged regions and who lives there, so that no name is torn apart."""
    names = set()
    for file in PLACES.iterdir():
        if file.name.endswith(".json"):
            for town in json.loads(file.read_text(encoding="utf-8"))["municipalities"]:
                for name in fold(town["name"]).replace("-", " ").split():
                    names |= {name, name + "s", name + "er", name + "ern", name + "erin"}
    return names
