"""The site without a server, of many sites beside few: its folder's time and its first view."""

import time
from datetime import date

import pytest

from geodata.geography import units
from geodata.outputs.open.tables import origin_of
from geodata.people.letterhead import Letterhead
from geodata.reading.view import usual_day
from geodata.rules import plan
from geodata.simulation import simulate
from geodata.store import SIMULATED, Store
from layers.site import sites
from layers.site.build import publish
from layers.site.checked import first_view
from layers.site.edition import edition_of

pytestmark = pytest.mark.benchmark
MOST_PAGES, FEW, MANY = 500, 600, 1_800  # in place of 5,000, 6,000 and 18,000


def published(count, room):
    """Return processor seconds, files and bytes of a folder, and bytes of its first view."""
    store = Store(f"sqlite:///{room}/{count}.sqlite")
    store.create()
    store.fill(
        SIMULATED,
        *simulate.simulate(
            units.load_blocks(), units.load_legacy_communes(), plan.shipped(), count, 1
        ),
    )
    snapshot, day = store.load(SIMULATED, published=True), date(2026, 11, 27)
    as_of = usual_day(plan.shipped(), day)
    origin = origin_of(store, snapshot, as_of, Letterhead(), plan.shipped())
    started = time.process_time()
    written = publish(edition_of(snapshot, origin, day), room / str(count))
    return time.process_time() - started, written, first_view(room / str(count))


def test_a_folder_grows_slower_than_its_sites_and_its_first_view_not_at_all(
    tmp_path, report, monkeypatch
):
    monkeypatch.setattr(sites, "MOST_PAGES", MOST_PAGES)
    few, files, view = published(FEW, tmp_path)
    many, more_files, larger_view = published(MANY, tmp_path)
    report(
        f"site of {FEW:,} sites {few:.1f} s of the processor, {files['bytes'] / 1e6:.0f} MB; "
        f"of {MANY:,} {many:.1f} s, {more_files['bytes'] / 1e6:.0f} MB: {many / few:.1f} times; "
        f"first view {view / 1000:.0f} and {larger_view / 1000:.0f} KB"
    )
    assert many < few * MANY / FEW
    assert larger_view < 1.1 * view
