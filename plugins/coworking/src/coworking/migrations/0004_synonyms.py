"""Words for places to work that people use for the same thing. Editors keep them from then on, in the admin."""

from django.db import migrations

GROUPS = """
Coworking, Co-Working, Gemeinschaftsbüro, Bürogemeinschaft
Arbeitsplatz, Schreibtisch, Arbeitstisch, Büroplatz
Büro, Einzelbüro, Office
Besprechungsraum, Meetingraum, Konferenzraum, Sitzungszimmer, Seminarraum
Telefonkabine, Telefonbox, Telefonzelle, Videokonferenz
WLAN, WiFi, Funknetz
Glasfaser, schnelles Netz, Breitband, Highspeed
Drucker, Kopierer, Scanner
Bildschirm, Monitor, Display
höhenverstellbar, Stehtisch, Stehschreibtisch
Teeküche, Kochgelegenheit
Kaffee, Espresso, Getränke
Parkplatz, Parken, Stellplatz
Fahrradstellplatz, Radabstellplatz, Fahrradständer
Ladesäule, Elektroauto, E-Auto laden, Wallbox
Schließfach, Spind, Locker
Werkstatt, Makerspace, offene Werkstatt, FabLab
Gründer, Startup, Existenzgründung, Selbstständige
Freiberufler, Freelancer, Selbständige
mobiles Arbeiten, Telearbeit, Fernarbeit, Remote
Pendler, Pendeln, Arbeitsweg
Probetag, Schnuppertag, Testtag
Tagesticket, Tageskarte, Tagespass
Zehnerkarte, Mehrfachkarte
Haltestelle, Bahnhof, Busanbindung, ÖPNV
"""


def add(apps, schema_editor):
    """Add the groups, except those of which editors have a word already."""
    from regiokit.search.synonyms import add_missing

    add_missing(GROUPS.strip().splitlines(), model=apps.get_model("regiokit", "SearchSynonym"))


class Migration(migrations.Migration):
    dependencies = [("coworking", "0003_pictures"), ("regiokit", "0009_search_misses")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
