"""Synonyms in the Wagtail admin: editors say which words mean the same; the next search knows it."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.viewsets.model import ModelViewSet

from regiokit.search.german.expansion import LONGEST_WAY
from regiokit.search.german.related import stems_of, ways_of
from regiokit.search.models import SearchSynonym

FEWEST = 2


class SynonymForm(WagtailAdminModelForm):
    """Refuses groups that say nothing new."""

    def clean_words(self):
        """Return the words in one form, each once."""
        ways = ways_of(self.cleaned_data["words"])
        read = {}
        for way in ways:
            if not (stems := stems_of(way)):
                raise ValidationError(_("„%s“ enthält keine Buchstaben oder Ziffern.") % way)
            if len(stems) > LONGEST_WAY:
                raise ValidationError(_("„%s“ ist zu lang. Eine Bezeichnung hat höchstens fünf Wörter.") % way)
            if stems in read:
                message = _(
                    "„%(one)s“ und „%(other)s“ findet die Suche schon als dasselbe Wort. Bitte nur eines angeben."
                )
                raise ValidationError(message % {"one": read[stems], "other": way})
            read[stems] = way
        if len(ways) < FEWEST:
            raise ValidationError(_("Bitte geben Sie mindestens zwei Wörter an, mit Komma getrennt."))
        for other in SearchSynonym.objects.exclude(pk=self.instance.pk):
            if read.keys() <= set(map(stems_of, ways_of(other.words))):
                raise ValidationError(_("Diese Wörter stehen schon zusammen in: %s.") % other.words)
        return ", ".join(ways)

    class Meta:
        model = SearchSynonym
        fields = ["words", "note"]


class SynonymViewSet(ModelViewSet):
    """All groups of words."""

    model = SearchSynonym
    name = "regiokit_synonyms"
    url_prefix = "synonyme"
    icon = "search"
    menu_label = gettext_lazy("Synonyme der Suche")
    menu_order = 700
    add_to_settings_menu = True
    copy_view_enabled = False
    search_fields = ["words", "note"]
    search_backend_name = None
    list_display = ["words", "note"]
    list_per_page = 50
    ordering = ["words"]
    edit_handler = ObjectList([FieldPanel("words"), FieldPanel("note")], base_form_class=SynonymForm)
