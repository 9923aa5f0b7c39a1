"""The two axes against a second, naive writing of the same rules, and rule by rule."""

from datetime import date, timedelta
from functools import cache

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, assume, given
from hypothesis import strategies as st

from geodata.register import evidence as ev
from geodata.register import sites
from geodata.rules import plan, status
from tests.examples import DEEP, examples
from tests.geodata.rules import reference_status as reference

PLANS = {p.year: p for p in plan.shipped()}
ENTERED = date(2026, 11, 22)
IDS = tuple(f"S{i}" for i in range(4))
RECORD_IDS = tuple(f"E{i:02d}" for i in range(25))
AS_OFS = (
    *(date(2024, 1, 1), date(2024, 6, 30), date(2024, 12, 30), date(2024, 12, 31)),
    *(date(2025, 1, 1), date(2025, 6, 30), date(2025, 12, 31), date(2026, 1, 1), ENTERED),
)
# Days at which some rule changes its mind, for one of the as-of dates above.
EDGES = (
    *(date(2020, 12, 31), date(2021, 1, 1), date(2021, 12, 31), date(2022, 1, 1)),
    *(date(2023, 12, 31), date(2024, 1, 1), date(2024, 3, 7), date(2024, 3, 8)),
    *(t + timedelta(days=n) for t in AS_OFS for n in (-366, -365, -364, -1, 0, 1)),
)

# What one record may say, from which both the strategies and the bulk test draw.
AXES = (*("outreach", "compliance") * 3, "model", "model", "education")
KINDS = {
    "outreach": ("held", "held", "planned", "cancelled", "none_confirmed", "withdraw"),
    "compliance": ("check", "check", "self_declared", "withdraw", "planned"),
    "model": ("milestone", "milestone", "withdraw"),
    "education": ("held", "check", "milestone", "withdraw"),
}
TOPICS = ("scp", "scp", "plastic_reduction", "waste_sorting; scp", "scps", None)
STAGE_TOPICS = (*(f"circular_economy;{s}" for s in reference.FURTHEST_FIRST), "scp", None)
CRITERIA = {
    "P45": ("R1", "R2"),
    "ND08-64": ("R3", "R4"),
    "CV56": ("K1", "K2", "K3", "K4", "K5", "K6"),
}
LIKELY = {
    "craft_village": ("CV56",) * 8,
    **dict.fromkeys(reference.RETAIL, ("P45",) * 5 + ("ND08-64",) * 3),
}
KINDS_OF_SITE = (*("craft_village", "supermarket", "supermarket", "pilot_model") * 2, *sites.KINDS)
OFTEN_BLANK = (None,) * 300


class Dice:
    """Draws as hypothesis does, from a numpy generator: for many registers at once."""

    def __init__(self, seed):
        self.rng = np.random.default_rng(seed)

    def __call__(self, options):
        return options[int(self.rng.integers(len(options)))]


def any_site(pick, name):
    since = pick((*OFTEN_BLANK, *EDGES))
    until = pick((*OFTEN_BLANK, *EDGES))
    return {
        "id": name,
        "kind": pick(KINDS_OF_SITE),
        "name_vi": name,
        "lifecycle": pick(("operating",) * 18 + sites.LIFECYCLES),
        "founding": pick((*("decided", "unknown") * 4, "not_decided")),
        "valid_from": since,
        "valid_to": None if since and until and until < since else until,
        "decision_date": pick((*OFTEN_BLANK[:50], *EDGES)),
    }


def any_record(pick, name, places, others):
    axis = pick(AXES)
    about = pick((*places, *places, {"id": "930", "kind": None}))
    profile = pick((*CRITERIA, None, *LIKELY.get(about["kind"], ())))
    happened = pick((*OFTEN_BLANK[:4], *EDGES))
    entered = pick((*EDGES, *[happened] * 90)) or ENTERED
    # An event that was held cannot be entered before it took place.
    entered = max(entered, happened) if happened else entered
    favoured = pick(ev.ANSWERS)
    says = {c: pick((*ev.ANSWERS, *[favoured] * 9, None)) for c in CRITERIA.get(profile, ())}
    return {
        "id": name,
        "subject": about["id"],
        "axis": axis,
        "kind": pick(KINDS[axis]),
        "event_date": happened,
        "recorded_at": entered,
        "doc_date": pick((*OFTEN_BLANK, *EDGES)),
        "grade": pick("ABBCD") if happened else "D",
        "scope": pick(("site", "group", "mass", None)),
        "topic": pick(STAGE_TOPICS if axis == "model" else TOPICS),
        "profile": profile,
        "answers": ";".join(f"{c}={a}" for c, a in says.items() if a) or None,
        "method": pick(("inspection", "document", "self", None)),
        "supersedes": pick(OFTEN_BLANK[:100] + others),
        "refers_to": pick((None, *others)),
    }


