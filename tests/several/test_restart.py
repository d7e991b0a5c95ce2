"""One of two app processes is started anew while people use both: the other loses no request."""

import threading
from collections import Counter

import pytest

from ehrenamt.models import Offer
from tests.running_site import running_site
from tests.several.enquiring import address
from tests.several.visitors import Visitor

pytestmark = pytest.mark.postgres
PEOPLE, RESTARTS = 4, 2


def test_the_other_process_loses_no_request(tmp_path_factory, shared, fresh_postgres, rows):
    second_folder = tmp_path_factory.mktemp("second")
    with running_site(tmp_path_factory.mktemp("first"), **shared) as first, rows(fresh_postgres) as here:
        offer = Offer.objects.using(here).filter(live=True).first().pk
        over, answers = threading.Event(), Counter()
        people = [threading.Thread(target=_use, args=(first, offer, over, answers)) for _ in range(PEOPLE)]
        for person in people:
            person.start()
        try:
            for _restart in range(RESTARTS):
                with running_site(second_folder, **shared) as second:
                    assert Visitor(second, address=address()).get("/")[0] == 200
        finally:
            over.set()
            for person in people:
                person.join()
    assert set(answers) == {200, 302}
    assert answers[302] > 10


def _use(base: str, offer: int, over: threading.Event, answers: Counter) -> None:
    form = f"/ehrenamt/angebote/{offer}/anfrage/"
    while not over.is_set():
        visitor = Visitor(base, address=address())
        try:
            for path in ("/", "/ehrenamt/?q=kinder", "/coworking/"):
                answers[visitor.get(path)[0]] += 1
            # A form that comes back too fast is refused with 422, so this one is a search with an odd sign-in page behind it.
            fields = visitor.fields("/konto/anmelden/")
            answers[visitor.post("/konto/anmelden/", {**fields, "login": f"{visitor.address}@mail.example"})[0]] += 1
            answers[visitor.get(form)[0]] += 1
        except OSError as error:
            answers[type(error).__name__] += 1
