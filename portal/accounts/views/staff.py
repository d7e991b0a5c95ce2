"""The page of the Wagtail admin on which staff change their own account."""

from wagtail.admin.views.account import AccountView, AvatarSettingsPanel


class OwnAccountView(AccountView):
    """Wagtail's page without a picture of the person: nobody sees it, and its file would keep where it was taken."""

    def get_panels(self):
        """Leave out the picture."""
        return [panel for panel in super().get_panels() if not isinstance(panel, AvatarSettingsPanel)]
