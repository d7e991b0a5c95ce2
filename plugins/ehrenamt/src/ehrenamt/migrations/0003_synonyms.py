"""Words of volunteering that people use for the same thing. Editors keep them from then on, in the admin."""

from django.db import migrations

GROUPS = """
Senioren, ältere Menschen, Rentner, Hochbetagte
Kinder, Jungen und Mädchen, Kids
Jugendliche, Teenager, junge Menschen, Heranwachsende
Geflüchtete, Flüchtlinge, Asylsuchende, Asylbewerber
Zugewanderte, Migranten, Menschen mit Einwanderungsgeschichte, Einwanderer
Menschen mit Behinderung, Behinderte, Inklusion, Handicap
Obdachlose, Wohnungslose
Alleinerziehende, Einelternfamilie
Nachbarn, Nachbarschaft, Quartier
Ehrenamt, Freiwilligenarbeit, bürgerschaftliches Engagement, Freiwilligendienst, unentgeltlich
Helfer, Freiwillige, Ehrenamtliche, Unterstützer
Verein, Initiative, Förderverein
Vorstand, Vereinsleitung, Vorsitz
Kasse, Finanzen, Buchhaltung, Schatzmeister, Kassenwart
Protokoll, Schriftführer
Öffentlichkeitsarbeit, Pressearbeit, PR, Werbung
Internetseite, Website, Homepage, Webseite
Soziale Medien, Social Media, Instagram, Facebook
Verwaltung, Bürotätigkeit, Büroarbeit, Schreibarbeit
Spenden sammeln, Fundraising, Spendenaktion
Kita, Kindergarten, Kindertagesstätte, Tageseinrichtung
Schule, Grundschule, Unterricht
Hausaufgabenhilfe, Hausaufgaben, Lernhilfe
Nachhilfe, Lernförderung
Vorlesen, Lesepate, Vorlesepate, Geschichten lesen
Bücherei, Bibliothek, Leihbücherei
Ferienfreizeit, Ferienlager, Zeltlager, Jugendfreizeit
Ferienspiele, Ferienprogramm, Ferienbetreuung
Jugendtreff, Jugendzentrum, Jugendhaus
Kinderbetreuung, Kinder hüten, Babysitter
Ausbildung, Lehre, Berufsausbildung
Bewerbung, Jobsuche, Berufsorientierung
Sprachkurs, Deutschkurs, Deutsch lernen, Sprachunterricht
Übersetzen, Dolmetschen, Sprachmittler
Pate, Patenschaft, Mentor, Tandem, Begleiter
Besuchsdienst, Besuche, Gesellschaft leisten
Einsamkeit, alleinstehend
Telefonseelsorge, Sorgentelefon
Telefonieren, Anrufen, Telefonpatenschaft
Fahrdienst, Fahrer, chauffieren, Bürgerbus, Mitnahme
Einkaufen, Besorgungen, Einkaufshilfe, Einkaufsdienst
Alltagshilfe, Haushaltshilfe, Unterstützung im Alltag
Pflege, Pflegeheim, Altenheim, Seniorenheim, Altenpflege
Demenz, Alzheimer, Vergesslichkeit
Hospiz, Sterbebegleitung, Trauerbegleitung, Palliativ
Krankenhaus, Klinik, Grüne Damen
Selbsthilfegruppe, Selbsthilfe
Sucht, Abhängigkeit
Blutspende, Blut spenden
Erste Hilfe, Sanitätsdienst, Sanitäter, Ersthelfer
Rettungsdienst, Rotes Kreuz, DRK, Malteser, Johanniter
Feuerwehr, Löschzug, Brandschutz
Katastrophenschutz, THW, Technisches Hilfswerk, Bevölkerungsschutz
Schwimmen, Schwimmbad, Freibad, Hallenbad, Baden
Rettungsschwimmer, Wasserrettung, Wasserwacht, DLRG
Turnen, Gymnastik, Bewegung
Fußball, kicken
Trainer, Übungsleiter, Coach
Schiedsrichter, Kampfrichter
Radfahren, Fahrrad, Rad, Velo
Wandern, Spazierengehen, Spaziergang
Laufen, Joggen, Lauftreff
Reiten, Pferde
Chor, Singen, Gesang
Musik, Instrument, musizieren
Blasmusik, Musikkapelle, Blasorchester, Spielmannszug
Theater, Schauspiel, Laienspiel, Bühne
Kunst, Malen, Zeichnen
Basteln, Werken, Handarbeit
Nähen, Stricken, Häkeln, Handarbeiten
Museum, Ausstellung, Heimatmuseum
Heimatverein, Heimatpflege, Brauchtum, Ortsgeschichte
Schützenfest, Schützenverein
Karneval, Fastnacht, Fasching
Fest, Feier, Veranstaltung, Event
Kochen, Küche, Essen zubereiten
Backen, Kuchen, Waffeln
Café, Kaffeeklatsch, Begegnungscafé, Kaffeetrinken
Lebensmittelausgabe, Tafel, Lebensmittelrettung, Foodsharing
Kleiderkammer, Kleiderspende, Altkleider
Gebrauchtwarenladen, Secondhand, Sozialkaufhaus, Trödel
Flohmarkt, Basar, Trödelmarkt
Reparieren, Repair-Café, Instandsetzen, Reparatur
Handwerk, Heimwerken, Renovieren, Bauen
Garten, Gärtnern, Beet, Gartenarbeit
Obstbäume, Streuobstwiese, Obstwiese
Bäume pflanzen, Aufforstung, Wald
Naturschutz, Umweltschutz, Artenschutz
Klima, Klimaschutz, Energie sparen
Müll, Abfall, Unrat, Müll sammeln, Dreck-weg-Tag
Bach, Fluss, Gewässer
Vögel, Vogelschutz, Nistkästen
Bienen, Imkern, Insekten, Imkerei
Tiere, Tierheim, Tierschutz
Hunde, Hund ausführen, Gassi gehen
Katze, Kater
Computer, PC, Rechner, Laptop
Handy, Smartphone, Mobiltelefon
Tablet, iPad
Technikhilfe, Digitallotse, Medienhilfe
Kirche, Kirchengemeinde, Pfarrgemeinde, Pfarrei
Gottesdienst, Messe, Andacht
Ministranten, Messdiener
Rechtliche Betreuung, gesetzliche Betreuung, Betreuer
Bewährungshilfe, Strafgefangene, Gefängnis, Haft
Schöffe, Laienrichter, ehrenamtlicher Richter
Wahlhelfer, Wahlvorstand
Seniorenbeirat, Seniorenvertretung
Barrierefreiheit, Zugänglichkeit, rollstuhlgerecht
Gebärdensprache, gehörlos, schwerhörig
blind, sehbehindert, Sehbehinderung
einmalig, kurzfristig, spontan, eintägig
von zu Hause, online, Homeoffice
Wochenende, Samstag, Sonntag
"""


def add(apps, schema_editor):
    """Add the groups, except those of which editors have a word already."""
    from regiokit.search.synonyms import add_missing

    add_missing(GROUPS.strip().splitlines(), model=apps.get_model("regiokit", "SearchSynonym"))


class Migration(migrations.Migration):
    dependencies = [("ehrenamt", "0002_pictures"), ("regiokit", "0009_search_misses")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
