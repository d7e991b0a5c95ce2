"""What staff do with associations, as the public sees it."""

from django.urls import reverse

from regiokit.organisations.models import Organisation


def _page(client, offer):
    return client.get(reverse("ehrenamt:offer", args=[offer.pk, offer.slug])).content.decode()


def test_the_page_says_that_staff_checked_the_association(client, moderator, live, association):
    Organisation.objects.update(verified_at=None)
    offer = live()
    mark = "Wir haben geprüft, dass es diese Organisation gibt."
    assert mark not in _page(client, offer)
    client.force_login(moderator)
    client.post(reverse("regiokit_organisations:verify", args=[association.pk]), {"ground": "call"})
    assert mark in _page(client, offer)


def test_an_association_with_offers_is_not_deleted(client, person, live, association):
    live()
    client.force_login(person("admin@kreis.example", is_superuser=True))
    address = reverse("regiokit_organisations:delete", args=[association.pk])
    assert client.get(address).status_code == 302
    assert client.post(address).status_code == 302
    assert Organisation.objects.filter(pk=association.pk).exists()
