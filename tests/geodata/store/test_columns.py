"""Copies of a workspace as columns: never anything else than what the rows say."""

import json
import shutil

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from geodata.store import REAL, Store, columns
from tests.geodata.store.samples import (
    RECORDS,
    REGISTER,
    STEWARD,
    changed,
    declared,
    drafted,
    entered,
    removed,
    said,
    scanned,
    site,
)

TABLES = ("sites", "evidence", "declarations", "documents")

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def on():
    return "sqlite"


@pytest.fixture
def copying(store, monkeypatch):
    """A store of which each loading leaves a copy."""
    monkeypatch.setattr(columns, "WORTH", 1)
    return store


def rows(store, **options):
    """Load past any copy."""
    return Store(f"sqlite:///{store.path}", writable=False, columns=store.path / "none").load(
        REAL, **options
    )


def alike(one, other):
    """Check that two states hold the same in the same order; where their text lies may differ."""
    for table in TABLES:
        a, b = (getattr(state, table) for state in (one, other))
        assert_frame_equal(_plain(a), _plain(b))
        assert [kind.name for kind in a.dtypes] == [kind.name for kind in b.dtypes]


def _plain(frame):
    cells = {name: [None if pd.isna(c) else c for c in frame[name]] for name in frame}
    return pd.DataFrame(cells, index=list(frame.index))


def copies(store):
    return sorted(place.name for place in store.columns.iterdir())


@pytest.fixture
def begun(monkeypatch):
    """From after which entry rows were read, load by load."""
    entries, real = [], columns.rows.between

    def between(connection, kept, workspace, span, *without):
        entries.append(span[0])
        return real(connection, kept, workspace, span, *without)

    monkeypatch.setattr(columns.rows, "between", between)
    return entries


def test_after_every_kind_of_entry_the_copy_holds_what_the_rows_hold(copying, begun):
    copying.load(REAL)
    steps = [
        lambda: drafted(copying, said("E1", "E2"), site(), declarations=declared("D1")),
        lambda: drafted(copying, documents=scanned("a" * 64, "E1", "biên bản ⟨1⟩.pdf")),
        lambda: changed(copying, site(name="Siêu thị Đổi Tên")),
        lambda: removed(copying, "S1"),
        lambda: drafted(copying, None, site(name="Lại vào")),
        lambda: copying.undo(REAL, 6, who=STEWARD),
        lambda: drafted(copying, said("E3", topic="scp;waste", kind="planned")),
    ]
    for step in steps:
        step()
        begun.clear()
        joined, whole = copying.load(REAL), copying.load(REAL)
        assert 0 not in begun
        alike(joined, rows(copying))
        alike(whole, joined)
        assert copying.miscopied() == []


def test_the_public_reads_the_copy_and_writes_none(copying, begun):
    entered(copying, said("E1"))
    copying.load(REAL)
    before = copies(copying)
    public = Store(f"sqlite:///{copying.path}", writable=False)
    begun.clear()
    seen = public.load(REAL, published=True)
    assert begun
    assert 0 not in begun
    alike(seen, rows(copying, published=True))
    drafted(copying, said("E2"))
    assert "E2" not in set(public.load(REAL, published=True).evidence["id"])
    assert copies(copying) == before


@pytest.mark.parametrize("where", ["evidence.arrow", "site.arrow", "manifest.json"])
@pytest.mark.parametrize("how", ["cut", "bent", "gone"])
def test_a_damaged_copy_is_as_good_as_none_and_made_anew(copying, where, how):
    copying.load(REAL)
    (name,) = copies(copying)
    path = copying.columns / name / where
    content = path.read_bytes()
    if how == "gone":
        path.unlink()
    else:
        middle = len(content) // 2
        bent = content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]
        path.write_bytes(bent if how == "bent" else content[:middle])
    alike(copying.load(REAL), rows(copying))
    assert path.read_bytes() == content


def test_a_copy_of_another_store_is_not_taken(copying, tmp_path):
    """After a backup is put back, an entry of the same number may be another one."""
    other = Store(f"sqlite:///{tmp_path}/other.sqlite", columns=copying.columns)
    other.create(REGISTER.iloc[:3], RECORDS.iloc[:0])
    other.load(REAL)
    assert len(copies(copying)) == 1
    alike(other.load(REAL), rows(other))
    alike(copying.load(REAL), rows(copying))
    assert len(copying.load(REAL).sites) == len(REGISTER)