@st.composite
def registers(draw):
    def pick(options):
        return draw(st.sampled_from(options))

    names = IDS[: draw(st.integers(1, len(IDS)))]
    ids = RECORD_IDS[: draw(st.integers(0, len(RECORD_IDS)))]
    places = [any_site(pick, name) for name in names]
    return places, [any_record(pick, name, places, ids) for name in ids]


views = st.tuples(st.sampled_from(sorted(PLANS)), st.sampled_from(AS_OFS))


def text(rows, columns):
    """Return rows as a table of text, as files and forms give it."""
    cells = [{name: str(value) for name, value in row.items() if value} for row in rows]
    return pd.DataFrame(cells, columns=list(columns), dtype="string")


@cache
def registered(rows):
    return sites.typed(text([dict(row) for row in rows], sites.COLUMNS))


def register_of(places):
    """Return sites as the register; made once, as most tests ask for a site that others have."""
    return registered(tuple(tuple(place.items()) for place in places)).copy()


def frames_of(places, records):
    return register_of(places), ev.typed(text(records, ev.COLUMNS), ENTERED)


def computed(register, evidence, year, t):
    """Return {site: (outreach, compliance, profile, claimed, stage)}, and the records."""
    found = status.status_of(register, evidence, PLANS[year], t)
    basis = status.basis_of(register, evidence, PLANS[year], t)
    said = found.astype(object).where(found.notna(), None)
    behind = {}
    for axis, site, record in basis.itertuples(index=False):
        behind.setdefault((axis, site), []).append(record)
    return {row.Index: tuple(row)[1:] for row in said.itertuples()}, behind


def looked(places, records, year, t):
    """Return what is `computed` from sites and records as tables of text."""
    return computed(*frames_of(places, records), year, t)


def expected(places, records, year, t):
    """Return the same from the reference."""
    said, behind = {}, {}
    for site in places:
        name = site["id"]
        outreach, because = reference.outreach(site, records, year, t)
        behind["outreach", name] = because
        compliance, profile, claimed, because = reference.compliance(site, records, t)
        behind["compliance", name] = because
        stage, because = reference.stage(site, records, t)
        behind["model", name] = because
        said[name] = (outreach, compliance, profile, claimed, stage)
    return said, {key: ids for key, ids in behind.items() if ids}


# --- against the reference -----------------------------------------------------------------

often = examples(10, suppress_health_check=list(HealthCheck))


@examples(14, suppress_health_check=list(HealthCheck))
@given(registers(), st.lists(views, min_size=1, max_size=4))
def test_status_and_evidence_behind_it_equal_the_reference(register, looks):
    places, records = register
    typed = frames_of(places, records)
    for year, t in looks:
        assert computed(*typed, year, t) == expected(places, records, year, t)


@pytest.fixture(scope="module")
def crowd():
    """Many small registers with records of their own, in one: 240, and 100 while one works."""
    pick = Dice(45)
    places, records = [], []
    for n in range(240 if DEEP else 100):
        here = [any_site(pick, f"{name}-{n}") for name in IDS]
        ids = tuple(f"{name}-{n}" for name in RECORD_IDS)
        places += here
        records += [any_record(pick, name, here, ids) for name in ids]
    return places, records, frames_of(places, records)


@pytest.mark.parametrize("year", PLANS)
@pytest.mark.parametrize("t", AS_OFS, ids=str)
def test_many_registers_equal_the_reference(crowd, year, t):
    places, records, typed = crowd
    by_group = {}
    for record in records:
        by_group.setdefault(record["id"].partition("-")[2], []).append(record)
    said, behind = {}, {}
    for site in places:
        more, because = expected([site], by_group[site["id"].partition("-")[2]], year, t)
        said |= more
        behind |= because
    found, basis = computed(*typed, year, t)
    assert found == said
    assert basis == behind


# --- the properties ------------------------------------------------------------------------


@often
@given(registers(), views)
def test_exactly_one_status_a_site_and_axis(register, look):
    places, records = register
    year, t = look
    typed = frames_of(places, records)
    found = status.status_of(*typed, PLANS[year], t)
    assert list(found.index) == [site["id"] for site in places]
    assert list(found) == ["outreach", "compliance", "profile", "claimed", "stage"]
    assert found["outreach"].isin(status.OUTREACH).all()
    assert found["compliance"].isin(status.COMPLIANCE).all()
    assert list(found["stage"].notna()) == [site["kind"] == "pilot_model" for site in places]
    assert found["stage"].dropna().isin(status.STAGES).all()


