"""What is shipped to run the servers: only settings that exist, and no door but the proxy's."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

HOME = Path(__file__).parents[1]
DEPLOY = HOME / "deploy"
NAME = re.compile(r"HG_[A-Z_]+")
KNOWN = set(NAME.findall((HOME / "geodata" / "settings.py").read_text("utf-8")))
WRITTEN = [
    *(path for path in DEPLOY.rglob("*") if path.is_file()),
    HOME / ".streamlit" / "secrets.example.toml",
    HOME / "docs" / "operations.md",
]
UNITS = sorted((DEPLOY / "systemd").iterdir())


@pytest.fixture(scope="module")
def services():
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))["services"]


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.name)
def test_every_setting_named_is_one(path):
    assert set(NAME.findall(path.read_text("utf-8"))) <= KNOWN


def test_every_setting_is_explained():
    assert KNOWN - set(NAME.findall((HOME / "docs" / "operations.md").read_text("utf-8"))) == set()


def test_only_the_proxy_is_reached_from_outside(services):
    assert [name for name, service in services.items() if "ports" in service] == ["proxy"]
    outside = [name for name, service in services.items() if "outside" in service["networks"]]
    assert outside == ["proxy"]


def test_our_own_services_can_write_nowhere_but_where_they_must(services):
    own = {name: service for name, service in services.items() if "build" in service}
    assert {"public-1", "public-2", "steward", "backup", "prepare"} == set(own)
    for service in own.values():
        assert service["read_only"]
        assert service["cap_drop"] == ["ALL"]
        assert service["mem_limit"]


def test_the_public_servers_have_only_the_readers_role_and_no_office_files(services):
    for name in ("public-1", "public-2"):
        assert "haugiang_reader:" in services[name]["environment"]["HG_STORE"]
        assert services[name]["environment"]["HG_MODE"] == "public"
        assert services[name]["volumes"] == ["spool:/spool"]
        assert services[name]["user"] != "10001"


def test_public_servers_only_add_to_the_spool(services):
    order = services["spool"]["entrypoint"]
    owner, group, mode = (order[order.index(option) + 1] for option in ("-o", "-g", "-m"))
    assert services["public-1"]["user"] == f"10002:{group}"
    assert (owner, mode) == ("10001", "3730")  # the office's; a group that adds; nobody else
    assert services["steward"]["group_add"] == [group]


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_units_are_understood_by_systemd(path):
    if shutil.which("systemd-analyze") is None:
        pytest.skip("needs systemd-analyze (Debian: apt install systemd)")
    done = subprocess.run(
        ["systemd-analyze", "verify", path], capture_output=True, text=True, check=False
    )
    complaints = [line for line in done.stderr.splitlines() if "is not executable" not in line]
    assert complaints == []


@pytest.mark.parametrize("name", ["haugiang-public.service", "haugiang-backup.service"])
def test_what_needs_no_other_machine_reaches_none(name):
    lines = (DEPLOY / "systemd" / name).read_text("utf-8").splitlines()
    reach = [line for line in lines if line.startswith("IPAddress")]
    assert reach == ["IPAddressAllow=localhost", "IPAddressDeny=any"]
