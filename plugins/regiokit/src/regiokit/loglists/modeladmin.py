"""Draws log lists with wagtail-modeladmin, hardened.

The package hands unknown parameters to the database, looks at permissions of any kind, serves every row by its address
and exports formulas. Here only declared questions reach it (`asking`), only "view" opens a list, only the list's own rows
can be opened, and the export is ours. Addresses that would create, change or delete do not exist.
"""

from django.contrib.admin import SimpleListFilter
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import include, path
from wagtail_modeladmin.helpers import AdminURLHelper, PermissionHelper
from wagtail_modeladmin.options import ModelAdmin
from wagtail_modeladmin.views import IndexView, InspectView

from regiokit.loglists import asking
from regiokit.loglists.filters import LogFilter, filters_of
from regiokit.loglists.values import label_of, order_of, shown

LARGEST = 2**62
"""Databases take no larger numbers."""


class LookingOnly(PermissionHelper):
    """Whoever may view may look; nobody adds, changes or deletes here."""

    def user_can_list(self, user):
        """Ask for "view"; any other permission does not open the list."""
        return self.user_has_specific_permission(user, self.get_perm_codename("view"))

    def user_can_inspect_obj(self, user, obj):
        """Ask for "view"."""
        return self.user_can_list(user)

    def user_can_create(self, user):
        """Refuse."""
        return False

    def user_can_edit_obj(self, user, obj):
        """Refuse."""
        return False

    def user_can_delete_obj(self, user, obj):
        """Refuse."""
        return False


class LogAddresses(AdminURLHelper):
    """`<name>:index` and `<name>:inspect`, like those of Wagtail's viewsets."""

    name = ""

    def get_action_url_name(self, action):
        """Return the name with its namespace."""
        return f"{self.name}:{action}"


class LogIndexView(IndexView):
    """The list; reads only what the list declares."""

    FORMATS = (asking.XLSX,)

    def setup(self, request, *args, **kwargs):
        """Drop everything undeclared from the address before anybody reads it."""
        request.GET = asking.cleaned(self.model_admin.log, request.GET)
        super().setup(request, *args, **kwargs)

    def get_buttons_for_obj(self, obj):
        """Return none: the first column leads to the entry, and there is nothing else to do with it."""
        return []

    def as_spreadsheet(self, queryset, spreadsheet_format):
        """Write our own file."""
        from regiokit.loglists import spreadsheet  # openpyxl is large, and few ask for a file.

        return spreadsheet.as_file(self.model_admin.log, queryset)


class LogInspectView(InspectView):
    """One entry, in the words of the list."""

    def get_page_title(self):
        """Name the list."""
        return str(self.model_admin.log.menu_label)

    def get_meta_title(self):
        """Name the entry."""
        return f"{self.instance} – {self.get_page_title()}"

    def get_field_label(self, field_name, field=None):
        """Return the label of the list."""
        return label_of(self.model_admin.log, field_name)

    def get_field_display_value(self, field_name, field=None):
        """Return the value as a person reads it."""
        return shown(self.instance, field_name)


class LogAdmin(ModelAdmin):
    """Base of the class that `register` makes for each list."""

    log = None
    inspect_view_enabled = True
    index_view_extra_css = ["regiokit/loglists.css"]
    history_view_enabled = False
    index_view_class = LogIndexView
    inspect_view_class = LogInspectView
    permission_helper_class = LookingOnly
    index_template_name = "regiokit/loglists/index.html"
    inspect_template_name = "regiokit/loglists/inspect.html"

    def get_queryset(self, request):
        """Return the rows of the list."""
        return self.log.rows().order_by(*self.log.ordering)

    def inspect_view(self, request, pk):
        """Open a row of this list; any other row, and any other number, is not there."""
        if not self.permission_helper.user_can_list(request.user):
            raise PermissionDenied
        if not self.get_queryset(request).filter(pk=min(pk, LARGEST)).exists():
            raise Http404
        return super().inspect_view(request, str(pk))

    def get_admin_urls_for_registration(self):
        """Return the two addresses that exist."""
        routes = [
            path("", self.index_view, name="index"),
            path("<int:pk>/", self.inspect_view, name="inspect"),
        ]
        return [path(f"listen/{self.log.name}/", include((routes, self.log.name)))]

    def get_permissions_for_registration(self):
        """Offer groups the right to look."""
        codename = self.permission_helper.get_perm_codename("view")
        return self.permission_helper.get_all_model_permissions().filter(codename=codename)

    def register_indexing(self):
        """Leave Wagtail's index of references alone: it would be written at every change of a row."""


def register(log) -> None:
    """Make the admin class of a list and add it."""
    columns = {f"column_{number}": _column(log, name) for number, name in enumerate(log.columns)}
    options = {
        "log": log,
        "model": log.model,
        "url_helper_class": type("Addresses", (LogAddresses,), {"name": log.name}),
        "menu_label": log.menu_label,
        "menu_item_name": log.name.replace("_", "-"),
        "menu_icon": log.icon,
        "menu_order": log.menu_order,
        "list_display": tuple(columns),
        "list_filter": tuple(_list_filter(each) for each in filters_of(log)),
        "list_export": log.export,
        "list_per_page": log.per_page,
        "ordering": log.ordering,
        "search_fields": log.search,
        "inspect_view_fields": list(log.fields),
    }
    type("LogAdmin", (LogAdmin,), {**options, **columns})().register_with_wagtail()


def _column(log, name: str):
    def column(self, row):
        return shown(row, name)

    column.short_description = label_of(log, name)
    column.admin_order_field = order_of(log, name)
    return column


def _list_filter(declared: LogFilter) -> type:
    def lookups(self, request, model_admin):
        return declared.choices

    def queryset(self, request, rows):
        return declared.narrow(rows, self.value()) if self.value() else rows

    own = {"title": declared.label, "parameter_name": declared.name, "lookups": lookups, "queryset": queryset}
    return type("Filter", (SimpleListFilter,), own)