@often
@given(registers(), views, st.randoms(use_true_random=False))
def test_the_order_of_records_and_sites_does_not_matter(register, look, random):
    places, evidence = frames_of(*register)
    shuffled = [
        frame.iloc[random.sample(range(len(frame)), len(frame))] for frame in (places, evidence)
    ]
    assert computed(*shuffled, *look) == computed(places, evidence, *look)


@often
@given(registers(), views)
def test_what_is_known_decides_whatever_is_entered_later(register, look):
    places, records = register
    year, t = look
    typed = frames_of(places, records)
    for known in (t, D(2024, 6, 30), ENTERED):
        seen = typed[0], ev.known_at(typed[1], known)
        assert computed(*seen, year, t) == expected(
            places, reference.known_at(records, known), year, t
        )


@often
@given(registers(), views)
def test_what_happens_after_the_as_of_date_changes_nothing(register, look):
    places, records = register
    t = look[1]
    # A correction or withdrawal speaks of knowledge, a plan of days to come.
    later = [
        r
        for r in records
        if r["event_date"]
        and r["event_date"] > t
        and r["kind"] not in ("withdraw", "planned")
        and not r["supersedes"]
    ]
    without = [r for r in records if r not in later]
    assert looked(places, without, *look) == looked(places, records, *look)


@often
@given(registers(), views)
def test_grade_d_never_counts(register, look):
    places, evidence = frames_of(*register)
    # A withdrawal or a correction ends another record, whatever its own grade.
    ends = (evidence["kind"] == "withdraw") | evidence["supersedes"].notna()
    worthless = evidence["grade"] == "D"
    without = computed(places, evidence[~worthless | ends], *look)
    assert computed(places, evidence, *look) == without
    counted = {record for ids in without[1].values() for record in ids}
    assert not counted & set(evidence["id"][worthless])


@often
@given(registers(), views, st.integers(0, 365), st.sampled_from("AB"))
def test_one_verified_event_in_the_window_always_gives_reached(register, look, day, grade):
    places, records = register
    year, t = look
    window = PLANS[year].window
    end = min(t, window.end)
    happened = window.start + timedelta(days=day)
    assume(happened <= end)
    visit = record("held", happened, id="VISIT", recorded_at=happened, grade=grade)
    said, behind = computed(*frames_of(places, [*records, visit]), year, t)
    if places[0]["kind"] == "pilot_model" or reference.out_of_n(places[0], t):
        assert said[IDS[0]][0] == "not-applicable"
    else:
        assert said[IDS[0]][0] == "reached"
        assert "VISIT" in behind["outreach", IDS[0]]


def test_every_status_and_stage_is_reachable(crowd):
    register, evidence = crowd[2]
    seen = pd.concat(
        status.status_of(register, evidence, p, t) for p in PLANS.values() for t in AS_OFS
    )
    assert set(seen["outreach"]) == set(status.OUTREACH)
    assert set(seen["compliance"]) == set(status.COMPLIANCE)
    assert set(seen["stage"].dropna()) == set(status.STAGES)
    assert set(seen["profile"].dropna()) == set(CRITERIA)


# --- rule by rule --------------------------------------------------------------------------

YES, PARTIAL, NO = "R1=yes;R2=yes", "R1=yes;R2=partial", "R1=no;R2=no"
D = date


def record(kind, happened, **more):
    """Return a sound record of a site; `more` says what is different about it."""
    axis = {"check": "compliance", "self_declared": "compliance", "milestone": "model"}
    return {
        "id": "E1",
        "subject": "S0",
        "axis": axis.get(kind, "outreach"),
        "kind": kind,
        "event_date": happened,
        "recorded_at": happened or D(2024, 2, 1),
        "doc_date": None,
        "grade": "A",
        "scope": "site",
        "topic": "scp",
        "profile": "P45" if kind in ("check", "self_declared") else None,
        "answers": YES if kind in ("check", "self_declared") else None,
        "method": {"check": "inspection", "self_declared": "self"}.get(kind),
        "supersedes": None,
        "refers_to": None,
    } | more


def site(kind, **more):
    return {"id": "S0", "kind": kind, "name_vi": "x", "lifecycle": "operating"} | more


held, planned, check = (
    lambda *a, kind=kind, **k: record(kind, *a, **k) for kind in ("held", "planned", "check")
)
END = D(2024, 12, 31)
PLANNED_LATE = planned(D(2024, 12, 1), recorded_at=D(2024, 5, 1))

