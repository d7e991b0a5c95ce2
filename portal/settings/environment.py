"""Reads the environment and says in one sentence what is wrong with it.

Every variable stands in the table of the README. Nothing here touches Django's settings, so that it can be imported
before they exist.
"""

import os
import re
import secrets
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email

ROOT = Path(__file__).resolve().parents[2]
MODES = ("demo", "development", "production")
MAX_PORT = 65535
SHORTEST_KEY = 50
SHORTEST_TOKEN = 20
ENGINES = ("database", "elasticsearch")
MOST_SHARDS = 1024
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
VARIABLES = frozenset(
    (
        *("PORTAL_MODE", "PORTAL_REGION", "PORTAL_THEME", "PORTAL_PLUGINS", "PORTAL_VAR"),
        *("BASE_URL", "ALLOWED_HOSTS", "TRUSTED_PROXIES", "SECRET_KEY", "DATABASE_URL", "REDIS_URL"),
        *("EMAIL_URL", "MAIL_FROM", "SECOND_FACTOR", "LOG_LEVEL", "METRICS_TOKEN", "PAGE_CACHE_SECONDS"),
        *(
            "SEARCH_ENGINE",
            "ELASTICSEARCH_URL",
            "ELASTICSEARCH_PREFIX",
            "ELASTICSEARCH_SHARDS",
            "ELASTICSEARCH_REPLICAS",
        ),
        *("PORT", "BIND", "WEB_CONCURRENCY"),
    )
)
"""Every variable there is; the README's table and `deploy/` name these and no others."""
HOST = re.compile(r"\*|\.?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*|\[[0-9A-Fa-f:]+\]")
"""What Django takes in ALLOWED_HOSTS: a name, `.name` with everything below it, an address, or `*`."""


class WrongSetting(ImproperlyConfigured):
    """A variable of the environment is missing or wrong; the message names it and says how to mend it."""


@dataclass(frozen=True)
class Environment:
    """The checked variables. `port` is the one that `manage.py serve` listens on."""

    mode: str
    port: int
    base_url: str
    database_url: str
    redis_url: str
    email_url: str
    mail_from: str
    secret_key: str
    allowed_hosts: tuple[str, ...]
    trusted_proxies: int
    second_factor_required: bool
    page_cache_seconds: int
    region: str
    theme: str
    plugins: str | None
    log_level: str
    metrics_token: str
    search_engine: str
    elasticsearch: dict
    var: Path

    @property
    def production(self) -> bool:
        """Whether strangers use this site."""
        return self.mode == "production"


def read(values=None) -> Environment:
    """Return the checked environment; `values` is a mapping, by default `os.environ`. Raises `WrongSetting`."""
    values = os.environ if values is None else values
    mode = values.get("PORTAL_MODE") or "demo"
    if mode not in MODES:
        raise WrongSetting(f"PORTAL_MODE is {mode!r}; it must be one of {', '.join(MODES)}.")
    port = _whole_number(values, "PORT", 8000)
    if not 1 <= port <= MAX_PORT:
        raise WrongSetting(f"PORT is {port}; it must lie between 1 and {MAX_PORT}.")
    var = _folder(values)
    base_url = _base_url(values, mode, port)
    host = urlsplit(base_url).hostname or ""
    if not values.get("PORTAL_MODE"):
        _only_on_this_machine(BASE_URL=host, BIND=values.get("BIND") or "127.0.0.1")
    host = f"[{host}]" if ":" in host else host
    local = {host, "localhost", "127.0.0.1", "[::1]"} if mode != "production" else {host}
    hosts = _list(values.get("ALLOWED_HOSTS")) or tuple(sorted(local))
    if wrong := [name for name in hosts if not HOST.fullmatch(name)]:
        raise WrongSetting(f"ALLOWED_HOSTS has {wrong[0]!r}; it takes names only, such as portal.county.example.")
    if mode == "production" and "*" in hosts:
        raise WrongSetting("ALLOWED_HOSTS must name the hosts of this site in production, not '*'.")
    email_url = _needed(values, "EMAIL_URL", mode, "smtp://user:password@mail.example:587?tls=1")
    if email_url:
        email_options(email_url)
    return Environment(
        mode=mode,
        port=port,
        base_url=base_url,
        database_url=_database_url(values, var),
        redis_url=_redis_url(values),
        email_url=email_url,
        mail_from=_mail_from(values, mode),
        secret_key=_secret_key(values, mode, var),
        allowed_hosts=hosts,
        trusted_proxies=_whole_number(values, "TRUSTED_PROXIES", 0),
        second_factor_required=_second_factor(values, mode),
        page_cache_seconds=_whole_number(values, "PAGE_CACHE_SECONDS", 60),
        region=values.get("PORTAL_REGION", ""),
        theme=values.get("PORTAL_THEME", ""),
        plugins=values.get("PORTAL_PLUGINS"),
        log_level=_log_level(values, mode),
        metrics_token=_metrics_token(values),
        search_engine=(engine := _search_engine(values)),
        elasticsearch=_elasticsearch(values) if engine == "elasticsearch" else {},
        var=var,
    )


