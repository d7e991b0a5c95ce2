"""Organisations in the Wagtail admin: staff check them, mend them, and say who acts for them."""

import django_filters
from django.db import transaction
from django.db.models import Prefetch
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import CreateView, EditView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button

from regiokit.organisations.checking import OrganisationDeleteView, UnverifyView, VerifyView
from regiokit.organisations.domain import note_change, without_owner
from regiokit.organisations.domain.members import lock
from regiokit.organisations.members import OrganisationForm
from regiokit.organisations.merging import DuplicatesView, MergeView
from regiokit.organisations.models import Membership, Organisation
from regiokit.organisations.staffing import ApproveClaimView, PeopleView, RefuseClaimView, UnreachableView


class OrganisationFilterSet(WagtailFilterSet):
    """Narrows the list by kind, and to those that still have to be checked."""

    kind = django_filters.ChoiceFilter(label=_("Art"), choices=Organisation.Kind.choices)
    verified = django_filters.ChoiceFilter(
        label=_("Prüfung"),
        choices=[("yes", _("geprüft")), ("no", _("noch nicht geprüft"))],
        method="filter_verified",
    )
    owner = django_filters.ChoiceFilter(
        label=_("Verantwortliche"), choices=[("no", _("ohne Verantwortliche"))], method="filter_owner"
    )

    class Meta:
        model = Organisation
        fields = ["kind"]

    def filter_verified(self, queryset, name, value):
        """Return those with or without the note."""
        return queryset.filter(verified_at__isnull=value == "no")

    def filter_owner(self, queryset, name, value):
        """Return those for which nobody is responsible."""
        return queryset.filter(pk__in=without_owner().values("pk"))


class MembersColumn(Column):
    """The addresses of the people who act for the organisation."""

    def get_value(self, organisation):
        """Return them in one line; who has no address appears by name."""
        users = [member.user for member in organisation.memberships.all()]
        return ", ".join(user.email or str(user) for user in users) or "–"


class OrganisationCreateView(CreateView):
    """Tells the listeners of a new organisation."""

    def save_instance(self):
        """Save, then tell."""
        organisation = super().save_instance()
        note_change(organisation)
        return organisation


class OrganisationEditView(EditView):
    """Leads to the check and to the people, refuses to overwrite what others changed, and tells the listeners."""

    def post(self, request, *args, **kwargs):
        """Let nobody else change the organisation between the comparison of versions and the saving."""
        with transaction.atomic():
            self.object = lock(self.get_object())
            return super().post(request, *args, **kwargs)

    def save_instance(self):
        """Save, then tell."""
        organisation = super().save_instance()
        note_change(organisation)
        return organisation

    @property
    def header_more_buttons(self):
        """Offer the check beside Wagtail's own actions."""
        check = ("unverify", UnverifyView, "check") if self.object.verified_at else ("verify", VerifyView, "check")
        buttons = [check, ("people", PeopleView, "group"), ("merge", MergeView, "copy")]
        return [
            *super().header_more_buttons,
            *(self._button(name, view, icon, priority) for priority, (name, view, icon) in enumerate(buttons, 5)),
        ]

    def _button(self, name, view, icon, priority):
        url = reverse(self.edit_url_name.replace(":edit", f":{name}"), args=[self.object.pk])
        return Button(view.page_title, url=url, icon_name=icon, priority=priority)


def _panels() -> ObjectList:
    rows = {
        _("Organisation"): ["name", "kind", "legal_form", "municipality", "description"],
        _("Mitglieder"): ["owners", "editors"],
    }
    contact = [FieldRowPanel([FieldPanel(name), FieldPanel(f"release_{name}")]) for name in Organisation.CONTACT_FIELDS]
    return ObjectList(
        [
            *(MultiFieldPanel([FieldPanel(name) for name in names], heading=title) for title, names in rows.items()),
            MultiFieldPanel([*contact, FieldPanel("phone_hours")], heading=_("Kontakt")),
            FieldPanel("verified_at", read_only=True),
        ],
        base_form_class=OrganisationForm,
    )


class OrganisationIndexView(IndexView):
    """Leads to the likely duplicates."""

    @property
    def header_more_buttons(self):
        """Offer the list of likely duplicates to whoever may merge."""
        buttons = super().header_more_buttons
        if self.permission_policy.user_has_permission(self.request.user, "change"):
            url = reverse(self.index_url_name.replace(":index", ":duplicates"))
            buttons = [*buttons, Button(DuplicatesView.page_title, url=url, icon_name="copy", priority=5)]
        return buttons


class OrganisationViewSet(ModelViewSet):
    """All organisations of the host."""

    model = Organisation
    name = "regiokit_organisations"
    url_prefix = "organisationen"
    icon = "group"
    menu_label = _("Organisationen")
    menu_name = "organisationen"
    menu_order = 215
    add_to_admin_menu = True
    copy_view_enabled = False
    index_view_class = OrganisationIndexView
    add_view_class = OrganisationCreateView
    edit_view_class = OrganisationEditView
    delete_view_class = OrganisationDeleteView
    filterset_class = OrganisationFilterSet
    search_fields = ["name"]
    search_backend_name = None
    list_per_page = 30
    ordering = ["name"]
    list_display = [
        "name",
        Column("get_kind_display", label=_("Art"), sort_key="kind"),
        Column("municipality", label=_("Ort"), sort_key="municipality__name"),
        MembersColumn("members", label=_("Mitglieder")),
        DateColumn("verified_at", label=_("geprüft am"), sort_key="verified_at"),
    ]
    edit_handler = _panels()

    def get_index_view_kwargs(self, **kwargs):
        """Load what the list shows in a fixed number of queries."""
        members = Prefetch("memberships", Membership.objects.select_related("user"))
        found = Organisation.objects.select_related("municipality").defer("municipality__outline")
        return super().get_index_view_kwargs(queryset=found.prefetch_related(members), **kwargs)

    def get_delete_view_kwargs(self, **kwargs):
        """Say where an organisation that cannot be deleted is shown."""
        return super().get_delete_view_kwargs(edit_url_name=self.get_url_name("edit"), **kwargs)

    def get_urlpatterns(self):
        """Add the questions about the check, the people and duplicates."""
        merge_url_name, index_url_name = self.get_url_name("merge"), self.get_url_name("index")
        duplicates = self.construct_view(DuplicatesView, merge_url_name=merge_url_name, index_url_name=index_url_name)
        return [
            *super().get_urlpatterns(),
            path("duplicates/", duplicates, name="duplicates"),
            self._question("verify", VerifyView),
            self._question("unverify", UnverifyView),
            self._question("people", PeopleView),
            self._question("merge", MergeView),
            self._question("claim_approve", ApproveClaimView, of="<int:member>/"),
            self._question("claim_refuse", RefuseClaimView, of="<int:member>/"),
            self._question("unreachable", UnreachableView, of="<int:member>/"),
        ]

    def _question(self, name: str, view, *, of: str = ""):
        view = self.construct_view(view, edit_url_name=self.get_url_name("edit"))
        return path(f"{name}/<int:pk>/{of}", view, name=name)
