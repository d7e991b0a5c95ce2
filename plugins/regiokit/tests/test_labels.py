"""Labels are looked up once for each language, and never in the wrong one."""

from django.db import models
from django.utils.translation import gettext_lazy, override

from regiokit.labels import labels_of


class Month(models.TextChoices):
    """Words that Django itself translates."""

    MARCH = "3", gettext_lazy("March")
    MAY = "5", gettext_lazy("May")


def test_labels_follow_the_language_of_the_request():
    for _again in range(2):
        with override("de"):
            assert labels_of(Month) == {"3": "März", "5": "Mai"}
        with override("fr"):
            assert labels_of(Month) == {"3": "mars", "5": "mai"}


def test_labels_keep_the_order_of_the_choices_and_are_plain_words():
    with override("de"):
        assert [(value, type(label)) for value, label in labels_of(Month).items()] == [("3", str), ("5", str)]
