"""The ledger: each record once, with what it supports or why it does not count; counts add up."""

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as some

from geodata.core.text import _
from geodata.geography import units
from geodata.reading import knowledge, records
from geodata.reading.passport import passport
from geodata.reading.records_choice import PAGE, RecordChoice, chosen, from_words, to_words
from geodata.register import evidence as ev
from geodata.register import sites as register
from geodata.rules import plan, targets
from tests.examples import examples
from tests.shipped import EVIDENCE, SITES

DAY = date(2025, 6, 1)
PLAN = plan.of_year(plan.shipped(), 2025)
DISTRICTS = tuple(units.dissolve(units.load_blocks(), units.Vintage.LEGACY).index)
NAMES = dict.fromkeys(DISTRICTS, "Huyện") | {ev.PROVINCE: "Tỉnh"}


def told(*rows):
    table = pd.DataFrame([{"id": f"E{i}", **row} for i, row in enumerate(rows, 1)])
    return ev.typed(table, DAY)


def places(*rows):
    base = {"kind": "craft_village", "lifecycle": "operating", "founding": "decided"}
    base |= {"district_legacy": "930"}
    return register.typed(pd.DataFrame([{**base, "name_vi": row["id"], **row} for row in rows]))


def held(subject, day, **cells):
    usual = {"axis": "outreach", "kind": "held", "scope": "site", "topic": "scp", "grade": "A"}
    return {"subject": subject, "event_date": day, **usual, **cells}


def looked_at(sites, evidence, as_of=DAY, rules=PLAN):
    """What is used, why the rest is not, and what was counted."""
    about = sites, evidence, rules, as_of
    counted = targets.results(*about, DISTRICTS)
    behind = targets.grounds(counted, *about, districts=DISTRICTS)
    used = records.supports(*about, behind)
    why = records.reasons(*about, grounds=behind, used=used, plans=plan.shipped())
    return used, why, counted


def listed(sites, evidence, shown=None, looked=None):
    used, why, _counted = looked or looked_at(sites, evidence)
    shown = sites if shown is None else shown
    names = NAMES | shown["name_vi"].to_dict()
    public = ev.public(evidence, pd.Index(list(names)))
    uses = used.groupby("evidence")["status"].agg("; ".join).to_dict()
    rows = records.newest(records.listed(public, names))
    return records.ledger(rows, names, shown.index, uses, why)


# --- each record once ------------------------------------------------------------------------


@pytest.fixture(scope="module")
def whole(simulated):
    sites, evidence = simulated
    return sites, evidence.head(400)


@examples(8)
@given(data=some.data())
def test_every_record_is_listed_once_or_counted_as_not_shown(whole, data):
    sites, evidence = whole
    kept = data.draw(some.lists(some.sampled_from(range(len(evidence))), unique=True, max_size=60))
    evidence = evidence.iloc[sorted(kept)]
    hidden = set(data.draw(some.lists(some.sampled_from(list(sites.index)), max_size=60)))
    as_of = data.draw(some.dates(date(2024, 1, 1), date(2026, 11, 26)))
    rules = plan.default(plan.shipped(), as_of)
    shown = sites[~sites.index.isin(hidden)]
    looked = looked_at(sites, evidence, as_of, rules)
    table = listed(sites, evidence, shown, looked)
    unseen = evidence["subject"].isin(hidden)
    assert sorted(table.index) == sorted(evidence["id"][~unseen.to_numpy()])
    assert (table["supports"].notna() != table["reason"].notna()).all()
    used, _why, _counted = looked
    tally = knowledge.tally(evidence, sites, used)
    assert tally.records == len(table) + int(unseen.sum()) == tally.used + tally.left
    assert tally.sites == tally.with_records + tally.without
    dated = table["event_date"].dropna()
    assert dated.is_monotonic_decreasing
    assert table["event_date"].head(len(dated)).notna().all()  # those without a day come last


def test_the_shipped_records_are_all_listed_and_what_counts_is_what_the_passport_says():
    sites, evidence, as_of = SITES, EVIDENCE, date(2025, 12, 31)
    used, why, _counted = looked = looked_at(sites, evidence, as_of)
    assert len(listed(sites, evidence, looked=looked)) == len(evidence)
    for site in sites.index[:20]:
        shown = passport(site, sites, evidence, PLAN, as_of)
        decided = {i for finding in shown.findings for i in finding.records["id"]}
        assert decided <= set(used["evidence"])
        left = shown.others[~shown.others["id"].isin(used["evidence"]).to_numpy()]
        same = left[left["reason"] != _("No rule uses it")]
        assert why[same["id"]].tolist() == same["reason"].tolist()


# --- what it supports, and why not -----------------------------------------------------------


def test_an_event_supports_the_status_and_the_target_of_its_site():
    used, _why, _counted = looked_at(places({"id": "S1"}), told(held("S1", "2025-05-01")))
    assert used[["axis", "target", "status"]].fillna("").to_numpy().tolist() == [
        ["outreach", "", "reached"],
        ["", "T3", "reached"],
    ]


def test_a_districts_event_supports_its_target():
    used, _why, _counted = looked_at(places({"id": "S1"}), told(held("931", "2025-05-01")))
    assert used[["target", "status"]].to_numpy().tolist() == [["T5", "reached"]]


