"""What was sent with an editor's form, as the Wagtail admin lists and exports it."""

from wagtail.contrib.forms.views import SubmissionsListView

AGAINST_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
"""What a spreadsheet may take for the beginning of a formula (OWASP, CSV injection)."""


class HarmlessSubmissionsView(SubmissionsListView):
    """The list of what was sent, whose exports open in a spreadsheet without running anything."""

    def preprocess_field_value(self, field, value, export_format):
        """Put an apostrophe before texts that a spreadsheet would calculate."""
        value = super().preprocess_field_value(field, value, export_format)
        return harmless(value)

    def get_heading(self, queryset, field):
        """Do the same to headings: editors write them."""
        return harmless(super().get_heading(queryset, field))


def harmless(value):
    """Return the value as a spreadsheet shows it and never calculates it."""
    return f"'{value}" if isinstance(value, str) and value.startswith(AGAINST_FORMULAS) else value