# The sentence of the rule: (plan, as-of date, records, status).
OUTREACH = {
    "no record: no data": (2024, END, [], "no-data"),
    "an event on the first day of the window counts": (2024, END, [held(D(2024, 1, 1))], "reached"),
    "an event on the last day of the window counts": (2024, END, [held(END)], "reached"),
    "an event on the as-of day counts": (2024, D(2024, 5, 5), [held(D(2024, 5, 5))], "reached"),
    "an event the day before the window is of the past period": (
        *(2024, END, [held(D(2023, 12, 31))], "lapsed"),
    ),
    "an event the day after the window does not count": (
        *(2024, D(2025, 6, 1), [held(D(2025, 1, 1))], "no-data"),
    ),
    "an event before the plan was issued on 08/03/2024 counts for 2024": (
        *(2024, END, [held(D(2024, 3, 7))], "reached"),
    ),
    "grade B is verified": (2024, END, [held(D(2024, 5, 5), grade="B")], "reached"),
    "grade C awaits verification": (2024, END, [held(D(2024, 5, 5), grade="C")], "reported"),
    "grade D never counts": (2024, END, [held(D(2024, 5, 5), grade="D")], "no-data"),
    "an undated event never counts": (2024, END, [held(None)], "no-data"),
    "grade C of a past period does not lapse": (
        *(2024, END, [held(D(2023, 5, 5), grade="C")], "no-data"),
    ),
    "outreach lapses back to 01/01/2021": (2024, END, [held(D(2021, 1, 1))], "lapsed"),
    "outreach before 01/01/2021 no longer speaks": (2024, END, [held(D(2020, 12, 31))], "no-data"),
    "an event of 2024 has lapsed for the plan of 2025": (
        *(2025, D(2025, 12, 31), [held(D(2024, 5, 5))], "lapsed"),
    ),
    "a group event counts": (2024, END, [held(D(2024, 5, 5), scope="group")], "reached"),
    "a mass event alone changes nothing": (
        *(2024, END, [held(D(2024, 5, 5), scope="mass")], "no-data"),
    ),
    "a mass event leaves what is planned": (
        2024,
        D(2024, 6, 1),
        [PLANNED_LATE, held(D(2024, 5, 5), scope="mass", id="E2")],
        "planned",
    ),
    "the topic plastic alone does not count": (
        *(2024, END, [held(D(2024, 5, 5), topic="plastic_reduction")], "no-data"),
    ),
    "plastic together with SCP counts": (
        *(2024, END, [held(D(2024, 5, 5), topic="plastic_reduction;scp")], "reached"),
    ),
    "planned on the as-of day is planned": (*(2024, D(2024, 12, 1), [PLANNED_LATE], "planned"),),
    "planned the day before is overdue": (2024, D(2024, 12, 2), [PLANNED_LATE], "overdue"),
    "one of two plans still ahead: planned": (
        2024,
        D(2024, 6, 1),
        [PLANNED_LATE, planned(D(2024, 3, 1), id="E2")],
        "planned",
    ),
    "planned for the next year is not in the window": (
        *(2024, END, [planned(D(2025, 1, 1), recorded_at=D(2024, 5, 1))], "no-data"),
    ),
    "a plan needs no topic": (
        *(2024, D(2024, 12, 1), [PLANNED_LATE | {"topic": None}], "planned"),
    ),
    "a cancelled plan is none": (
        2024,
        END,
        [PLANNED_LATE, record("cancelled", D(2024, 6, 1), id="E2", refers_to="E1")],
        "no-data",
    ),
    "a plan cancelled after the as-of date still stands": (
        2024,
        D(2024, 5, 31),
        [PLANNED_LATE, record("cancelled", D(2024, 6, 1), id="E2", refers_to="E1")],
        "planned",
    ),
    "a cancellation of grade D cancels nothing": (
        2024,
        D(2024, 6, 1),
        [PLANNED_LATE, record("cancelled", D(2024, 6, 1), id="E2", refers_to="E1", grade="D")],
        "planned",
    ),
    "a plan revives when its cancellation is withdrawn": (
        2024,
        D(2024, 7, 1),
        [
            PLANNED_LATE,
            record("cancelled", D(2024, 6, 1), id="E2", refers_to="E1"),
            record("withdraw", D(2024, 6, 9), id="E3", refers_to="E2"),
        ],
        "planned",
    ),
    "the province can cancel for all": (
        2024,
        END,
        [
            PLANNED_LATE,
            record("cancelled", D(2024, 6, 1), id="E2", refers_to="E1", subject="province"),
        ],
        "no-data",
    ),
    "a withdrawn event is gone": (
        2024,
        END,
        [held(D(2024, 5, 5)), record("withdraw", D(2024, 6, 1), id="E2", refers_to="E1")],
        "no-data",
    ),
    "a withdrawal counts though itself undated and grade D": (
        2024,
        END,
        [held(D(2024, 5, 5)), record("withdraw", None, id="E2", refers_to="E1", grade="D")],
        "no-data",
    ),
    "before the withdrawal is entered the event counts": (
        2024,
        D(2024, 5, 31),
        [held(D(2024, 5, 5)), record("withdraw", D(2024, 6, 1), id="E2", refers_to="E1")],
        "reached",
    ),
    "a correction replaces": (
        2024,
        END,
        [held(D(2024, 5, 5)), held(D(2024, 5, 5), id="E2", supersedes="E1", grade="C")],
        "reported",
    ),
    "a superseded record stays dead when its successor is withdrawn": (
        2024,
        END,
        [
            held(D(2024, 5, 5)),
            held(D(2024, 5, 6), id="E2", supersedes="E1"),
            record("withdraw", D(2024, 6, 1), id="E3", refers_to="E2"),
        ],
        "no-data",
    ),
    "confirmed that nothing was held": (
        *(2024, END, [record("none_confirmed", D(2024, 12, 20))], "not-reached"),
    ),
    "such a confirmation needs no topic": (
        *(2024, END, [record("none_confirmed", D(2024, 12, 20), topic=None)], "not-reached"),
    ),
    "such a confirmation by telephone confirms nothing": (
        *(2024, END, [record("none_confirmed", D(2024, 12, 20), grade="C")], "no-data"),
    ),
    "such a confirmation of another year says nothing": (
        *(2024, END, [record("none_confirmed", D(2023, 12, 20))], "no-data"),
    ),
    "reached comes before confirmed that nothing was held": (
        2024,
        END,
        [record("none_confirmed", D(2024, 12, 20)), held(D(2024, 5, 5), id="E2")],
        "reached",
    ),
    "lapsed comes before planned": (
        *(2024, D(2024, 6, 1), [PLANNED_LATE, held(D(2023, 5, 5), id="E2")], "lapsed"),
    ),
    "in a closed year a record entered late counts": (
        *(2024, D(2025, 6, 1), [held(D(2024, 5, 5), recorded_at=D(2025, 3, 1))], "reached"),
    ),
    "entered late, it was not known on the last day of the year": (
        *(2024, END, [held(D(2024, 5, 5), recorded_at=D(2025, 3, 1))], "no-data"),
    ),
    "a plan of a closed year is overdue": (2024, D(2025, 6, 1), [PLANNED_LATE], "overdue"),
    "a record of another axis says nothing of outreach": (
        *(2024, END, [held(D(2024, 5, 5), axis="education")], "no-data"),
    ),
}


