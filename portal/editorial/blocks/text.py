"""Blocks of words."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ListBlock, RichTextBlock, StructBlock
from wagtail.blocks import TextBlock as PlainTextBlock

RICH = ["bold", "italic", "link", "document-link", "ol", "ul"]
"""Features of running text. Headings and pictures are blocks of their own; embeds would ask foreign hosts."""


class HeadingBlock(CharBlock):
    """A heading between paragraphs; always of level 2, because the page's title is the only level 1."""

    def __init__(self, **kwargs):
        super().__init__(max_length=120, **kwargs)

    class Meta:
        label = _("Zwischenüberschrift")
        icon = "title"
        template = "editorial/blocks/heading.html"
        preview_value = "So melden Sie sich an"
        description = _("Gliedert einen langen Text.")


class TextBlock(RichTextBlock):
    """Paragraphs and lists."""

    def __init__(self, **kwargs):
        super().__init__(features=RICH, **kwargs)

    class Meta:
        label = _("Text")
        icon = "pilcrow"
        template = "editorial/blocks/text.html"
        preview_value = _("<p>Kurze Sätze lesen sich leichter. <b>Wichtiges</b> steht am Anfang.</p>")
        description = _("Absätze und Listen.")


class QuoteBlock(StructBlock):
    """What somebody said."""

    text = PlainTextBlock(label=_("Wortlaut"), max_length=600, rows=3)
    source = CharBlock(label=_("Wer sagt das?"), max_length=160, required=False)

    class Meta:
        label = _("Zitat")
        icon = "openquote"
        template = "editorial/blocks/quote.html"
        preview_value = {"text": _("Zwei Stunden in der Woche genügen."), "source": _("Beispielperson, Beispielverein")}
        description = _("Ein wörtliches Zitat mit Quelle.")


class FactBlock(StructBlock):
    """A quiet box with something worth knowing."""

    title = CharBlock(label=_("Überschrift"), max_length=120)
    text = RichTextBlock(label=_("Text"), features=RICH)

    class Meta:
        label = _("Kasten")
        icon = "info-circle"
        template = "editorial/blocks/fact.html"
        preview_value = {
            "title": _("Gut zu wissen"),
            "text": _("<p>Fragen Sie vorher, ob Auslagen erstattet werden.</p>"),
        }
        description = _("Hebt etwas hervor, das man wissen sollte.")


class FigureBlock(StructBlock):
    """A figure that one remembers: "3 Tage" – "je Woche im Dorfbüro"."""

    number = CharBlock(label=_("Zahl mit Einheit"), max_length=20)
    label = CharBlock(label=_("Was sie sagt"), max_length=80)

    class Meta:
        label = _("Zahl")
        icon = "order"
        preview_value = {"number": _("3 Tage"), "label": _("je Woche im Dorfbüro")}
        description = _("Eine Zahl und was sie sagt.")


class StepBlock(StructBlock):
    """One step of an instruction."""

    title = CharBlock(label=_("Was ist zu tun?"), max_length=120)
    text = RichTextBlock(label=_("Erklärung"), features=RICH, required=False)

    class Meta:
        label = _("Schritt")
        icon = "list-ol"
        template = "editorial/blocks/step.html"
        preview_value = {"title": _("Bedarf klären"), "text": _("<p>Fragen Sie im Team, wer wann kommt.</p>")}
        description = _("Ein Schritt einer Anleitung.")


class StepsBlock(ListBlock):
    """A numbered instruction."""

    def __init__(self, **kwargs):
        super().__init__(StepBlock(), **kwargs)

    class Meta:
        label = _("Schritte")
        icon = "list-ol"
        template = "editorial/blocks/steps.html"
        description = _("Eine Anleitung in nummerierten Schritten.")
