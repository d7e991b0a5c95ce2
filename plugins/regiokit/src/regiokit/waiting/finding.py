"""What a source gets and gives, and the one query that finds a few old things among many."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Who asks: the `user`, the keys (AGS) of the `towns` this person looks after (none: all), and how many lines fit."""

    user: object
    towns: frozenset[str] = frozenset()
    limit: int = 5


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What can be decided without opening: two addresses for POST; returning sends a reason as `comment`."""

    approve_url: str
    return_url: str


@dataclass(frozen=True, kw_only=True)
class Line:
    """One thing that waits: since when, or until when it must be done; `detail` is what one needs to know to decide."""

    title: str
    url: str = ""
    detail: str = ""
    text: str = ""
    since: datetime | date | None = None
    until: datetime | date | None = None
    decision: Decision | None = None
    action: tuple[str, str] | None = None


@dataclass(frozen=True, kw_only=True)
class Found:
    """The oldest of the person's own towns and of the others (`elsewhere`), and how many there are in all."""

    lines: tuple[Line, ...] = ()
    total: int = 0
    elsewhere: tuple[Line, ...] = ()
    elsewhere_total: int = 0


def find(rows: QuerySet, *, asked: Asked, by: str, line: Callable[..., Line], town: str = "") -> Found:
    """Return the first `asked.limit` rows by the field `by` (the most urgent have the smallest value), in one query.

    `town` is the look-up of the key of a town ("organisation__municipality"); rows without a town concern everybody.
    """
    own = Value(1, output_field=IntegerField())
    if town and asked.towns:
        own = Case(When(Q(**{f"{town}__in": asked.towns}) | Q(**{town: None}), then=1), default=0)
    rows = rows.annotate(waiting_own=own).annotate(
        waiting_total=Window(Count("pk"), partition_by=[F("waiting_own")]),
        waiting_place=Window(RowNumber(), partition_by=[F("waiting_own")], order_by=[F(by).asc(), F("pk").asc()]),
    )
    rows = list(rows.filter(waiting_place__lte=asked.limit).order_by("-waiting_own", "waiting_place"))
    own_rows = [row for row in rows if row.waiting_own]
    others = [row for row in rows if not row.waiting_own]
    return Found(
        lines=tuple(line(row) for row in own_rows),
        total=own_rows[0].waiting_total if own_rows else 0,
        elsewhere=tuple(line(row) for row in others),
        elsewhere_total=others[0].waiting_total if others else 0,
    )
