"""One at a time: whoever prepares keeps a lock on the data folder and, where others share it, on the database."""

import fcntl
from contextlib import contextmanager

from django.conf import settings
from django.db import connection

PREPARING = 0x4C616E64
"""The number of PostgreSQL's advisory lock: "Land"."""


@contextmanager
def alone(name: str = "prepare"):
    """Wait until nobody else is here, and keep everybody else out until the end of the block.

    The operating system and PostgreSQL give the locks back when the process dies.
    """
    with (settings.ENV.var / f"{name}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        if connection.vendor != "postgresql":
            yield
            return
        # A connection of its own: migrations open and close the common one as they like.
        keeper = connection.copy()
        keeper.settings_dict = {**keeper.settings_dict, "OPTIONS": _without_pool(keeper.settings_dict)}
        try:
            with keeper.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_lock(%s)", [PREPARING])
            yield
        finally:
            keeper.close()


def _without_pool(settings_dict: dict) -> dict:
    return {name: value for name, value in settings_dict["OPTIONS"].items() if name != "pool"}