def apart(case, place, records):
    """Return a site and its records under names that no other case has."""
    names = "id", "subject", "supersedes", "refers_to"
    named = [r | {name: r[name] and f"{r[name]} of {case}" for name in names} for r in records]
    return place | {"id": f"{place['id']} of {case}"}, named


def each_of(cases):
    """Return what is said of the site of every case, and whether records are behind an axis.

    Cases are (site, records, year, as-of day) by their sentence. Those seen alike are looked at
    together: no site has anything to do with another.
    """
    alike = {}
    for case, (place, records, *look) in cases.items():
        alike.setdefault(tuple(look), []).append((case, *apart(case, place, records)))
    outcomes = {}
    for look, some in alike.items():
        every = [record for _case, _place, records in some for record in records]
        said, behind = looked([place for _case, place, _records in some], every, *look)
        for case, place, _records in some:
            axes = {axis for axis, name in behind if name == place["id"]}
            outcomes[case] = said[place["id"]], axes
    return outcomes


@pytest.fixture(scope="module")
def on_outreach():
    village = site("craft_village")
    return each_of(
        {
            case: (village, reference.known_at(records, t), year, t)
            for case, (year, t, records, _outcome) in OUTREACH.items()
        }
    )


@pytest.mark.parametrize("case", OUTREACH)
def test_outreach(case, on_outreach):
    said, axes = on_outreach[case]
    outcome = OUTREACH[case][-1]
    assert said[0] == outcome
    assert "outreach" in axes or outcome == "no-data"


