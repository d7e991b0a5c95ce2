"""Words with a fixed meaning about rights and accessibility of files."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Licence(TextChoices):
    """What a file may be used for."""

    OWN = "own", _("Eigenes Werk der Verwaltung")
    PERMISSION = "permission", _("Mit Erlaubnis der Rechteinhaber")
    CC0 = "cc0", _("CC0 (gemeinfrei)")
    CC_BY = "cc-by-4.0", _("CC BY 4.0")
    CC_BY_SA = "cc-by-sa-4.0", _("CC BY-SA 4.0")
    DL_ZERO = "dl-de-zero-2.0", _("Datenlizenz Deutschland Zero 2.0")
    DL_BY = "dl-de-by-2.0", _("Datenlizenz Deutschland Namensnennung 2.0")

    @property
    def deed(self) -> str:
        """Address of the licence's text; empty when there is none."""
        return DEEDS.get(self, "")

    @property
    def names_author(self) -> bool:
        """Whether the licence demands that the author is named."""
        return self in {Licence.CC_BY, Licence.CC_BY_SA, Licence.DL_BY}


DEEDS = {
    Licence.CC0: "https://creativecommons.org/publicdomain/zero/1.0/deed.de",
    Licence.CC_BY: "https://creativecommons.org/licenses/by/4.0/deed.de",
    Licence.CC_BY_SA: "https://creativecommons.org/licenses/by-sa/4.0/deed.de",
    Licence.DL_ZERO: "https://www.govdata.de/dl-de/zero-2-0",
    Licence.DL_BY: "https://www.govdata.de/dl-de/by-2-0",
}


class Persons(TextChoices):
    """Whether people can be recognised, and whether they agreed (§ 22 KunstUrhG)."""

    NONE = "none", _("Keine Personen erkennbar")
    AGREED = "agreed", _("Alle Erkennbaren haben eingewilligt")
    UNKNOWN = "unknown", _("Nicht geklärt")


class Accessible(TextChoices):
    """Whether a document can be read by everybody (§ 12a BGG, BITV 2.0)."""

    YES = "yes", _("Barrierefrei")
    NO = "no", _("Nicht barrierefrei")
    UNKNOWN = "unknown", _("Nicht geprüft")
