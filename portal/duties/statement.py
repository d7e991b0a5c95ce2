"""What the accessibility statement says about this software: change it together with the software."""

from datetime import date

from django.utils.translation import gettext_lazy as _

ASSESSED_ON = date(2026, 11, 23)
"""Day of the last self-assessment; it must be repeated every year (Decision (EU) 2018/1523)."""

STANDARD = "EN 301 549 V3.2.1 (WCAG 2.1 A und AA)"

GAPS = (
    {
        "what": _("Leichte Sprache"),
        "why": _(
            "Erläuterungen in Leichter Sprache fehlen noch (nicht vereinbar mit den Vorgaben für die Startseite)."
        ),
        "instead": _("Rufen Sie uns an: Wir erklären Ihnen alles in einfachen Worten."),
    },
    {
        "what": _("Deutsche Gebärdensprache"),
        "why": _(
            "Videos in Deutscher Gebärdensprache fehlen noch (nicht vereinbar mit den Vorgaben für die Startseite)."
        ),
        "instead": _("Schreiben Sie uns eine E-Mail. Wir klären mit Ihnen einen passenden Weg."),
    },
    {
        "what": _("Arbeitsbereich der Redaktion"),
        "why": _("Die Oberfläche, in der die Redaktion Seiten pflegt (Wagtail), haben wir nicht selbst geprüft."),
        "instead": _(
            "Sie ist nur für Beschäftigte. Wer dort auf eine Barriere trifft, wendet sich an die Kontaktstelle unten."
        ),
    },
    {
        "what": _("Dateien zum Herunterladen und Texte von Organisationen"),
        "why": _("Vereine und Betreiber schreiben selbst. Einzelne Texte oder Dateien können schwer zugänglich sein."),
        "instead": _("Melden Sie uns die Stelle. Wir geben Ihnen den Inhalt auf einem anderen Weg."),
    },
)
"""Content that is not accessible: what, why, and how people get it another way."""

METHOD = _(
    "Selbstbewertung: automatische Prüfung der Seitenarten mit axe-core (hell, dunkel, breit, schmal) und Prüfung "
    "des HTML, dazu Probeläufe im Browser mit der Tastatur, ohne JavaScript und bei 320 Pixeln Breite. Dritte haben "
    "noch nicht geprüft."
)
