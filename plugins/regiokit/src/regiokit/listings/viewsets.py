"""The Wagtail admin's side of a listing."""

from django.contrib.admin.utils import quote
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import EditView, IndexView, SnippetViewSet, WorkflowActionView

from regiokit.listings.domain import ask_again
from regiokit.listings.models import NewerRevision
from regiokit.listings.stages import with_stages


class ListingPolicy(ModelPermissionPolicy):
    """Nobody adds entries in the admin: they come from organisations, on their own pages.

    A plugin registers it at the top of its `wagtail_hooks`: `register_permission_policy(Offer, ListingPolicy(Offer))`.
    """

    def user_has_permission(self, user, action):
        """Allow everything but adding to whoever has the permission."""
        return action != "add" and super().user_has_permission(user, action)

    def users_with_any_permission(self, actions):
        """Return who may do one of `actions`, adding left out."""
        return super().users_with_any_permission([action for action in actions if action != "add"])


class ListingIndexView(IndexView):
    """The list, with the running reviews of a page loaded in one query."""

    def get_context_data(self, *args, **kwargs):
        """Load the stages of the entries that are shown."""
        context = super().get_context_data(*args, **kwargs)
        with_stages(context["object_list"])
        return context


class ListingEditView(EditView):
    """Wagtail's edit view that never overwrites a newer version silently and never approves what was not seen."""

    def is_valid(self, form):
        """Refuse to save over a version that somebody else saved meanwhile; what was typed stays in the form."""
        if self.is_out_of_date:
            self.produced_error_code = "invalid_revision"
            self.produced_error_message = _(
                "Inzwischen gibt es eine neuere Fassung. Ihre Änderungen stehen noch im Formular. Öffnen Sie den Verlauf, "
                "vergleichen Sie beide Fassungen und laden Sie die Seite dann neu."
            )
            return False
        return super().is_valid(form)

    def workflow_action_action(self):
        """Run the moderator's action; when a newer revision came meanwhile, say so instead of publishing it unseen."""
        task_state = self.object.current_workflow_task_state
        try:
            return super().workflow_action_action()
        except NewerRevision:
            ask_again(task_state)
            messages.error(self.request, _newer())
            return redirect(self.get_edit_url())


class ListingWorkflowActionView(WorkflowActionView):
    """The same care where staff decides without opening the entry: from the start page, the list, or with a comment."""

    def post(self, request, *args, **kwargs):
        """Run the action and say so, or lead to the newer revision and ask again there."""
        form = self.form_class(request.POST)
        if not form.is_valid() and request.headers.get("x-requested-with") != "XMLHttpRequest":
            messages.error(request, " ".join(error for errors in form.errors.values() for error in errors))
            return redirect(self.redirect_url)
        try:
            answer = super().post(request, *args, **kwargs)
            if form.is_valid():
                messages.success(request, self._done())
            return answer
        except NewerRevision:
            ask_again(self.task_state)
            messages.error(request, _newer())
            edit = reverse(self.model.snippet_viewset.get_url_name("edit"), args=[quote(self.object.pk)])
            if request.headers.get("x-requested-with") == "XMLHttpRequest":
                return self.render_modal_json(request, {"step": "success", "redirect": edit})
            return redirect(edit)

    def _done(self) -> str:
        text = (
            _("„%(title)s“ ist freigegeben.") if self.action_name == "approve" else _("„%(title)s“ ist zurückgegeben.")
        )
        return text % {"title": self.object.get_latest_revision_as_object()}


def _newer() -> str:
    return _(
        "Die Organisation hat inzwischen eine neuere Fassung gespeichert. Bitte sehen Sie diese an und entscheiden Sie dann."
    )


class ListingViewSet(SnippetViewSet):
    """Base of a plugin's viewset for listings: list, edit with moderation, history; nothing is created here."""

    index_view_class = ListingIndexView
    edit_view_class = ListingEditView
    workflow_action_view_class = ListingWorkflowActionView
    list_per_page = 30
    add_to_admin_menu = True
    copy_view_enabled = False
    inspect_view_enabled = True