def _only_on_this_machine(**hosts: str) -> None:
    """Raise `WrongSetting` when others can reach one of these hosts: nobody gets a public demo by forgetting the mode."""
    for name, host in hosts.items():
        if not _loopback(host.strip("[]")):
            raise WrongSetting(
                f"PORTAL_MODE is missing, but {name} names {host!r}, which others can reach; set PORTAL_MODE=production "
                "(or PORTAL_MODE=demo, if everybody may read all mails)."
            )


def _loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def email_options(url: str) -> dict:
    """Return Django's SMTP options for `smtp://user:password@host:port?tls=1` or `smtps://…`. Raises `WrongSetting`."""
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError as error:
        raise WrongSetting("EMAIL_URL has a port that is not a number.") from error
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise WrongSetting("EMAIL_URL must look like smtp://user:password@mail.example:587?tls=1 or smtps://….")
    secure = parts.scheme == "smtps"
    tls = parse_qs(parts.query).get("tls", ["0"])[0] in {"1", "true"}
    return {
        "host": parts.hostname,
        "port": port or (465 if secure else 587 if tls else 25),
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_ssl": secure,
        "use_tls": tls and not secure,
        "timeout": 20,
    }


def _whole_number(values, name: str, default: int) -> int:
    text = values.get(name, str(default))
    if not (text.isascii() and text.isdigit()):
        raise WrongSetting(f"{name} is {text!r}; it must be a whole number, 0 or more.")
    return int(text)


def _list(text: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in (text or "").split(",") if part.strip())


def _log_level(values, mode: str) -> str:
    level = values.get("LOG_LEVEL") or ("INFO" if mode == "production" else "WARNING")
    if level not in LEVELS:
        raise WrongSetting(f"LOG_LEVEL is {level!r}; it must be one of {', '.join(LEVELS)}.")
    return level


def _metrics_token(values) -> str:
    token = values.get("METRICS_TOKEN", "")
    if token and not (len(token) >= SHORTEST_TOKEN and re.fullmatch(r"[\x21-\x7e]+", token)):
        raise WrongSetting(f"METRICS_TOKEN needs at least {SHORTEST_TOKEN} random letters and digits, without spaces.")
    return token


def _second_factor(values, mode: str) -> bool:
    """Whether staff need a second factor: always in production, elsewhere when somebody asks for it."""
    wanted = values.get("SECOND_FACTOR") or ("required" if mode == "production" else "optional")
    if wanted not in {"required", "optional"}:
        raise WrongSetting(f"SECOND_FACTOR is {wanted!r}; it must be required or optional.")
    if mode == "production" and wanted == "optional":
        raise WrongSetting("SECOND_FACTOR cannot be optional in production; leave it out.")
    return wanted == "required"


def _needed(values, name: str, mode: str, example: str) -> str:
    value = values.get(name, "")
    if mode == "production" and not value:
        raise WrongSetting(f"{name} is missing; production needs it, for example {example}.")
    return value


def _folder(values) -> Path:
    folder = Path(values.get("PORTAL_VAR") or ROOT / "var")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WrongSetting(f"PORTAL_VAR is {str(folder)!r}; that folder cannot be made: {error.strerror}.") from error
    if not os.access(folder, os.W_OK):
        raise WrongSetting(f"PORTAL_VAR is {str(folder)!r}; nothing can be written there.")
    return folder