LATE = {
    "what is entered in 2026 of an event in 2024 counts in 2024": (
        *(END, [held(D(2024, 5, 5), recorded_at=ENTERED)], "reached"),
    ),
    "a withdrawal follows the day of knowledge alone": (
        END,
        [held(D(2024, 5, 5)), record("withdraw", None, id="E2", refers_to="E1", grade="D")],
        "no-data",
    ),
    "a plan is seen from the day of its document, however late it is entered": (
        D(2024, 6, 1),
        [PLANNED_LATE | {"recorded_at": ENTERED, "doc_date": D(2024, 5, 1)}],
        "planned",
    ),
    "a plan without a document is seen from the day of its entry": (
        *(D(2024, 6, 1), [PLANNED_LATE | {"recorded_at": ENTERED}], "no-data"),
    ),
    "a plan called off later still stands on an earlier day": (
        D(2024, 5, 31),
        [PLANNED_LATE, record("cancelled", D(2024, 6, 1), id="E2", refers_to="E1")],
        "planned",
    ),
    "a correction of grade D replaces whatever day is looked at": (
        *(END, [held(D(2024, 5, 5)), held(None, id="E2", supersedes="E1")], "no-data"),
    ),
}


@pytest.mark.parametrize(("t", "records", "outcome"), LATE.values(), ids=LATE)
def test_outreach_by_all_that_is_known_today(t, records, outcome):
    said, _behind = looked([site("craft_village")], records, 2024, t)
    assert said["S0"][0] == outcome


def weaker(**more):
    return check(D(2024, 6, 1), id="E2", **more)


