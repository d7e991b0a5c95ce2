"""System checks of the search engine's settings: found when the site starts, not by the first visitor who searches."""

from importlib.util import find_spec

from django.core.checks import Error, register

from regiokit import conf

NEEDED = {"urls", "prefix", "shards", "replicas"}
OPTIONAL = {"user", "password", "api_key", "ca_certs"}


@register
def search_engine(app_configs, **_kwargs):
    """Say what is wrong with `REGIOKIT_SEARCH_ENGINE` and `REGIOKIT_ELASTICSEARCH`."""
    engine = conf.search_engine()
    if engine == "database":
        return []
    if engine != "elasticsearch":
        hint = "Set it to 'database' or 'elasticsearch'."
        return [Error(f"REGIOKIT_SEARCH_ENGINE = {engine!r} is no search engine.", hint=hint, id="regiokit.E001")]
    if find_spec("elasticsearch") is None:
        hint = "Install it: pip install 'regiokit[elasticsearch]'."
        return [Error("The client for Elasticsearch is not installed.", hint=hint, id="regiokit.E002")]
    if wrong := conf.elasticsearch().keys() - NEEDED - OPTIONAL:
        hint = f"It takes {', '.join(sorted(NEEDED | OPTIONAL))}."
        name = sorted(wrong)[0]
        return [Error(f"REGIOKIT_ELASTICSEARCH has an unknown key {name!r}.", hint=hint, id="regiokit.E003")]
    return []
