"""The inventory: what there is where, of whom anything is on record, and when a map opens on it."""

from datetime import date, timedelta

import pandas as pd
import pytest

from geodata.reading import inventory
from geodata.reading.legend import inventory as legend
from geodata.reading.view import View
from geodata.register.lifecycle import lifecycle_on
from tests.shipped import EVIDENCE, SITES

DAY = date(2025, 12, 31)
VIEW = View(as_of=DAY)


@pytest.mark.parametrize(
    ("choice", "known", "painted"),
    [
        ({}, 29, "kinds"),
        ({}, 30, "statuses"),
        ({"axis": "compliance"}, 0, "statuses"),  # who asks for statuses gets them
        ({"statuses": ("no-data",)}, 0, "statuses"),
        ({"paint": "kinds"}, 100, "kinds"),
        ({"paint": "statuses"}, 0, "statuses"),
        ({"kinds": ("supermarket",), "unit": "31321"}, 0, "kinds"),
    ],
)
def test_a_map_shows_what_was_asked_for_else_what_suits_what_is_known(choice, known, painted):
    assert inventory.painted(View(as_of=DAY, **choice), known, 100) == painted


def test_a_register_without_sites_is_painted_too():
    assert inventory.painted(VIEW, 0, 0) == "statuses"
    assert inventory.answer(0, 0) is None


def test_an_entry_says_whether_a_record_speaks_of_a_site_and_whether_it_is_at_work():
    entries = inventory.entries(SITES, EVIDENCE, DAY).astype("string")
    spoken = SITES.index.isin(EVIDENCE["subject"]) & (SITES["public"] == "yes").to_numpy()
    assert (entries.str.endswith("recorded").to_numpy() == spoken).all()
    works = lifecycle_on(SITES, DAY).isin(["operating", "unknown"]).to_numpy()
    assert (entries.str.startswith("idle").to_numpy() == ~works).all()


def test_a_withdrawn_record_is_none():
    site = EVIDENCE["subject"][EVIDENCE["subject"].isin(SITES.index)].iloc[0]
    about = EVIDENCE[EVIDENCE["subject"] == site]
    ends = about.assign(
        id=[f"W-{n}" for n in range(len(about))], kind="withdraw", supersedes=about["id"]
    )
    entry = inventory.entries(SITES, about, DAY)[site]
    assert entry.endswith("recorded")
    left = inventory.entries(SITES, ends.iloc[:0], DAY)[site]
    assert not left.endswith("recorded")


def test_public_evidence_is_that_of_public_sites_up_to_the_day():
    site = "HG-MH-01"
    hidden = SITES.assign(public=SITES["public"].mask(SITES.index == site, "no"))
    assert site not in inventory.with_public_evidence(hidden, EVIDENCE, DAY)
    assert not inventory.entries(hidden, EVIDENCE, DAY)[site].endswith("recorded")
    about = EVIDENCE[EVIDENCE["subject"] == site]
    dated = about.assign(event_date=pd.Timestamp(DAY))
    assert site in inventory.with_public_evidence(SITES, dated, DAY)
    assert site not in inventory.with_public_evidence(SITES, dated, DAY - timedelta(days=1))


def test_its_bar_is_known_and_not_known_without_a_threshold():
    given = inventory.answer(10, 46)
    assert given.bar.yes + given.bar.unknown == pytest.approx(1)
    assert given.bar.goal is None
    assert "10" in given.headline
    assert "36" in given.detail


def test_the_legend_counts_every_site_once_whichever_kinds_are_chosen():
    entries = inventory.entries(SITES, EVIDENCE, DAY)
    for kinds in ((), ("supermarket",), ("industrial_park", "craft_village")):
        shown = legend(SITES, entries, View(as_of=DAY, kinds=kinds), SITES)
        assert sum(row["count"] for row in shown["things"]) == len(SITES)
        assert {r["kind"] for r in shown["things"] if r["on"]} == set(kinds or SITES["kind"])
        among = entries[SITES["kind"].isin(kinds or SITES["kind"]).to_numpy()].astype("string")
        counts = {row["entry"]: row["count"] for row in shown["signs"]}
        assert counts["recorded"] == among.str.endswith("recorded").sum()
        assert counts["idle"] == among.str.startswith("idle").sum()


def test_the_legend_explains_sizes_only_where_symbols_differ():
    entries = inventory.entries(SITES, EVIDENCE, DAY)
    parks, shops = (
        legend(SITES, entries, View(as_of=DAY, kinds=(kind,)), SITES)["notes"]
        for kind in ("industrial_park", "supermarket")
    )
    assert any("200 ha" in note for note in parks)
    assert not any("ha" in note.split() for note in shops)