COMPLIANCE = {
    "no check: no data": (END, [], "no-data"),
    "all criteria met": (END, [check(D(2024, 6, 1))], "compliant"),
    "any partial: partial": (END, [check(D(2024, 6, 1), answers=PARTIAL)], "partial"),
    "all no: does not meet": (END, [check(D(2024, 6, 1), answers=NO)], "non-compliant"),
    "no beside yes: partial": (END, [check(D(2024, 6, 1), answers="R1=no;R2=yes")], "partial"),
    "no beside partial: partial": (
        *(END, [check(D(2024, 6, 1), answers="R1=no;R2=partial")], "partial"),
    ),
    "no beside not checked: does not meet": (
        *(END, [check(D(2024, 6, 1), answers="R1=no;R2=not_checked")], "non-compliant"),
    ),
    "partial beside not checked: partial": (
        *(END, [check(D(2024, 6, 1), answers="R1=partial;R2=not_checked")], "partial"),
    ),
    "a criterion that is not mentioned was not checked": (
        *(END, [check(D(2024, 6, 1), answers="R1=yes")], "incomplete"),
    ),
    "no answers at all: incomplete": (END, [check(D(2024, 6, 1), answers=None)], "incomplete"),
    "na is dropped": (END, [check(D(2024, 6, 1), answers="R1=yes;R2=na")], "compliant"),
    "all na: not applicable": (
        END,
        [check(D(2024, 6, 1), answers="R1=na;R2=na")],
        "not-applicable",
    ),
    "a criterion of another profile says nothing": (
        *(END, [check(D(2024, 6, 1), answers=f"{YES};R3=no")], "compliant"),
    ),
    "365 days old is fresh": (D(2025, 6, 1), [check(D(2024, 6, 1))], "compliant"),
    "366 days old is stale": (D(2025, 6, 2), [check(D(2024, 6, 1))], "stale"),
    "365 days over a leap day is fresh": (END, [check(D(2024, 1, 1))], "compliant"),
    "366 days over a leap day is stale": (D(2025, 1, 1), [check(D(2024, 1, 1))], "stale"),
    "a declaration of 365 days ago is fresh": (
        *(D(2025, 6, 1), [record("self_declared", D(2024, 6, 1), grade="C")], "self-declared"),
    ),
    "a declaration of 366 days ago is stale": (
        *(D(2025, 6, 2), [record("self_declared", D(2024, 6, 1), grade="C")], "stale"),
    ),
    "the latest check decides": (
        *(END, [check(D(2024, 5, 1), answers=NO), weaker()], "compliant"),
    ),
    "on equal days the better grade": (
        *(END, [check(D(2024, 6, 1)), weaker(grade="B", answers=NO)], "compliant"),
    ),
    "on equal days and grades the worse result": (
        *(END, [check(D(2024, 6, 1)), weaker(answers=PARTIAL)], "partial"),
    ),
    "a verified check comes before a later declaration": (
        END,
        [check(D(2024, 6, 1)), record("self_declared", D(2024, 9, 1), id="E2", answers=NO)],
        "compliant",
    ),
    "a fresh declaration comes before a stale check": (
        D(2025, 9, 1),
        [check(D(2024, 6, 1)), record("self_declared", D(2025, 8, 1), id="E2", grade="C")],
        "self-declared",
    ),
    "a check of grade C is a declaration": (
        *(END, [check(D(2024, 6, 1), grade="C")], "self-declared"),
    ),
    "a check by the site itself is a declaration": (
        *(END, [check(D(2024, 6, 1), method="self")], "self-declared"),
    ),
    "a declaration of grade A is still a declaration": (
        *(END, [record("self_declared", D(2024, 6, 1))], "self-declared"),
    ),
    "a check that does not say how it was made is a claim": (
        *(END, [check(D(2024, 6, 1), method=None)], "self-declared"),
    ),
    "a document verifies": (END, [check(D(2024, 6, 1), method="document")], "compliant"),
    "an adverse declaration is shown as its own evaluation": (
        *(END, [record("self_declared", D(2024, 6, 1), answers=NO)], "non-compliant"),
    ),
    "a half adverse declaration too": (
        *(END, [record("self_declared", D(2024, 6, 1), answers=PARTIAL)], "partial"),
    ),
    "a check of grade D never counts": (END, [check(D(2024, 6, 1), grade="D")], "no-data"),
    "an undated check never counts": (END, [check(None)], "no-data"),
    "a check dated before the profile holds does not count": (
        *(END, [check(D(2023, 12, 31))], "no-data"),
    ),
    "a check under another profile does not count": (
        *(END, [check(D(2024, 6, 1), profile="ND08-64", answers="R3=yes;R4=yes")], "no-data"),
    ),
    "a check of no profile does not count": (END, [check(D(2024, 6, 1), profile=None)], "no-data"),
    "on 31/12/2025 P45 holds": (D(2025, 12, 31), [check(D(2025, 6, 1))], "compliant"),
    "from 01/01/2026 a P45 check says nothing": (
        *(D(2026, 1, 1), [check(D(2025, 6, 1))], "no-data"),
    ),
    "an ND08-64 check on 01/01/2026 counts": (
        D(2026, 1, 1),
        [check(D(2026, 1, 1), profile="ND08-64", answers="R3=yes;R4=yes")],
        "compliant",
    ),
    "an ND08-64 check dated in 2025 does not count": (
        D(2026, 1, 1),
        [check(D(2025, 12, 31), profile="ND08-64", answers="R3=yes;R4=yes")],
        "no-data",
    ),
    "compliance looks at the as-of date, not at the window's end": (
        *(D(2025, 6, 1), [check(D(2025, 5, 1))], "compliant"),
    ),
    "a withdrawn check is gone": (
        END,
        [check(D(2024, 6, 1)), record("withdraw", D(2024, 7, 1), id="E2", refers_to="E1")],
        "no-data",
    ),
    "a corrected check is replaced": (
        *(END, [check(D(2024, 6, 1)), weaker(supersedes="E1", answers=NO)], "non-compliant"),
    ),
    "an outreach event says nothing of compliance": (END, [held(D(2024, 6, 1))], "no-data"),
}


@pytest.fixture(scope="module")
def on_compliance():
    # Seen under the plan of 2024 throughout: the axis does not depend on the plan's window.
    shop = site("supermarket")
    return each_of(
        {
            case: (shop, reference.known_at(records, t), 2024, t)
            for case, (t, records, _outcome) in COMPLIANCE.items()
        }
    )


@pytest.mark.parametrize("case", COMPLIANCE)
def test_compliance(case, on_compliance):
    said, axes = on_compliance[case]
    t, _records, outcome = COMPLIANCE[case]
    assert said[1:3] == (outcome, "P45" if t.year < 2026 else "ND08-64")
    assert "compliance" in axes or outcome == "no-data"


