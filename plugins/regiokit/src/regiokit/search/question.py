"""What somebody asks in words, after the analyser: the same for every engine."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Alternative = tuple[str, ...]
"""One way to satisfy a term: a token, or several that must stand side by side in one field."""


@dataclass(frozen=True)
class Term:
    """One thing an entry should have. Any alternative will do; the nearer it is to the word, the more it counts.

    `word` as typed; `same`: the word itself; `part`: the word as a part of a compound; `near`: a synonym, a completion or
    a corrected typing error. `weight` (1 to 5): a rare word says more than one that stands everywhere.
    """

    word: str
    same: tuple[Alternative, ...] = ()
    part: tuple[Alternative, ...] = ()
    near: tuple[Alternative, ...] = ()
    weight: int = 1

    @property
    def alternatives(self) -> tuple[Alternative, ...]:
        """Everything that satisfies this term."""
        return self.same + self.part + self.near


@dataclass(frozen=True)
class Question:
    """An entry matches when at least `minimum` terms do and no excluded one does; without terms everything matches.

    `corrections` maps a typed word that the index does not know to the word that was meant.
    """

    terms: tuple[Term, ...] = ()
    excluded: tuple[Term, ...] = ()
    minimum: int = 0
    corrections: Mapping[str, str] = field(default_factory=dict)
