"""Lists of what happened, for staff to look things up: found, narrowed, inspected, exported, never changed.

A plugin describes its list with one `LogList` in its `viewsets` and calls `register` in its `wagtail_hooks`. Where the
host has wagtail-modeladmin the list is drawn with it, elsewhere with Wagtail's own viewset; both have the addresses
`<name>:index` and `<name>:inspect`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.apps import apps
from django.db.models import QuerySet

from regiokit.loglists.values import label_of, order_of

__all__ = ["LogList", "label_of", "order_of", "register"]


@dataclass(frozen=True, kw_only=True)
class LogList:
    """What one list shows.

    `rows` returns the queryset with everything that is shown loaded; its model names the permission "view" that the list
    needs. `columns`, `fields` (one entry opened) and `export` hold names of fields and attributes, dotted ones follow
    relations ("organisation.name"); `labels` names those that are no model fields. `filters` are fields with choices or
    dates; `search` holds look-ups for `icontains`. Nothing else can be asked: see `loglists.asking`.
    `export` should do without names and addresses of people: a file leaves the house.
    """

    name: str
    rows: Callable[[], QuerySet]
    menu_label: str
    columns: tuple[str, ...]
    fields: tuple[str, ...]
    export: tuple[str, ...]
    filters: tuple[str, ...] = ()
    search: tuple[str, ...] = ()
    labels: tuple[tuple[str, str], ...] = ()
    ordering: tuple[str, ...] = ("-pk",)
    unsorted: tuple[str, ...] = ()
    empty: str = ""
    icon: str = "list-ul"
    menu_order: int = 900
    per_page: int = 30

    @property
    def model(self):
        """The model of the rows."""
        return self.rows().model

    @property
    def permission(self) -> str:
        """The permission that looking needs: "ehrenamt.view_enquiry"."""
        return f"{self.model._meta.app_label}.view_{self.model._meta.model_name}"


def register(log: LogList) -> None:
    """Add the list to the Wagtail admin. Called from `wagtail_hooks`."""
    if apps.is_installed("wagtail_modeladmin"):
        from regiokit.loglists.modeladmin import register as add
    else:
        from regiokit.loglists.viewset import register as add
    add(log)
