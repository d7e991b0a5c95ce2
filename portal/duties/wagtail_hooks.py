"""Reports of barriers in the Wagtail admin: staff read and answer, nobody makes them up there."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import EditView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from portal.duties.domain import close_report, reopen_report
from portal.duties.models import BarrierReport


class NoAdding(ModelPermissionPolicy):
    """Everything but adding: reports come from the public form."""

    def user_has_permission(self, user, action):
        """Refuse to add, whoever asks."""
        return action != "add" and super().user_has_permission(user, action)


class AnswerView(EditView):
    """Saving with the state "beantwortet" closes the report, with "offen" it is open again."""

    def save_instance(self):
        """Leave the change to the verbs, which lock the report and keep the day from which the retention runs."""
        report = self.form.save(commit=False)
        change = close_report if report.state == BarrierReport.State.CLOSED else reopen_report
        return change(report, note=report.note)


class BarrierReportViewSet(ModelViewSet):
    """List by day of the answer, read, answer."""

    model = BarrierReport
    name = "barriers"
    url_prefix = "barrieren"
    icon = "warning"
    menu_label = _("Barrieren")
    menu_order = 250
    add_to_admin_menu = True
    edit_view_class = AnswerView
    inspect_view_enabled = True
    copy_view_enabled = False
    list_display = [
        "reference",
        Column("page", label=_("Seite")),
        DateColumn("created_at", label=_("eingegangen"), sort_key="created_at"),
        Column("due_on", label=_("fällig bis"), sort_key="due_on"),
        Column("get_state_display", label=_("Stand"), sort_key="state"),
    ]
    list_filter = ["state"]
    search_fields = ["reference", "page", "text"]
    ordering = ["-state", "due_on"]
    panels = [
        FieldPanel("reference", read_only=True),
        FieldPanel("page", read_only=True),
        FieldPanel("text", read_only=True),
        FieldPanel("email", read_only=True),
        FieldPanel("due_on", read_only=True),
        FieldPanel("state"),
        FieldPanel("note"),
    ]


register_permission_policy(BarrierReport, NoAdding(BarrierReport))


@hooks.register("register_admin_viewset")
def register_barrier_reports():
    """Show the reports in the admin's menu."""
    return BarrierReportViewSet()