REACHED_AND_CHECKED = [
    held(D(2024, 5, 5)),
    check(D(2024, 6, 1), id="E2"),
    check(
        D(2024, 6, 1), id="E3", profile="CV56", answers=";".join(f"K{i}=yes" for i in range(1, 7))
    ),
]
NA = "not-applicable"
SITES = {
    "an operating village has both axes": (site("craft_village"), ("reached", "compliant", "CV56")),
    "an operating park has no compliance profile": (site("industrial_park"), ("reached", NA, None)),
    "a convenience store has no compliance profile": (
        *(site("convenience_store"), ("reached", NA, None)),
    ),
    "a planned site is not applicable": (
        *(site("supermarket", lifecycle="planned"), (NA, NA, "P45")),
    ),
    "an established site that does not operate yet is not applicable": (
        *(site("supermarket", lifecycle="established"), (NA, NA, "P45")),
    ),
    "a suspended site is not applicable": (
        *(site("supermarket", lifecycle="suspended"), (NA, NA, "P45")),
    ),
    "a closed site is not applicable": (site("supermarket", lifecycle="closed"), (NA, NA, "P45")),
    "a site of unknown lifecycle is looked at like one that operates": (
        *(site("supermarket", lifecycle="unknown"), ("reached", "compliant", "P45")),
    ),
    "a village without recognition is not applicable": (
        *(site("craft_village", founding="not_decided"), (NA, NA, "CV56")),
    ),
    "a village of unknown recognition is looked at": (
        *(site("craft_village", founding="unknown"), ("reached", "compliant", "CV56")),
    ),
    "a site that closed on the last day still counts": (
        *(site("supermarket", valid_to=END), ("reached", "compliant", "P45")),
    ),
    "a site that closed the day before does not": (
        *(site("supermarket", valid_to=D(2024, 12, 30)), (NA, NA, "P45")),
    ),
    "a site that opened on the last day counts": (
        *(site("supermarket", valid_from=END), ("reached", "compliant", "P45")),
    ),
    "a site that opens the day after does not": (
        *(site("supermarket", valid_from=D(2025, 1, 1)), (NA, NA, "P45")),
    ),
}


@pytest.fixture(scope="module")
def on_sites():
    return each_of(
        {case: (place, REACHED_AND_CHECKED, 2024, END) for case, (place, _o) in SITES.items()}
    )


@pytest.mark.parametrize("case", SITES)
def test_which_sites_the_axes_are_asked_of(case, on_sites):
    said, _axes = on_sites[case]
    assert said[:3] == SITES[case][1]


def test_a_site_that_has_closed_since_is_shown_as_it_is_on_the_day_looked_at():
    place = site("supermarket", valid_to=D(2025, 3, 31))
    for t, outcome in ((D(2025, 3, 31), "reached"), (D(2025, 4, 1), NA)):
        said, _behind = looked([place], REACHED_AND_CHECKED, 2024, t)
        assert said["S0"][0] == outcome


def test_no_check_is_behind_a_site_that_is_not_asked():
    place = site("supermarket", lifecycle="closed")
    _said, behind = looked([place], [check(D(2024, 6, 1), answers="R1=na;R2=na")], 2024, END)
    assert behind == {}


def test_a_conflict_names_the_checks_of_the_worse_result_only():
    records = [
        check(D(2024, 6, 1)),
        weaker(answers=NO),
        check(D(2024, 6, 1), id="E3", answers="R1=no;R2=not_checked"),
    ]
    _said, behind = looked([site("supermarket")], records, 2024, END)
    assert behind == {("compliance", "S0"): ["E2", "E3"]}


def shown(stage, happened, **more):
    return record("milestone", happened, id=stage, topic=f"circular_economy;{stage}", **more)


STAGES = {
    "no milestone: no data": ([], "no-data"),
    "the furthest milestone counts, not the latest": (
        *([shown("accepted", D(2023, 5, 1)), shown("building", D(2024, 5, 1))], "accepted"),
    ),
    "a milestone to come does not count": (
        [
            shown("building", D(2024, 5, 1)),
            shown("applied", D(2025, 1, 1), recorded_at=D(2024, 6, 1)),
        ],
        "building",
    ),
    "a milestone of grade C counts": ([shown("proposed", D(2024, 5, 1), grade="C")], "proposed"),
    "an undated milestone does not count": ([shown("replicated", None)], "no-data"),
    "a withdrawn milestone is gone": (
        [
            shown("applied", D(2024, 5, 1)),
            record("withdraw", D(2024, 6, 1), id="W", refers_to="applied", axis="model"),
        ],
        "no-data",
    ),
    "a milestone without a stage shows none": (
        *([record("milestone", D(2024, 5, 1), topic="circular_economy")], "no-data"),
    ),
}


@pytest.mark.parametrize(("records", "outcome"), STAGES.values(), ids=STAGES)
def test_the_stage_of_a_pilot_model(records, outcome):
    said, _behind = looked([site("pilot_model")], records, 2024, END)
    assert said["S0"] == ("not-applicable", "not-applicable", None, False, outcome)


def test_other_kinds_have_no_stage():
    said, _behind = looked([site("supermarket")], [shown("applied", D(2024, 5, 1))], 2024, END)
    assert said["S0"][4] is None


def test_no_sites_no_records():
    assert looked([], [], 2024, END) == ({}, {})
