"""Screens with figures on every kind of day: none fails, and each figure is the same everywhere."""

import html
import json
import re
from datetime import date
from functools import cache
from itertools import combinations, product
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest
import streamlit as st

from geodata import intake
from geodata.core.clock import today
from geodata.core.text import _, number
from geodata.geography import units
from geodata.outputs.briefing.wording import words
from geodata.people.access import Person
from geodata.reading.findings import counted, open_text
from geodata.reading.inventory import entries
from geodata.reading.view import VINTAGES, View, plan_of, usual_day
from geodata.register import sites
from geodata.rules import plan
from geodata.rules.status import status_of
from geodata.rules.targets import of_axis, results
from geodata.simulation import simulate
from geodata.store import REAL, SIMULATED, Store, known_subjects
from layers.sites import letters
from pages.parts.briefing.markup import figure
from pages.parts.map import served
from pages.parts.shared import access

PAGES = Path(__file__).parents[2] / "pages"
AXES = ("outreach", "compliance")
DAYS = (None, "2024-12-31", "2025-06-30", "2025-08-31", "today")
_SUM = re.compile(r"\*\*[\d.]+ minh chứng\*\*")
OPEN = _("Not known whether in the denominator")
DENOMINATOR = _("In the denominator")


def awkward(register):
    """Let sites lack a unit, a position, a name in public or what tells whether they count."""
    table = pd.DataFrame(register.drop(columns="geometry")).astype(object)
    for column in sites.DAYS:
        table[column] = table[column].map(lambda d: "" if pd.isna(d) else f"{d:%Y-%m-%d}")
    for kind in ("craft_village", "industrial_cluster", "supermarket", "shopping_centre"):
        ids = table.index[(table["kind"] == kind).to_numpy()]
        table.loc[ids[0::9], ["district_legacy", "commune_legacy", "commune_2025"]] = ""
        table.loc[ids[1::9], "commune_2025"] = ""
        table.loc[ids[2::9], ["lat", "lon", "position_accuracy_m"]] = ""
        table.loc[ids[3::9], "public"] = "no"
        table.loc[ids[4::9], ["lifecycle", "valid_from", "valid_to"]] = ["unknown", "", ""]
        table.loc[ids[5::9], ["founding", "decision", "decision_date"]] = ["unknown", "", ""]
        both = ids[6::9]
        table.loc[both, ["lifecycle", "valid_from", "valid_to"]] = ["unknown", "", ""]
        table.loc[both, ["public", "commune_2025"]] = ["no", ""]
    return sites.typed(table.fillna("").astype(str))


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The shipped data as it is, and an awkward simulated workspace."""
    path = tmp_path_factory.mktemp("walk") / "store.sqlite"
    store = Store(f"sqlite:///{path}")
    store.create(intake.shipped_sites(), intake.shipped_evidence())
    geography = units.load_blocks(), units.load_legacy_communes()
    invented, records = simulate.simulate(*geography, plan.shipped(), 120, 1)
    store.fill(SIMULATED, awkward(invented), records, simulate.declare())
    return path


@pytest.fixture(scope="module")
def truth(made):
    """Return what is counted at an address, straight from the store and the targets."""
    store = Store(f"sqlite:///{made}")
    snapshots = {workspace: store.load(workspace) for workspace in (REAL, SIMULATED)}
    districts = tuple(units.dissolve(units.load_blocks(), units.Vintage.LEGACY).index)

    @cache  # the same targets on every axis and in both vintages
    def counted_at(workspace, as_of):
        rules, snapshot = plan_of(View(as_of=as_of), plan.shipped()), snapshots[workspace]
        return results(snapshot.sites, snapshot.evidence, rules, as_of, districts)

    def of(query):
        snapshot = snapshots[query["workspace"]]
        as_of = usual_day(plan.shipped(), today())
        if "as_of" in query:
            as_of = date.fromisoformat(query["as_of"])
        rules = plan_of(View(as_of=as_of), plan.shipped())
        said = counted_at(query["workspace"], as_of)
        shown = sites.public(snapshot.sites).index
        return SimpleNamespace(
            as_of=as_of,
            plan=rules,
            register=snapshot.sites,
            records=snapshot.evidence,
            shown=shown,
            hidden=snapshot.sites.index.difference(shown),
            results=said,
            asked=of_axis(said, query["axis"]),
            axis=query["axis"],
        )

    return of


def addresses():
    """Every pair of workspace, axis, vintage and day, and no more of their combinations."""
    for d, chosen in enumerate(DAYS):
        mixed = ((REAL, AXES[1]), (SIMULATED, AXES[0]))[d % 2]
        for v, (workspace, axis) in enumerate(((REAL, AXES[0]), (SIMULATED, AXES[1]), mixed)):
            vintage = VINTAGES[(d // 2 + v) % len(VINTAGES)]
            query = {"workspace": workspace, "axis": axis, "vintage": vintage}
            yield query if chosen is None else {**query, "as_of": chosen}


def spelled(query):
    """The words of an address, today as it is today."""
    return {name: today().isoformat() if text == "today" else text for name, text in query.items()}


def test_the_addresses_hold_every_pair():
    choices = {
        "workspace": (REAL, SIMULATED),
        "axis": AXES,
        "vintage": VINTAGES,
        "as_of": DAYS,
    }
    for one, other in combinations(choices, 2):
        walked = {(query.get(one), query.get(other)) for query in addresses()}
        assert walked == set(product(choices[one], choices[other]))


@pytest.mark.parametrize("query", list(addresses()), ids=lambda query: "-".join(query.values()))
def test_no_screen_fails_and_all_have_one_sum(open_app, shown, truth, query):
    query = spelled(query)
    right = truth(query)
    app = open_app(next(iter(HOLDS)), **query, paint="statuses")
    for screen, holds in HOLDS.items():
        if screen in list(HOLDS)[1:]:
            app = app.switch_page(str(PAGES / f"{screen}.py")).run()
        _without_error(app)
        holds(shown(app), right)
        sent = shown(app).payload().decode(errors="replace")
        assert not [site for site in right.hidden if site in sent], screen


def _without_error(app):
    assert not app.exception
    assert not [html.unescape(error.value) for error in app.error]


# --- what each screen has to say -----------------------------------------------------------


def _legend(seen):
    rows = [row for group in seen.map()["state"]["legend"]["groups"] for row in group["rows"]]
    return {row["key"]: row["count"] for row in rows}


def _heading(seen):
    """How many sites the heading counts, and how many of them it says are not named."""
    (said,) = (str(m.value) for m in seen.app.markdown if "chốt ngày **" in str(m.value))
    (n,) = re.findall(r"\*\*([\d.]+)(?: trong [\d.]+)? cơ sở\*\*", said)
    unnamed = re.findall(r"trong đó ([\d.]+) cơ sở không nêu tên", said)
    return int(n.replace(".", "")), int(unnamed[0]) if unnamed else 0


def _answer(seen):
    """The headline of the panel, and the sentence below it."""
    head = next(at for at, m in enumerate(seen.app.markdown) if str(m.value).startswith("### "))
    return "\n".join(str(m.value) for m in seen.app.markdown[head : head + 2])


def _table(seen, column):
    return next(t.value for t in seen.app.dataframe if column in t.value.columns)


def _named_table(seen, name):
    ids = (t for t in seen.app.dataframe if t.proto.id.split("-w_")[-1].startswith(name))
    return next((t.value for t in ids), None)


def _on_the_map(seen, right):
    assert sum(_legend(seen).values()) == len(right.register)
    assert _heading(seen) == (len(right.register), len(right.hidden))
    assert len(seen.app.dataframe[0].value) == len(right.shown)
    count = right.asked.count
    if count and count.total:
        figure = counted(count, right.asked)
        assert any(str(m.value).startswith(f"### {figure} ") for m in seen.app.markdown)
    status = status_of(right.register, right.records, right.plan, right.as_of)
    day = served.fetched(served.address(seen.map()["state"]["day"]))
    entry = entries(right.register, right.records, right.as_of).loc[right.shown]
    assert json.loads(day) == letters(status.loc[right.shown], entry)


def _in_the_briefing(seen, right):
    said = seen.payload().decode(errors="replace")
    for result in right.results:
        if result.count and result.verdict is not None:
            assert figure(counted(result.count, result)) in said
            if result.count.open:
                assert html.escape(open_text(result.count)) in said
    count, rows = right.asked.count, _table(seen, "Hạng")
    done, waiting, not_so = words(right.axis)
    of = [cell.split("/") for cell in rows[done]]
    assert sum(int(yes) for yes, _sites in of) == count.yes
    assert sum(int(n) for _yes, n in of) == count.total
    sums = {column: int(rows[column].sum()) for column in (waiting, not_so, OPEN)}
    assert sums == {waiting: count.unknown, not_so: count.no, OPEN: count.open}


def _in_the_gaps(seen, right):
    count = right.asked.count
    done, waiting, not_so = words(right.axis)
    wanted = {
        DENOMINATOR: count.total,
        done: count.yes,
        waiting: count.unknown,
        not_so: count.no,
        OPEN: count.open,
    }
    for name in ("don-vi", "loai-hinh"):
        rows = _named_table(seen, name)
        assert {column: int(rows[column].sum()) for column in wanted} == wanted
    sentence = _answer(seen)
    if count.total and count.yes:
        assert counted(count, right.asked) in html.unescape(sentence)
    if count.open:
        assert number(count.open) in sentence
    left = right.asked.counted.index[(right.asked.counted["part"] != "yes").to_numpy(dtype=bool)]
    titles = "\n".join(str(s.value) for s in seen.app.subheader)
    assert _("Worklist: {n:site|sites}").format(n=number(len(left))) in titles
    _rows(seen, "can-tiep-can", left.intersection(right.shown))
    _rows(seen, "chua-ro-mau-so", right.asked.open.index.intersection(right.shown))
    _of_the_target(seen, right)


def _rows(seen, name, ids):
    rows = _named_table(seen, name)
    assert set(rows.index if rows is not None else []) == set(ids)


def _of_the_target(seen, right):
    """The map and its heading count the target's kinds; who is out has a status that says so."""
    kinds = right.register["kind"].isin(right.asked.target.kinds).sum()
    legend = _legend(seen)
    assert sum(legend.values()) == kinds == _heading(seen)[0]
    count = right.asked.count
    assert kinds - legend["not-applicable"] == count.total + count.open


