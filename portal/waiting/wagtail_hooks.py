"""Puts the board on the first page of the Wagtail admin."""

from wagtail import hooks
from wagtail.admin.views.home import WorkflowObjectsToModeratePanel

from portal.accounts.domain.towns import towns_of
from regiokit.waiting.panel import WaitingPanel


@hooks.register("construct_homepage_panels")
def what_waits(request, panels):
    """Show the board in the place of Wagtail's own list of reviews, which asks more the more there is."""
    panels[:] = [panel for panel in panels if not isinstance(panel, WorkflowObjectsToModeratePanel)]
    panels.append(WaitingPanel(request.user, towns=towns_of(request.user)))