def test_a_document_left_out_of_its_target_supports_nothing_and_says_so():
    document = {"axis": "policy", "kind": "document", "grade": "A", "event_date": "2025-02-01"}
    document |= {"subject": "province", "topic": "central;scp;local_action_open"}
    used, why, _counted = looked_at(places({"id": "S1"}), told(document))
    assert used.empty
    assert "1" in why["E1"]


WHY = [
    (held("S1", ""), _("Grade D or without a date: kept, never counted")),
    (held("S1", "2025-12-01", kind="planned", grade="D"), "Hạng D"),
    (
        held("S1", "2025-05-01", topic="plastic_reduction"),
        _("None of the topics it names counts for a target"),
    ),
    (
        held("S1", "2025-05-01", axis="model", kind="self_declared"),
        _("A mere declaration does not count here"),
    ),
    (held("S1", "2025-05-01", scope="mass"), _("Mass communication alone does not count")),
    (held("province", "2025-05-01", scope="mass"), "Không nêu cơ sở"),
    (held("S1", "2019-05-01"), "Trước kỳ"),
]


def test_a_record_that_supports_nothing_says_why():
    _used, why, _counted = looked_at(places({"id": "S1"}), told(*(row for row, _why in WHY)))
    assert [reason in why[f"E{n}"] for n, (_row, reason) in enumerate(WHY, 1)] == [True] * len(WHY)


def test_what_was_replaced_or_comes_later_or_is_outdone_says_so():
    rows = [
        held("S1", "2025-05-01"),
        held("S1", "2025-05-02", supersedes="E1"),
        held("S1", "2025-05-03", grade="C"),
    ]
    _used, why, _counted = looked_at(places({"id": "S1"}), told(*rows))
    assert why.to_dict() == {
        "E1": _("Replaced or withdrawn"),
        "E3": _("Another record decides"),
    }


# --- what is known, and what is not ----------------------------------------------------------


def test_a_withdrawn_record_speaks_of_no_site_any_more():
    rows = [held("S1", "2025-05-01"), held("S1", "2025-05-02", kind="withdraw", refers_to="E1")]
    sites, evidence = places({"id": "S1"}, {"id": "S2"}), told(*rows)
    used, _why, _counted = looked_at(sites, evidence)
    tally = knowledge.tally(evidence, sites, used)
    assert (tally.records, tally.used, tally.with_records, tally.without) == (2, 0, 0, 2)


def test_papers_change_most_where_most_keeps_a_target_from_being_judged():
    sites = places(
        {"id": "S1", "district_legacy": "931"},
        {"id": "S2", "district_legacy": "931"},
        {"id": "S3", "district_legacy": "932", "founding": "unknown"},
        {"id": "S4", "district_legacy": ""},
    )
    _used, _why, counted = looked_at(sites, told(held("933", "2025-05-01")))
    assert "T3" in {result.target.id for result in knowledge.unjudged(counted)}
    first, second, third = knowledge.openings(counted, sites)
    assert (first.district, dict(first.unknown)) == ("931", {"T3": 2, "T5": 1})
    assert (second.district, dict(second.unknown)) == ("932", {"T3": 1, "T5": 1})
    assert third.total == 1
    assert third.district != "933"  # which is known to have organised outreach


# --- the choice --------------------------------------------------------------------------------


def test_a_search_knows_no_accents_and_asks_for_every_word():
    sites = places({"id": "S1", "name_vi": "Làng nghề Tân Thành"}, {"id": "S2", "name_vi": "Khác"})
    rows = [held("S1", "2025-05-01", doc_no="12/BC-SCT"), held("S2", "2025-05-02")]
    table = listed(sites, told(*rows))
    for text in ("tan thanh", "THÀNH nghề", "12/bc-sct", "e1"):
        assert list(chosen(table, RecordChoice(text=text)).index) == ["E1"], text
    for text in ("tan thanh khac", "bc/12"):
        assert chosen(table, RecordChoice(text=text)).empty, text


def test_filters_leave_what_they_name():
    sites = places({"id": "S1"})
    table = listed(
        sites, told(held("S1", "2025-05-01"), held("930", "2024-05-01"), held("930", ""))
    )
    assert list(chosen(table, RecordChoice(years=("2024",))).index) == ["E2"]
    assert list(chosen(table, RecordChoice(years=(records.UNDATED,))).index) == ["E3"]
    assert list(chosen(table, RecordChoice(grades=("D",))).index) == ["E3"]
    assert list(chosen(table, RecordChoice(subject="S1")).index) == ["E1"]
    assert chosen(table, RecordChoice(axes=("model",))).empty


CHOICES = some.builds(
    RecordChoice,
    text=some.text(max_size=40),
    axes=some.lists(some.sampled_from(ev.AXES), unique=True).map(tuple),
    grades=some.lists(some.sampled_from(ev.GRADES), unique=True).map(tuple),
    years=some.lists(some.sampled_from(["2024", "2025", records.UNDATED]), unique=True).map(tuple),
    subject=some.sampled_from(["", "930", "HG-ST-01"]),
    rows=some.integers(PAGE, 5000),
)


@given(choice=CHOICES)
def test_a_choice_comes_back_from_its_address(choice):
    assert from_words(to_words(choice)) == (choice, [])


@given(words=some.dictionaries(some.sampled_from(["axes", "grades", "years", "rows"]), some.text()))
def test_an_address_of_nonsense_is_said_and_left_out(words):
    choice, problems = from_words(words)
    assert choice.rows >= PAGE
    assert from_words(to_words(choice)) == (choice, [])
    assert len(problems) <= len(words)
