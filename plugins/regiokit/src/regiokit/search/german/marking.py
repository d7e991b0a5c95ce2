"""Shows why an entry was found: marks the words of a text that a question asked for."""

from collections.abc import Iterator

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from regiokit.search.german.stems import PART
from regiokit.search.german.tokens import Token, tokenize
from regiokit.search.question import Alternative, Question

Span = tuple[int, int]


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
    alternatives = {alternative for term in question.terms for alternative in term.alternatives if alternative}
    tokens = list(tokenize(text)) if alternatives else []
    found = sorted({*_single(tokens, alternatives), *_rows(tokens, alternatives)})
    merged: list[Span] = []
    for start, end in found:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _single(tokens: list[Token], alternatives: set[Alternative]) -> Iterator[Span]:
    for token in tokens:
        if (token.stem,) in alternatives or any((PART + part,) in alternatives for part in token.parts):
            yield token.start, token.end


def _rows(tokens: list[Token], alternatives: set[Alternative]) -> Iterator[Span]:
    """Yield the spans of alternatives of several words side by side."""
    words = [token for token in tokens if not token.joined]
    rows: dict[str, list[Alternative]] = {}
    for row in alternatives:
        if len(row) > 1:
            rows.setdefault(row[0], []).append(row)
    for place, token in enumerate(words):
        for row in rows.get(token.stem, ()):
            beside = words[place : place + len(row)]
            if tuple(word.stem for word in beside) == row:
                yield token.start, beside[-1].end


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
