"""The Wagtail admin's side of a listing."""

from django.utils.translation import gettext as _
from wagtail.snippets.views.snippets import EditView, SnippetViewSet

from regiokit.listings.models import NewerRevision


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
        from wagtail.admin import messages

        try:
            return super().workflow_action_action()
        except NewerRevision:
            messages.error(
                self.request,
                _(
                    "Die Organisation hat inzwischen eine neuere Fassung gespeichert. Bitte sehen Sie diese an und entscheiden Sie dann."
                ),
            )
            from django.shortcuts import redirect

            return redirect(self.get_edit_url())


class ListingViewSet(SnippetViewSet):
    """Base of a plugin's viewset for listings: list, edit with moderation, history; nothing is created here."""

    edit_view_class = ListingEditView
    list_per_page = 30
    add_to_admin_menu = True
    copy_view_enabled = False
    inspect_view_enabled = True
