#!/usr/bin/env python
"""Command-line entry of the portal."""

import gc
import os
import sys

OBJECTS = 50_000
"""So many new ones let Python look through memory: starting and migrating make hundreds of thousands that stay."""
gc.set_threshold(OBJECTS)


def main():
    """Run a management command; a wrong setting ends with one sentence instead of a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.base")
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    from portal.settings.environment import WrongSetting

    try:
        if not any(argument.startswith("--settings") for argument in sys.argv):
            # Otherwise `help` and some others would go on without the portal's settings.
            settings.INSTALLED_APPS  # noqa: B018
        execute_from_command_line(sys.argv)
    except (WrongSetting, ImproperlyConfigured) as error:
        sys.exit(f"The portal cannot start: {error}")


if __name__ == "__main__":
    main()
