"""What may be asked of a list. Everything else in the address is dropped before anybody reads it.

wagtail-modeladmin hands parameters that it does not know to the database, across every relation: `?author__password__…`
would tell by the number of rows how a password hash begins, and `?utm_source=…` would fail.
"""

import re

from django.http import QueryDict

from regiokit.loglists.filters import filters_of
from regiokit.loglists.values import order_of

SEARCH, ORDER, PAGE, EXPORT = "q", "o", "p", "export"
XLSX = "xlsx"
LONGEST_SEARCH = 100
MOST_WORDS = 6
CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
PAGE_NUMBER = re.compile(r"[1-9][0-9]{0,5}", re.ASCII)
COLUMN = re.compile(r"(-?)([0-9]{1,2})", re.ASCII)


def cleaned(log, question: QueryDict) -> QueryDict:
    """Return the parameters that the list knows, with values that it can take; all others are left out."""
    kept = QueryDict(mutable=True)
    for each in filters_of(log):
        value = question.get(each.name, "")
        if value in dict(each.choices):
            kept[each.name] = value
    known = {SEARCH: search_text(question.get(SEARCH, "")), ORDER: _order(log, question.get(ORDER, ""))}
    if PAGE_NUMBER.fullmatch(page := question.get(PAGE, "")):
        known[PAGE] = page
    if question.get(EXPORT) == XLSX:
        known[EXPORT] = XLSX
    for name, value in known.items():
        if value:
            kept[name] = value
    return kept


def search_text(text: str) -> str:
    """Return so much of a typed text as is searched: without control characters, 100 characters, 6 words."""
    return " ".join(CONTROL.sub(" ", text[: 10 * LONGEST_SEARCH]).split()[:MOST_WORDS])[:LONGEST_SEARCH].strip()


def _order(log, text: str) -> str:
    """Keep one column that the list shows and that may be sorted."""
    if not (found := COLUMN.fullmatch(text)):
        return ""
    sign, number = found[1], int(found[2])
    if number >= len(log.columns) or not order_of(log, log.columns[number]):
        return ""
    return f"{sign}{number}"
