"""Many people who send enquiries about offers at the same moment, and what becomes of these in the database."""

import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from itertools import count

from regiokit.limits import MIN_SECONDS
from tests.several.visitors import Visitor

TWICE = 10
"""Every tenth enquiry is sent twice, as a double click does."""

_addresses = count(1)


def address() -> str:
    """Return an address nobody had before, from a network reserved for tests (RFC 2544)."""
    number = next(_addresses)
    return f"198.18.{number // 250}.{number % 250 + 1}"


def send_all(bases: tuple[str, ...], *, enquiries: int, clients: int, offers: list[int]) -> tuple[list[int], set[str]]:
    """Let `clients` people send so many enquiries at once; return all statuses and the marks that were taken.

    Each has fetched its form before, and all begin together.
    """
    each = enquiries // clients
    meet = threading.Barrier(clients)

    def client(number: int):
        base, path = bases[number % len(bases)], f"/ehrenamt/angebote/{offers[number % len(offers)]}/anfrage/"
        visitor = Visitor(base, address=address())
        fields = visitor.fields(path)
        meet.wait()
        # Nobody writes an enquiry faster: the portal takes who does for a machine.
        threading.Event().wait(MIN_SECONDS)
        statuses, taken = [], set()
        for turn in range(each):
            # Behind one address sit many people: an office, a school. Each enquiry comes from another one here.
            visitor.address = address()
            key = uuid.uuid4().hex
            form = {**fields, "key": key, "name": "Kim", "email": f"{key}@mail.example", "message": key}
            for _click in range(2 if turn % TWICE == 0 else 1):
                status, target = visitor.post(path, form)
                statuses.append(status)
                if status == 302 and "/anfrage/" in target:
                    taken.add(key)
        return statuses, taken

    with ThreadPoolExecutor(max_workers=clients) as pool:
        results = list(pool.map(client, range(clients)))
    return [status for part, _taken in results for status in part], {key for _part, taken in results for key in taken}