def test_a_copy_of_another_form_is_not_taken(copying):
    copying.load(REAL)
    (name,) = copies(copying)
    path = copying.columns / name / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"form": 0}))
    alike(copying.load(REAL), rows(copying))
    assert json.loads(path.read_text())["form"] != 0


def test_a_copy_with_columns_of_another_kind_is_not_taken(copying, begun, monkeypatch):
    copying.load(REAL)
    monkeypatch.setattr(columns, "CATEGORIES", (*columns.CATEGORIES, "event"))
    begun.clear()
    assert list(copying.load(REAL).evidence["id"]) == list(RECORDS["id"])
    assert begun[0] == 0


def test_a_day_of_knowledge_and_an_earlier_entry_are_as_by_the_rows(copying):
    first = copying.load(REAL).revision
    drafted(copying, said("E1"))
    copying.load(REAL)
    alike(copying.load(REAL, upto=first), rows(copying, upto=first))
    day = pd.Timestamp("2024-07-01").date()
    alike(copying.load(REAL, known_at=day), rows(copying, known_at=day))


def test_what_is_newest_and_what_the_public_sees_stays_and_nothing_else(copying):
    copying.load(REAL)
    for key in ("E1", "E2", "E3"):
        drafted(copying, said(key))
        copying.load(REAL)
    assert [name.split("-")[1] for name in copies(copying)] == ["1", "4"]
    copying.load(REAL, upto=2)
    assert [name.split("-")[1] for name in copies(copying)] == ["1", "4"]


def test_copies_of_what_a_backup_took_the_place_of_go(copying, begun):
    copying.load(REAL)
    (name,) = copies(copying)
    for number in ("7", "9"):
        shutil.copytree(copying.columns / name, copying.columns / f"real-{number}-{'0' * 16}")
    drafted(copying, said("E1"))
    copying.load(REAL)
    assert [name.split("-")[1] for name in copies(copying)] == ["1", "2"]
    begun.clear()
    alike(copying.load(REAL), rows(copying))
    assert begun[0] == 2


@pytest.mark.parametrize("mode", [0o600, 0o640])
def test_nobody_reads_a_copy_who_may_not_read_the_store(copying, mode):
    copying.path.chmod(mode)
    copying.load(REAL)
    places = [copying.columns, *copying.columns.rglob("*")]
    assert {path.stat().st_mode & 0o077 & ~0o010 for path in places} == {mode & 0o077}


def test_where_no_copy_can_be_written_the_rows_are_read(copying):
    copying.columns.write_text("a file in its way")
    alike(copying.load(REAL), rows(copying))


def test_few_rows_need_no_copy(store):
    store.load(REAL)
    assert not store.columns.exists()


def test_a_copy_that_somebody_forged_is_named(copying):
    copying.load(REAL)
    assert copying.miscopied() == []
    (name,) = copies(copying)
    forged = copying.load(REAL)
    register = pd.DataFrame(forged.sites.drop(columns="geometry")).assign(removed=False)
    register.loc[register.index[0], "name_vi"] = "Siêu thị không có thật"
    tables = [register, *(t.assign(removed=False) for t in list(vars(forged).values())[3:6])]
    content = json.loads((copying.columns / name / "manifest.json").read_text())["content"]
    columns._written(copying.columns, REAL, (1, content), tables, 0o600)
    assert "Siêu thị không có thật" in set(copying.load(REAL).sites["name_vi"])
    assert copying.miscopied() == [name]


@pytest.mark.parametrize("on", ["postgresql"])
def test_of_a_server_the_copies_lie_where_it_is_told(store, url, tmp_path, monkeypatch):
    monkeypatch.setattr(columns, "WORTH", 1)
    store.columns = tmp_path / "columns"
    store.load(REAL)
    drafted(store, said("E1"))
    plain = Store(url, writable=False)
    alike(store.load(REAL), plain.load(REAL))
    alike(store.load(REAL), plain.load(REAL))
    assert [name.split("-")[1] for name in copies(store)] == ["1", "2"]
    assert {path.stat().st_mode & 0o077 for path in store.columns.rglob("*")} == {0}
    plain._engine.dispose()