def _in_the_visits(seen, right):
    _of_the_target(seen, right)
    left = right.asked.counted.index[(right.asked.counted["part"] != "yes").to_numpy(dtype=bool)]
    named = left.intersection(right.shown)
    said = html.unescape("\n".join(str(m.value) for m in seen.app.markdown))
    if len(named):
        assert f" trên {number(len(named))} cơ sở còn thiếu" in said
    if len(left) > len(named):
        assert any(f"{len(left) - len(named)} cơ sở cần đến" in c.value for c in seen.app.caption)
    covered = seen.map()["state"].get("visits", {}).get("covered", [])
    assert set(covered) <= set(named)


def _in_the_evidence(seen, right):
    sentence = _answer(seen)
    assert number(len(right.records)) in sentence
    assert number(len(right.register)) in sentence
    public = right.records["subject"].isin(known_subjects(right.shown))
    listed = next(str(m.value) for m in seen.app.markdown if _SUM.fullmatch(str(m.value)))
    assert listed == f"**{_('{n} records').format(n=number(int(public.sum())))}**"
    hidden = len(right.records) - int(public.sum())
    assert any(number(hidden) in str(c.value) for c in seen.app.caption) or not hidden


HOLDS = {
    "briefing": _in_the_briefing,
    "gaps": _in_the_gaps,
    "visits": _in_the_visits,
    "evidence": _in_the_evidence,
    "map": _on_the_map,
}


