"""Gegenlesen und Freigabe: two people, two steps, one German mail for each person and step."""

import pytest
from django.urls import reverse
from wagtail.models import Page, TaskState

from portal.accounts.domain.staff import ADMINISTRATORS, EDITORS, MODERATORS, make_staff
from portal.editorial.models import ContentPage, GuideIndexPage, HomePage, NewsIndexPage
from regiokit.waiting import reviews_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def author():
    return make_staff("autor@kreis.example", group=EDITORS, first_name="Ada", last_name="Autor")


@pytest.fixture
def colleague():
    return make_staff("kollegin@kreis.example", group=EDITORS)


@pytest.fixture
def moderator():
    return make_staff("moderation@kreis.example", group=MODERATORS)


@pytest.fixture
def waiting(author, colleague, moderator):
    """A page that its author handed in."""
    page = HomePage.objects.get().add_child(instance=ContentPage(title="Pflege zu Hause", live=False, owner=author))
    page.save_revision(user=author)
    page.get_workflow().start(page, author)
    return page


def act(client, person, page, action, comment=""):
    client.force_login(person)
    state = Page.objects.get(pk=page.pk).current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, state.pk])
    return client.post(address, {"comment": comment})


def test_plain_pages_and_guides_take_both_steps_and_so_does_home():
    for model in (HomePage, GuideIndexPage):
        steps = [task.name for task in model.objects.get().get_workflow().tasks]
        assert steps == ["Gegenlesen", "Freigabe der Seite"]


def test_the_first_mail_asks_another_person_and_never_the_author(waiting, outbox, author, colleague, moderator):
    (mail,) = outbox(colleague.email)
    assert mail.subject == "Bitte gegenlesen: „Pflege zu Hause“"
    assert mail.text.startswith("Bitte lesen Sie „Pflege zu Hause“ (Inhaltsseite) gegen")
    assert "Von: Ada Autor" in mail.text
    assert f"/admin/pages/{waiting.pk}/edit/" in mail.text
    assert "Jetzt gegenlesen" in mail.html
    assert len(outbox(moderator.email)) == 1
    assert not outbox(author.email)


def test_whoever_is_in_two_groups_gets_one_mail(author, outbox):
    both = make_staff("beides@kreis.example", group=EDITORS, administrator=True)
    make_staff(both.email, group=MODERATORS)
    page = HomePage.objects.get().add_child(instance=ContentPage(title="Eins", live=False))
    page.save_revision(user=author)
    page.get_workflow().start(page, author)
    assert len(outbox(both.email)) == 1


def test_administrators_are_asked_only_when_nobody_else_is_there(author, outbox):
    chief = make_staff("chef@kreis.example", administrator=True)
    page = HomePage.objects.get().add_child(instance=ContentPage(title="Eins", live=False))
    page.save_revision(user=author)
    page.get_workflow().start(page, author)
    assert len(outbox(chief.email)) == 1


def test_the_board_shows_a_text_to_those_who_may_decide(waiting, author, colleague, moderator):
    chief = make_staff("chefin@kreis.example", administrator=True)
    assert [reviews_of(person).count() > 0 for person in (colleague, moderator, chief)] == [True] * 3
    assert not reviews_of(author).exists()
    Page.objects.get(pk=waiting.pk).specific.save_revision(user=chief)
    revision = Page.objects.get(pk=waiting.pk).latest_revision
    TaskState.objects.filter(workflow_state__object_id=str(waiting.pk)).update(revision=revision)
    assert not reviews_of(chief).exists()
    assert reviews_of(colleague).exists()


def test_nobody_proofreads_what_they_wrote(client, waiting, author):
    assert act(client, author, waiting, "approve").status_code in {302, 403}
    assert Page.objects.get(pk=waiting.pk).current_workflow_task.name == "Gegenlesen"
    assert "Gegengelesen, weitergeben" not in client.get(f"/admin/pages/{waiting.pk}/edit/").content.decode()


def test_not_even_an_administrator_proofreads_their_own_words(client, colleague):
    chief = make_staff("chef@kreis.example", administrator=True)
    page = HomePage.objects.get().add_child(instance=ContentPage(title="Chefsache", live=False))
    page.save_revision(user=chief)
    page.get_workflow().start(page, colleague)
    act(client, chief, page, "approve")
    assert Page.objects.get(pk=page.pk).current_workflow_task.name == "Gegenlesen"


def test_after_both_steps_the_page_is_public_and_the_author_learns_it(
    client, waiting, author, colleague, moderator, outbox
):
    act(client, colleague, waiting, "approve")
    waiting.refresh_from_db()
    assert not waiting.live
    assert waiting.current_workflow_task.name == "Freigabe der Seite"
    assert [mail.subject for mail in outbox(moderator.email)][-1] == "Bitte prüfen und freigeben: „Pflege zu Hause“"
    act(client, colleague, waiting, "approve")
    assert not Page.objects.get(pk=waiting.pk).live
    act(client, moderator, waiting, "approve")
    waiting.refresh_from_db()
    assert waiting.live
    (mail,) = outbox(author.email)
    assert mail.subject == "Freigegeben: „Pflege zu Hause“"
    assert waiting.full_url in mail.text


def test_a_returned_page_comes_with_the_reason(client, waiting, author, colleague, outbox):
    act(client, colleague, waiting, "reject", "Bitte den Preis ergänzen.")
    (mail,) = outbox(author.email)
    assert mail.subject == "Bitte überarbeiten: „Pflege zu Hause“"
    assert "Bitte den Preis ergänzen." in mail.text
    assert "Bitte den Preis ergänzen." in mail.html


def test_moderators_cannot_publish_past_the_steps(client, moderator):
    page = HomePage.objects.get().add_child(instance=ContentPage(title="Abkürzung", live=False, owner=moderator))
    page.save_revision(user=moderator)
    assert not page.permissions_for_user(moderator).can_publish()
    chief = make_staff("leitung@kreis.example", group=ADMINISTRATORS)
    assert page.permissions_for_user(chief).can_publish()
    assert NewsIndexPage.objects.get().permissions_for_user(moderator).can_publish_subpage()


def test_whoever_switched_mails_off_gets_none(author, colleague, outbox):
    from wagtail.users.models import UserProfile

    profile = UserProfile.get_for_user(colleague)
    profile.submitted_notifications = False
    profile.save()
    page = HomePage.objects.get().add_child(instance=ContentPage(title="Leise", live=False))
    page.save_revision(user=author)
    page.get_workflow().start(page, author)
    assert not outbox(colleague.email)
