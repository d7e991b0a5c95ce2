"""The board as a panel of the first page of the Wagtail admin."""

from django.forms import Media
from django.utils.functional import cached_property
from wagtail.admin.ui.components import Component

from regiokit.waiting.board import board_for


class WaitingPanel(Component):
    """For `construct_homepage_panels`: `panels.append(WaitingPanel(request.user, towns=…))`."""

    name = "waiting"
    order = 100
    template_name = "regiokit/waiting/panel.html"

    def __init__(self, user, *, towns: frozenset[str] = frozenset()):
        self.user, self.towns = user, towns

    @cached_property
    def media(self):
        """Bring the small style sheet."""
        return Media(css={"all": ["regiokit/waiting.css"]})

    def get_context_data(self, parent_context):
        """Ask every source."""
        board = board_for(self.user, towns=self.towns)
        return {
            "board": board,
            "with_towns": bool(self.towns),
            "csrf_token": parent_context["csrf_token"],
            "request": parent_context["request"],
        }
