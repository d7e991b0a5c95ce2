"""`manage.py doctor`: small checks that say in German what is wrong and how to mend it.

`registry` knows all checks and runs them; each other module holds those of one matter.
"""

from portal.operations.doctor import machine, neighbours, public, settings, work  # noqa: F401
from portal.operations.doctor.registry import Finding, Level, examine

__all__ = ["Finding", "Level", "examine"]
