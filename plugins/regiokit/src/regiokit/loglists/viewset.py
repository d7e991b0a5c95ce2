"""Draws log lists with Wagtail's own viewset, where the host has no wagtail-modeladmin."""

import django_filters
from django.http import Http404
from django.shortcuts import get_object_or_404
from wagtail import hooks
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import IndexView, InspectView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from regiokit.loglists.filters import LogFilter, filters_of
from regiokit.loglists.values import label_of, order_of, shown

LARGEST = 2**62


class LogColumn(Column):
    """A column of the list."""

    def get_value(self, row):
        """Return the value as a person reads it."""
        return shown(row, self.name)


class LogTitle(TitleColumn):
    """The first column, which leads to the entry."""

    def get_value(self, row):
        """Return the value as a person reads it."""
        return shown(row, self.name)


class ReadOnlyPolicy(ModelPermissionPolicy):
    """Whoever may view may view; nobody adds, changes or deletes here."""

    def user_has_permission(self, user, action):
        """Allow looking only."""
        return action == "view" and super().user_has_permission(user, "view")

    def user_has_any_permission(self, user, actions):
        """Allow looking only."""
        return "view" in actions and self.user_has_permission(user, "view")

    def users_with_any_permission(self, actions):
        """Return who may look."""
        return super().users_with_any_permission([action for action in actions if action == "view"])


class LogIndexView(IndexView):
    """The list with our export."""

    log = None

    def get(self, request, *args, **kwargs):
        """Write our own file, piece by piece; there is no other kind."""
        if not self.is_export:
            return super().get(request, *args, **kwargs)
        if request.GET["export"] != "xlsx":
            raise Http404
        from regiokit.loglists import spreadsheet  # openpyxl is large, and few ask for a file.

        return spreadsheet.as_file(self.log, self.get_queryset())


class LogInspectView(InspectView):
    """One entry, in the words of the list."""

    log = None

    def get_field_label(self, field_name, field):
        """Return the label of the list."""
        return label_of(self.log, field_name)

    def get_field_display_value(self, field_name, field):
        """Return the value as a person reads it."""
        return shown(self.object, field_name)

    def get_object(self, queryset=None):
        """Return a row of the list; any other is not there."""
        return get_object_or_404(self.log.rows(), pk=min(self.pk, LARGEST))


class LogViewSet(ModelViewSet):
    """Base of the class that `register` makes for each list."""

    log = None
    index_view_class = LogIndexView
    inspect_view_class = LogInspectView
    inspect_view_enabled = True
    copy_view_enabled = False
    add_to_admin_menu = True
    search_backend_name = None
    exclude_form_fields = ()
    export_formats = ["xlsx"]

    def get_index_view_kwargs(self, **kwargs):
        """Hand the rows and the list to the view."""
        return super().get_index_view_kwargs(queryset=self.log.rows(), log=self.log, **kwargs)

    def get_inspect_view_kwargs(self, **kwargs):
        """Hand the list to the view."""
        return super().get_inspect_view_kwargs(log=self.log, **kwargs)

    def get_urlpatterns(self):
        """Keep looking; whatever would change something has no address."""
        return [route for route in super().get_urlpatterns() if route.name in {"index", "index_results", "inspect"}]


def register(log) -> None:
    """Make the viewset of a list and add it."""
    first, *others = [LogColumn(name, label=label_of(log, name), sort_key=order_of(log, name)) for name in log.columns]
    options = {
        "log": log,
        "model": log.model,
        "name": log.name,
        "url_prefix": f"listen/{log.name}",
        "icon": log.icon,
        "menu_label": log.menu_label,
        "menu_name": log.name.replace("_", "-"),
        "menu_order": log.menu_order,
        "list_display": [LogTitle(first.name, label=first.label, url_name=f"{log.name}:inspect"), *others],
        "list_export": list(log.export),
        "list_per_page": log.per_page,
        "ordering": list(log.ordering),
        "search_fields": list(log.search) or None,
        "inspect_view_fields": list(log.fields),
        "filterset_class": _filter_set(log),
    }
    views = type("LogViewSet", (LogViewSet,), options)()
    register_permission_policy(log.model, ReadOnlyPolicy(log.model))
    hooks.register("register_admin_viewset", lambda: views)


def _filter_set(log) -> type:
    filters = {each.name: _choice(each) for each in filters_of(log)}
    meta = type("Meta", (), {"model": log.model, "fields": []})
    return type("LogFilterSet", (WagtailFilterSet,), {**filters, "Meta": meta})


def _choice(declared: LogFilter):
    def narrow(rows, name, value):
        return declared.narrow(rows, value)

    return django_filters.ChoiceFilter(label=declared.label, choices=declared.choices, method=narrow)
