"""What staff look at every day passes axe: the board of what waits and the log lists, full and empty, light and dark."""

import pytest

from tests.e2e.looking import AXE, axe

LISTS = ("ehrenamt_enquiries", "coworking_trial_days", "regiokit_outbox")
ADMINISTRATOR = "admin@demo.example"


@pytest.mark.parametrize("dark", [False, True])
def test_board_and_log_lists_have_no_barriers(signed_in, dark):
    page = signed_in(ADMINISTRATOR, dark=dark)
    found = []
    paths = ["/admin/", *(f"/admin/listen/{name}/{question}" for name in LISTS for question in ("", "?q=niemand"))]
    for path in paths:
        page.goto(path)
        page.evaluate(AXE)
        found += [f"{path}: {trouble}" for trouble in axe(page, "dark" if dark else "light")]
    assert found == []
