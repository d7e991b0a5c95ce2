"""One page of every type, as everybody gets to see it: accessible, narrow, light, silent, and without needless cookies."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from portal.errors import server_error
from tests.e2e.letters import press_button
from tests.e2e.looking import FirstView, looks

ASSOCIATION, OPERATOR = "verein@demo.example", "space@demo.example"
EDITOR, MODERATOR = "redaktion@demo.example", "moderation@demo.example"
PUBLIC = {
    "home": "/",
    "news": "/aktuelles/",
    "article": "/aktuelles/das-portal-ist-da/",
    "guides": "/ratgeber/",
    "guide": "/ratgeber/was-pendeln-kostet/",
    "stories": "/erfolgsgeschichten/",
    "stories of one kind": "/erfolgsgeschichten/?kind=employer",
    "story": "/erfolgsgeschichten/drei-tage-dorfbuero/",
    "events": "/veranstaltungen/",
    "no event": "/veranstaltungen/?town=05558020&kind=festival",
    "repeated event": "/veranstaltungen/repair-cafe/",
    "cancelled event": "/veranstaltungen/heckenpflege-abgesagt/",
    "guides with stories": "/ratgeber/?audience=employer",
    "after an editor's form": "/rueckmeldung/danke/",
    "plain page": "/ueber-das-portal/",
    "search": "/suche/?q=kinder",
    "search without a question": "/suche/",
    "search without a result": "/suche/?q=xyzzyxyzzy",
    "offers": "/ehrenamt/",
    "offers near a town": "/ehrenamt/?near=D%C3%BClmen&radius=20&cause=social&sort=distance",
    "offers, second page": "/ehrenamt/?page=2",
    "no offer": "/ehrenamt/?q=xyzzyxyzzy&near=Senden",
    "spaces": "/coworking/",
    "spaces near a postal code": "/coworking/?near=48249&radius=20&amenity=fibre",
    "no space": "/coworking/?q=xyzzyxyzzy",
    "imprint": "/impressum/",
    "privacy": "/datenschutz/",
    "accessibility": "/barrierefreiheit/",
    "contact": "/kontakt/",
    "postbox": "/postfach/",
}
FORMS = {
    "barrier report": "/barrierefreiheit/melden/",
    "editor's form": "/rueckmeldung/",
    "sign in": "/konto/anmelden/",
    "register": "/konto/registrieren/",
    "notification": "/ehrenamt/benachrichtigung/?q=vorlesen+kinder&near=Senden",
}
ERRORS = {
    "unknown address": ("/gibt-es-nicht/", 404),
    "unreadable address": ("/%00", 400),
    "offers in an unknown town": ("/ehrenamt/?near=Atlantis", 400),
    "spaces with a wrong radius": ("/coworking/?near=Senden&radius=x", 400),
    "page past the end": ("/ehrenamt/?page=999", 404),
    "events in an unknown town": ("/veranstaltungen/?town=x", 400),
    "altered link of an enquiry": ("/ehrenamt/anfrage/verdorben/", 404),
    "altered link of a notification": ("/coworking/benachrichtigung/verdorben/", 404),
    "altered link of a trial day": ("/coworking/probetag/stand/verdorben/", 404),
    "altered address of break glass": ("/konto/notfall/verdorben/", 410),
}
FIRST_OF = {
    "offer": ("/ehrenamt/", "article a"),
    "space": ("/coworking/", "article a"),
    "enquiry form": ("/ehrenamt/", "article a >> .rk-detail__action a"),
    "trial day form": ("/coworking/?q=Torhaus", "article a >> .rk-detail__action a"),
    "mail": ("/postfach/", "main li a"),
}
OWN = {
    "my area": (ASSOCIATION, "/konto/"),
    "my organisation": (ASSOCIATION, "/ehrenamt/mein-verein/"),
    "offer form": (ASSOCIATION, "/ehrenamt/mein-verein/angebote/neu/"),
    "found an organisation": (ASSOCIATION, "/konto/organisation/"),
    "sign out": (ASSOCIATION, "/konto/abmelden/"),
    "no way into the admin": (ASSOCIATION, "/konto/anmelden/?next=/admin/"),
    "my spaces": (OPERATOR, "/coworking/mein-space/"),
    "space form": (OPERATOR, "/coworking/mein-space/neu/"),
}
FIRST_OWN = {
    "offer to change": (ASSOCIATION, "/ehrenamt/mein-verein/", "section[aria-labelledby=angebote] .rk-row__title a"),
    "preview of an offer": (ASSOCIATION, "/ehrenamt/mein-verein/", "a[href$='/vorschau/']"),
    "withdraw an offer": (ASSOCIATION, "/ehrenamt/mein-verein/", "a[href$='/zurueckziehen/']"),
    "enquiry to answer": (ASSOCIATION, "/ehrenamt/mein-verein/", "a[href*='/anfragen/']"),
    "organisation to change": (ASSOCIATION, "/konto/", "main a[href*='/konto/organisation/']"),
    "trial day to answer": (OPERATOR, "/coworking/mein-space/", "a[href*='/probetage/']"),
    "space to change": (OPERATOR, "/coworking/mein-space/", "section[aria-labelledby=orte] .rk-row__title a"),
}


def _open(page: Page, address: str, *, status: int = 200) -> None:
    answer = page.goto(address)
    assert answer.status == status, address


def _expect_good(page: Page, view: FirstView | None = None) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    assert page.locator("main").count() == 1
    assert looks(page, view) == [], page.url


def _view(page: Page, address: str, *, status: int = 200) -> None:
    view = FirstView()
    view.listen(page)
    _open(page, address, status=status)
    _expect_good(page, view)


@pytest.mark.parametrize("name", PUBLIC)
def test_public_pages(visit, name):
    page = visit()
    _view(page, PUBLIC[name])
    assert page.context.cookies() == []


@pytest.mark.parametrize("name", FORMS)
def test_pages_whose_task_is_a_form(visit, name):
    page = visit()
    _view(page, FORMS[name])
    assert {cookie["name"] for cookie in page.context.cookies()} <= {"csrftoken"}


@pytest.mark.parametrize("name", ERRORS)
def test_pages_that_say_what_went_wrong(visit, name):
    page = visit()
    address, status = ERRORS[name]
    _view(page, address, status=status)
    assert page.context.cookies() == []


@pytest.mark.parametrize("name", FIRST_OF)
def test_entries_of_lists(visit, name):
    page = visit()
    start, path = FIRST_OF[name]
    for step in path.split(" >> "):
        page.goto(start)
        start = page.locator(step).first.get_attribute("href")
    fresh = visit()
    _view(fresh, start)
    allowed = {"csrftoken"} if name.endswith("form") else set()
    assert {cookie["name"] for cookie in fresh.context.cookies()} <= allowed


@pytest.mark.parametrize("name", OWN)
def test_pages_of_people_who_are_signed_in(signed_in, name):
    who, address = OWN[name]
    _view(signed_in(who), address, status=403 if name == "no way into the admin" else 200)


@pytest.mark.parametrize("name", FIRST_OWN)
def test_entries_of_people_who_are_signed_in(signed_in, name):
    who, start, path = FIRST_OWN[name]
    page = signed_in(who)
    page.goto(start)
    _view(page, page.locator(path).first.get_attribute("href"))


def test_forms_with_errors(visit, signed_in):
    page = visit()
    for address, button in (
        ("/konto/anmelden/", "Code schicken"),
        ("/barrierefreiheit/melden/", "Barriere melden"),
        ("/rueckmeldung/", "Rückmeldung senden"),
        (_first_href(page, "/ehrenamt/", "article a", ".rk-detail__action a"), "Anfrage senden"),
        (_first_href(page, "/coworking/?q=Torhaus", "article a", ".rk-detail__action a"), "Anfrage senden"),
    ):
        _expect_error(page, address, button)
    _expect_error(signed_in(ASSOCIATION), "/ehrenamt/mein-verein/angebote/neu/", "Vorschau ansehen")
    _expect_error(signed_in(OPERATOR), "/coworking/mein-space/neu/", "Speichern und Vorschau ansehen")


def _expect_error(page: Page, address: str, button: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(address)
    page.get_by_role("button", name=button, exact=True).last.click()
    expect(page.get_by_role("alert")).to_contain_text("Bitte prüfen Sie Ihre Angaben")
    for link in page.get_by_role("alert").get_by_role("link").all():
        target = page.locator(link.get_attribute("href"))
        group = page.get_by_role("group").filter(has=target)
        # One radio button cannot be wrong by itself: its group is described by the message.
        one = group if target.get_attribute("type") == "radio" or group.count() else target
        expect(one).to_have_attribute("aria-describedby", re.compile("_error"))
    _expect_good(page)


def _first_href(page: Page, address: str, *steps: str) -> str:
    for step in steps:
        page.goto(address)
        address = page.locator(step).first.get_attribute("href")
    return address


def test_code_page(visit):
    page = visit()
    page.goto("/konto/anmelden/")
    page.get_by_label("E-Mail-Adresse").fill("niemand@fremd.example")
    page.get_by_role("button", name="Code schicken").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Code eingeben")
    _expect_good(page)
    page.get_by_label("Code aus der E-Mail").fill("FALSCH")
    page.get_by_role("button", name="Anmelden", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Code")
    _expect_good(page)


def test_new_account_without_an_organisation(visit, newest_mail, mark):
    page, address = visit(), f"{mark}@neu.example"
    page.goto("/konto/registrieren/")
    page.get_by_label("E-Mail-Adresse").fill(address)
    page.get_by_role("button", name="Code schicken").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("E-Mail-Adresse bestätigen")
    _expect_good(page)
    code = newest_mail(address, "Code").get_by_role("heading", level=1).inner_text().rsplit(": ", 1)[1]
    page.get_by_label("Code aus der E-Mail").fill(code)
    page.get_by_role("button", name="Adresse bestätigen").click()
    expect(page.get_by_role("heading", name="Ihre Organisationen")).to_be_visible()
    for own in ("/konto/", "/ehrenamt/mein-verein/", "/coworking/mein-space/", "/coworking/mein-space/neu/"):
        page.set_viewport_size({"width": 1280, "height": 900})
        _open(page, own)
        _expect_good(page)


def test_staff_see_the_way_into_the_admin(signed_in):
    page = signed_in(MODERATOR)
    _open(page, "/konto/")
    expect(page.get_by_role("link", name=re.compile("Zur Redaktion"))).to_be_visible()
    _expect_good(page)


def test_form_that_was_open_too_long(visit):
    page = visit()
    page.goto("/barrierefreiheit/melden/")
    page.context.clear_cookies()
    page.get_by_role("button", name="Barriere melden").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bitte senden Sie das Formular noch einmal")
    _expect_good(page)


def test_server_error(visit):
    """The page of a broken server, put in place of an answer: nothing in the portal breaks on purpose."""
    page = visit()
    page.route("**/kaputt/", lambda route: route.fulfill(status=500, body=server_error(None).content.decode()))
    _open(page, "/kaputt/", status=500)
    _expect_good(page)


def test_pages_behind_the_links_of_an_enquiry(visit, newest_mail, mark):
    page, address = visit(), f"{mark}@leserin.example"
    page.goto("/ehrenamt/?q=Kasse")
    page.get_by_role("article").get_by_role("link").first.click()
    page.get_by_role("link", name="Ich habe Interesse").click()
    page.get_by_label("E-Mail-Adresse").fill(address)
    page.get_by_role("button", name="Anfrage senden").click()
    expect(page.get_by_role("alert")).to_contain_text("Ihr Name")
    page.get_by_label("Ihr Name").fill(mark)
    page.get_by_role("button", name="Anfrage senden").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bitte bestätigen Sie Ihre Anfrage")
    _expect_good(page)
    press_button(newest_mail(address, "Bitte bestätigen", page=page), "Anfrage bestätigen")
    _expect_good(page)
    page.get_by_role("button", name="Anfrage jetzt abschicken").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ihre Anfrage ist beim Verein")
    _expect_good(page)
    page.get_by_role("button", name="Anfrage zurücknehmen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sie haben Ihre Anfrage zurückgenommen")
    _expect_good(page)


def test_pages_behind_the_links_of_a_notification(visit, newest_mail, mark):
    page, address = visit(), f"{mark}@leserin.example"
    page.goto("/ehrenamt/?q=kinder&near=Senden")
    page.get_by_role("link", name="Benachrichtigung einrichten").click()
    page.get_by_role("button", name="Benachrichtigung anfordern").click()
    expect(page.get_by_role("alert")).to_contain_text("E-Mail-Adresse")
    _expect_good(page)
    page.get_by_label("E-Mail-Adresse").fill(address)
    page.get_by_label("montags").check()
    page.get_by_role("button", name="Benachrichtigung anfordern").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bitte bestätigen Sie Ihre Adresse")
    _expect_good(page)
    press_button(newest_mail(address, "Bitte bestätigen: Neues zu kinder", page=page), "Benachrichtigung bestätigen")
    _expect_good(page)
    page.get_by_role("button", name="Benachrichtigung bestätigen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ihre Benachrichtigung")
    expect(page.get_by_label("montags")).to_be_checked()
    _expect_good(page)
    page.get_by_role("button", name="Benachrichtigung beenden").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Die Benachrichtigung ist beendet")
    _expect_good(page)


def test_pages_behind_the_links_of_a_trial_day(visit, newest_mail, mark):
    page, address = visit(), f"{mark}@pendlerin.example"
    page.goto(_first_href(page, "/coworking/?q=Torhaus", "article a", ".rk-detail__action a"))
    page.get_by_role("radio").first.check()
    page.get_by_label("Ihre E-Mail-Adresse").fill(address)
    page.get_by_role("button", name="Anfrage senden").click()
    expect(page.get_by_role("alert")).to_contain_text("Ihr Name")
    page.get_by_label("Ihr Name").fill(mark)
    page.get_by_role("button", name="Anfrage senden").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bitte bestätigen Sie Ihre Anfrage")
    _expect_good(page)
    press_button(newest_mail(address, "Bitte bestätigen", page=page), "Anfrage bestätigen")
    _expect_good(page)
    page.get_by_role("button", name="Anfrage bestätigen").click()
    expect(page.get_by_text("Angefragt.")).to_be_visible()
    _expect_good(page)
    operator = visit()
    letter = newest_mail("torhaus-arbeitsplaetze@demo.example", "Probetag angefragt für", page=operator)
    press_button(letter, "Anfrage ansehen und antworten")
    _expect_good(operator)
    page.get_by_role("button", name="Anfrage zurückziehen").click()
    expect(page.get_by_text("Sie haben diese Anfrage zurückgezogen.")).to_be_visible()
    _expect_good(page)


def test_editors_see_the_bar_of_the_editor_under_the_strict_policy(signed_in):
    """The fixture `visit` fails the test when the browser refuses a script or a style."""
    page = signed_in(EDITOR)
    answer = page.goto("/", wait_until="networkidle")
    assert "unsafe" not in answer.headers["content-security-policy"]
    bar = page.locator("wagtail-userbar")
    expect(bar).to_be_attached()
    bar.get_by_role("button").first.click()
    expect(bar.get_by_role("menuitem").filter(has_text=re.compile("bearbeiten|Wagtail", re.I)).first).to_be_visible()


def test_nothing_is_kept_of_a_page_behind_a_private_link(visit):
    page = visit()
    answer = page.goto("/ehrenamt/anfrage/verdorben/")
    assert answer.headers["cache-control"] == "private, no-store"
    assert urlsplit(page.url).path == "/ehrenamt/anfrage/verdorben/"
