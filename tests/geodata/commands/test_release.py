"""``release``: what was published, in a folder that stays; nothing of a draft."""

import json

import pandas as pd

from geodata.commands.main import main
from geodata.store import Store
from tests.geodata.store.samples import changed


def released(capsys, *words):
    assert main(["release", "--json", *words]) == 0
    return json.loads(capsys.readouterr().out)


def test_a_release_is_what_was_published_and_stays(store, tmp_path, capsys, clock):
    day = "2024-12-31"
    first = released(capsys, str(tmp_path), "--as-of", day)
    assert first["release"].endswith(day)
    assert all((tmp_path / first["release"] / one["path"]).exists() for one in first["files"])
    at = Store(f"sqlite:///{store}")
    site = at.load("real").sites.loc[["HG-ST-01"]]
    changed(at, site.assign(name_vi=pd.array(["Tên nháp"], dtype="string")))
    clock(pd.Timestamp("2027-05-05").date())
    assert released(capsys, str(tmp_path), "--as-of", day) == first
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == [first["release"]]


def test_simulated_data_is_called_so(store, tmp_path, capsys):  # noqa: ARG001 - the command opens it
    made = released(capsys, str(tmp_path), "--demo", "--as-of", "2024-12-31")
    assert made["release"].startswith("mo-phong-")
    folder = tmp_path / made["release"]
    assert "DỮ LIỆU MÔ PHỎNG" in (folder / "README.txt").read_text("utf-8")
    package = json.loads((folder / "datapackage.json").read_bytes())
    assert package["licenses"][0]["name"] == "other-open"
