"""Shows why an entry was found: marks the words of a text that a question asked for."""

from array import array
from collections.abc import Iterator
from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from regiokit.search.german.tokens import Run, runs_of
from regiokit.search.question import Alternative, Question, Term

Span = tuple[int, int]
Runs = tuple[array, tuple[Run, ...]]
"""The offsets of a text's runs in letters, and the runs; a pair for each would take 80 bytes more."""

LONGEST_KEPT = 2_000
"""Letters of a text whose runs are kept: 1,000 usual ones take some 10 MB."""


def highlight(text: str, question: Question) -> SafeString:
    """Return `text` escaped for HTML, with `<mark>` around each word that satisfies a term of `question`."""
    return _marked(text, spans(text, question), 0, len(text))


def snippet(text: str, question: Question, *, length: int = 160) -> SafeString:
    """Return about `length` letters of `text` where most of the asked words stand, marked as by `highlight`."""
    found = spans(text, question)
    if len(text) <= length:
        return _marked(text, found, 0, len(text))
    start, end = _window(text, found, length)
    before, behind = "… " if start else "", " …" if end < len(text) else ""
    return mark_safe(before + _marked(text, found, start, end) + behind)


def spans(text: str, question: Question) -> list[Span]:
    """Return where in `text` words stand that satisfy a term, in order, without overlaps."""
    merged: list[Span] = []
    for start, end in sorted(_reader(question.terms).found(text)) if question.terms else ():
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


class Reader:
    """Reads texts for one question."""

    def __init__(self, terms: tuple[Term, ...]):
        alternatives = {alternative for term in terms for alternative in term.alternatives if alternative}
        self._single = frozenset(alternative[0] for alternative in alternatives if len(alternative) == 1)
        self._rows: dict[str, list[Alternative]] = {}
        for row in alternatives:
            if len(row) > 1:
                self._rows.setdefault(row[0], []).append(row)

    def found(self, text: str) -> set[Span]:
        """Return the spans of single words and of alternatives of several words side by side."""
        runs = _kept(text) if len(text) <= LONGEST_KEPT else _runs(text)
        spans = {
            (offset + token.start, offset + token.end)
            for offset, run in zip(*runs, strict=True)
            if not self._single.isdisjoint(run.keys)
            for token in run.tokens
            if not self._single.isdisjoint(token.keys)
        }
        return spans.union(self._side_by_side(list(_words(runs)))) if self._rows else spans

    def _side_by_side(self, words: list[tuple[int, int, str]]) -> Iterator[Span]:
        for place, (start, _end, stem) in enumerate(words):
            for row in self._rows.get(stem, ()):
                beside = words[place : place + len(row)]
                if tuple(stem for _start, _end, stem in beside) == row:
                    yield start, beside[-1][1]


def _words(runs: Runs) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, stem) of every single word."""
    for offset, run in zip(*runs, strict=True):
        for token in run.tokens:
            if not token.joined:
                yield offset + token.start, offset + token.end, token.stem


@lru_cache(maxsize=1_000)
def _kept(text: str) -> Runs:
    """Return the runs of a text: the same few hundred entries are shown for one question after the other."""
    return _runs(text)


def _runs(text: str) -> Runs:
    offsets, runs = array("L"), []
    for offset, run in runs_of(text):
        offsets.append(offset)
        runs.append(run)
    return offsets, tuple(runs)


@lru_cache(maxsize=8)
def _reader(terms: tuple[Term, ...]) -> Reader:
    return Reader(terms)


def _window(text: str, found: list[Span], length: int) -> Span:
    """Return start and end of the piece with the most marks, at spaces where there are any near."""
    starts = [start for start, _ in found]
    best = max(starts, key=lambda first: (sum(first <= start < first + length for start in starts), -first), default=0)
    start = max(0, min(best - length // 4, len(text) - length))
    if start and (space := text.find(" ", start, best + 1)) >= 0:
        start = space + 1
    elif start:
        start = best
    end = min(len(text), start + length)
    if end < len(text) and (space := text.rfind(" ", start + length // 2, end + 1)) > 0:
        end = space
    return start, end


def _marked(text: str, found: list[Span], start: int, end: int) -> SafeString:
    pieces, position = [], start
    for first, last in found:
        if first >= start and last <= end:
            pieces += [escape(text[position:first]), "<mark>", escape(text[first:last]), "</mark>"]
            position = last
    return mark_safe("".join([*pieces, escape(text[position:end])]))
