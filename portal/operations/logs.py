"""The log: one line for each event, JSON in production, without personal data, and nobody can forge a line.

What can name a person is replaced before anything is written, whoever wrote it: addresses of mail and machines, signed
links, questions behind addresses, PostgreSQL's rows in its errors (GDPR Art. 5 (1) c, data minimisation).
"""

import re
from ipaddress import ip_address

import structlog

MAIL = re.compile(r"[\w.+'-]+(?:@|%40)[\w-]+(?:\.[\w-]+)+")
SIGNED = re.compile(r"[\w.~=+-]+(?::|%3A)[\w-]{4,}(?::|%3A)[\w-]{20,}[^\s/'\"]*", re.IGNORECASE)
"""`django.core.signing`: value, time, signature."""

SECRET = re.compile(r"(?<=/)(?=[\w-]*[A-Z])[\w-]{40,}", re.ASCII)
"""A random part of an address, such as that of an invitation; what people name pages has no capitals."""

IPV4 = re.compile(r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w.]*\d)")
IPV6 = re.compile(r"(?<![\w:])[0-9a-f]*:[0-9a-f:]*:[0-9a-f.]*(?![\w:])", re.IGNORECASE)
QUESTION = re.compile(r"(?<=[\w/])\?[\w%.\[\]-]+=[^\s'\")>]*")
ROW = re.compile(r"^(DETAIL:).*$", re.MULTILINE)
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
LINES = "exception"
"""The one entry that may have several lines, for people at a terminal."""


def without_personal_data(logger, method, event: dict) -> dict:
    """Replace in every text what can name a person. A processor of structlog."""
    return {name: _cleaned(value) for name, value in event.items()}


def _cleaned(value):
    if isinstance(value, str):
        return scrubbed(value)
    if isinstance(value, dict):
        return {str(name): _cleaned(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple | set):
        return [_cleaned(inner) for inner in value]
    if isinstance(value, int | float | bool | None):
        return value
    return scrubbed(str(value))


def scrubbed(text: str) -> str:
    """Return `text` without addresses, signed links and questions."""
    text = ROW.sub(r"\1 […]", text)
    text = SECRET.sub("[Link]", SIGNED.sub("[Link]", text))
    text = QUESTION.sub("?[…]", text)
    text = MAIL.sub("[E-Mail]", text)
    return IPV6.sub(_unless_time, IPV4.sub("[IP]", text))


def _unless_time(found) -> str:
    try:
        return "[IP]" if ip_address(found.group()) else ""
    except ValueError:
        return found.group()


def on_one_line(logger, method, event: dict) -> dict:
    """Show control characters instead of obeying them; a traceback keeps its lines, set in. A processor of structlog."""
    for name, value in event.items():
        if isinstance(value, str):
            lines = value.split("\n") if name == LINES else [value]
            event[name] = "\n    ".join(
                CONTROL.sub(lambda found: f"\\x{ord(found.group()):02x}", line) for line in lines
            )
    return event


def plainly(logger, method, event: dict) -> str:
    """Render for people at a terminal: time, level, who, what, the rest as name=value, then a traceback."""
    trouble = event.pop(LINES, "")
    parts = [event.pop(name, "") for name in ("timestamp", "level", "logger", "event")]
    line = " ".join([*map(str, parts), *(f"{name}={value}" for name, value in event.items())])
    return f"{line}\n    {trouble}" if trouble else line


def logging_config(*, production: bool, level: str) -> dict:
    """Return Django's LOGGING."""
    before = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    rendering = [structlog.processors.JSONRenderer()] if production else [on_one_line, plainly]
    structlog.configure(
        processors=[
            *before,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    formatter = {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": before,
        "processors": [
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            without_personal_data,
            *rendering,
        ],
    }
    nowhere = {"handlers": [], "level": "CRITICAL", "propagate": False}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": formatter},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            # Scanners ask with foreign host names all day; they get 400, the log stays readable.
            "django.security.DisallowedHost": nowhere,
            # Every request has its line already (`portal.operations.requests`), errors with their traceback.
            "django.request": nowhere,
            # The same: a form whose token has run out is a 403, and its path may be a private link.
            "django.security.csrf": nowhere,
            # On level DEBUG Django writes down what templates and questions to the database hold.
            "django": {"handlers": [], "level": "INFO" if level == "DEBUG" else level},
            # Libraries that tell every step.
            "PIL": {"level": "WARNING"},
            "urllib3": {"level": "WARNING"},
        },
    }