# --- public = office -----------------------------------------------------------------------

LAN = Person("lan@example.vn", "Lan", frozenset({"steward"}))
SAME = [
    {"workspace": SIMULATED, "axis": "outreach", "vintage": "legacy", "as_of": "2024-12-31"},
    {"workspace": SIMULATED, "axis": "compliance", "vintage": "2025", "as_of": "2025-08-31"},
]


@pytest.fixture
def as_office(monkeypatch):
    """Make the server the office's from now on, with somebody signed in."""

    def switch():
        monkeypatch.setenv("HG_MODE", "steward")
        monkeypatch.setattr(access, "person", lambda: LAN)
        st.cache_resource.clear()  # one process serves one of the two

    yield switch
    st.cache_resource.clear()


@pytest.mark.parametrize("query", SAME, ids=lambda query: "-".join(query.values()))
def test_the_public_and_the_office_see_the_same_figures(open_app, shown, as_office, query):
    def figures():
        app = open_app(**query)
        first = shown(app)
        seen = [_legend(first), _heading(first)[0]]
        for screen in ("briefing", "gaps"):
            app = app.switch_page(str(PAGES / f"{screen}.py")).run()
            assert not app.exception
            seen.append([str(m.value) for m in app.markdown if str(m.value).startswith("### ")])
            seen += [
                t.value.to_dict("list") for t in app.dataframe if "Địa bàn" in t.value.columns
            ][:1]
            seen.append([str(s.value) for s in app.subheader])
        seen.append(_legend(shown(app)))
        return seen

    public = figures()
    as_office()
    office = figures()
    for one, other in zip(public, office, strict=True):
        assert one == other
