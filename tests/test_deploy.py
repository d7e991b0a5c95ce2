"""What stands in `deploy/` fits the portal: names of variables, commands, ports, and systemd's own opinion."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from django.core.management import get_commands

from portal.settings.environment import VARIABLES, read

ROOT = Path(__file__).resolve().parent.parent
DEPLOY = ROOT / "deploy"
OWN = {"PYTHONUNBUFFERED", "POSTGRES_USER", "POSTGRES_DB", "POSTGRES_PASSWORD", "ES_JAVA_OPTS"}
OWN |= {"SITE_ADDRESS", "WEB_PROCESSES", "PICTURES", "CMD", "ALL", "SHELL"}
"""Variables of others: Python, the images beside the portal, the proxy's file."""


def named(text):
    """Names of variables as they are set in unit files, environment files, images and YAML."""
    return set(re.findall(r"(?:^#?|Environment=|ENV |(?<=\s))([A-Z][A-Z_]{2,})(?==|: )", text, re.MULTILINE))


def compose():
    return yaml.safe_load((DEPLOY / "compose.yml").read_text())


def test_the_table_of_the_readme_names_every_variable_and_no_other():
    table = (ROOT / "README.md").read_text().partition("## Settings")[2].partition("\n## ")[0]
    first_column = "".join(re.findall(r"^\| (`[^|]+) \|", table, re.MULTILINE))
    assert set(re.findall(r"`([A-Z_]+)`", first_column)) == VARIABLES


def test_every_variable_that_deploy_sets_is_known():
    files = [path for path in DEPLOY.rglob("*") if path.is_file()]
    assert len(files) >= 12
    found = set().union(*(named(path.read_text()) for path in files))
    assert found - OWN <= VARIABLES
    assert {"PORTAL_MODE", "DATABASE_URL", "REDIS_URL", "SECRET_KEY", "BASE_URL", "PORT", "EMAIL_URL"} <= found


def test_the_environment_reads_only_what_is_named(tmp_path):
    class Recorded(dict):
        asked = set()

        def get(self, name, default=None):
            self.asked.add(name)
            return super().get(name, default)

    engine = {"SEARCH_ENGINE": "elasticsearch", "ELASTICSEARCH_URL": "http://127.0.0.1:9200"}
    read(Recorded(PORTAL_VAR=str(tmp_path), **engine))
    # These two are read by `serve` alone.
    assert Recorded.asked | {"BIND", "WEB_CONCURRENCY"} == VARIABLES


def test_the_example_of_an_environment_is_complete_but_for_its_secret(tmp_path):
    lines = re.findall(r"^([A-Z_]+)=(.*)$", (DEPLOY / "portal.env.example").read_text(), re.MULTILINE)
    values = dict(lines) | {"SECRET_KEY": "x" * 60, "PORTAL_VAR": str(tmp_path)}
    assert dict(lines)["SECRET_KEY"] == ""
    assert read(values).production


def test_the_compose_file_lists_every_part_and_known_commands():
    services = compose()["services"]
    assert {"prepare", "portal", "portal-2", "worker", "postgres", "redis", "elasticsearch", "proxy"} <= services.keys()
    assert services["elasticsearch"]["profiles"] == ["elasticsearch"]
    ours = [service for service in services.values() if service["image"] == "landportal"]
    assert {service["command"][0] for service in ours} <= get_commands().keys()
    for service in ours:
        assert service["environment"].keys() <= VARIABLES
        assert (DEPLOY / service["build"]["dockerfile"].removeprefix("deploy/")).is_file()
    for service in services.values():
        for volume in service.get("volumes", []):
            source = volume.partition(":")[0]
            assert source in compose()["volumes"] or (DEPLOY / source).exists()


def test_every_unit_names_known_commands():
    for unit in (DEPLOY / "systemd").glob("*.service"):
        command = re.search(r"^ExecStart=.*manage\.py (\w+)", unit.read_text(), re.MULTILINE).group(1)
        assert command in get_commands()


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is missing: apt install systemd")
def test_systemd_finds_nothing_wrong(tmp_path):
    for unit in (DEPLOY / "systemd").iterdir():
        text = unit.read_text().replace("/srv/portal/.venv/bin/python", "/bin/true").replace("User=portal", "User=root")
        (tmp_path / unit.name.replace("@.", "@8001.")).write_text(text.replace("Group=portal", "Group=root"))
    units = sorted(str(path) for path in tmp_path.iterdir())
    result = subprocess.run(["systemd-analyze", "verify", "--man=no", *units], capture_output=True, text=True)
    ours = [line for line in result.stderr.splitlines() if "portal-" in line]
    assert (result.returncode, ours) == (0, [])