def _mail_from(values, mode: str) -> str:
    address = _needed(values, "MAIL_FROM", mode, "portal@county.example") or "portal@example.org"
    try:
        validate_email(address)
    except ValidationError as error:
        raise WrongSetting(f"MAIL_FROM is {address!r}; it must be one e-mail address.") from error
    return address


def _base_url(values, mode: str, port: int) -> str:
    url = _needed(values, "BASE_URL", mode, "https://portal.county.example") or f"http://127.0.0.1:{port}"
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/"):
        raise WrongSetting(f"BASE_URL is {url!r}; it must look like https://portal.county.example, without a path.")
    if mode == "production" and parts.scheme != "https":
        raise WrongSetting("BASE_URL must begin with https:// in production.")
    return url.rstrip("/")


def _database_url(values, var: Path) -> str:
    url = values.get("DATABASE_URL") or f"sqlite:///{var / 'portal.sqlite3'}"
    if urlsplit(url).scheme not in {"sqlite", "postgres", "postgresql"}:
        raise WrongSetting("DATABASE_URL must begin with sqlite:/// or postgresql://.")
    return url


def _redis_url(values) -> str:
    url = values.get("REDIS_URL", "")
    if url and urlsplit(url).scheme not in {"redis", "rediss", "unix"}:
        raise WrongSetting("REDIS_URL must begin with redis://, rediss:// or unix://.")
    return url


def _search_engine(values) -> str:
    engine = values.get("SEARCH_ENGINE") or "database"
    if engine not in ENGINES:
        raise WrongSetting(f"SEARCH_ENGINE is {engine!r}; it must be one of {', '.join(ENGINES)}.")
    return engine


def _elasticsearch(values) -> dict:
    """Return `REGIOKIT_ELASTICSEARCH`: all nodes share the account and the certificates of the first address."""
    urls = _list(values.get("ELASTICSEARCH_URL"))
    if not urls:
        raise WrongSetting("ELASTICSEARCH_URL is missing; SEARCH_ENGINE=elasticsearch needs it.")
    for url in urls:
        if urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).hostname or not _port(url):
            raise WrongSetting("ELASTICSEARCH_URL must look like https://user:password@search.example:9200.")
    prefix = values.get("ELASTICSEARCH_PREFIX") or "landportal"
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,49}", prefix):
        raise WrongSetting(f"ELASTICSEARCH_PREFIX is {prefix!r}; it takes small letters, digits and hyphens.")
    shards = _whole_number(values, "ELASTICSEARCH_SHARDS", 1)
    if not 1 <= shards <= MOST_SHARDS:
        raise WrongSetting(f"ELASTICSEARCH_SHARDS is {shards}; it must lie between 1 and {MOST_SHARDS}.")
    first = urlsplit(urls[0])
    certificates = parse_qs(first.query).get("ca_certs", [""])[0]
    if certificates and not Path(certificates).is_file():
        raise WrongSetting(f"ELASTICSEARCH_URL names the certificates {certificates!r}; there is no such file.")
    return {
        "urls": [f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}" for parts in map(urlsplit, urls)],
        "user": unquote(first.username or ""),
        "password": unquote(first.password or ""),
        "ca_certs": certificates,
        "prefix": prefix,
        "shards": shards,
        "replicas": _whole_number(values, "ELASTICSEARCH_REPLICAS", 0),
    }


def _port(url: str) -> int | None:
    try:
        return urlsplit(url).port
    except ValueError:
        return None


def _secret_key(values, mode: str, var: Path) -> str:
    key = _needed(values, "SECRET_KEY", mode, "a random text of at least 50 characters")
    if key and len(key) < SHORTEST_KEY:
        raise WrongSetting(f"SECRET_KEY is too short; it needs at least {SHORTEST_KEY} random characters.")
    return key or _kept_key(var / "secret-key")


def _kept_key(path: Path) -> str:
    """The key of a demo is made once and kept, so that links in mails survive a restart."""
    if not path.exists():
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return path.read_text()
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(50))
    return path.read_text()
