"""Lifecycle: what a site was on a day, and that a change never rewrites the days before it."""

import pickle
from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from geodata.intake.judging.difference import as_text
from geodata.register import frames, lifecycle, sites
from geodata.register.lifecycle import (
    COLUMNS,
    Statement,
    carried,
    doubts,
    needs_day,
    read,
    sequence,
    spelled,
)
from tests.examples import examples

SOME = examples(30)  # frames take their time
FIRST, LAST = date(2018, 1, 1), date(2026, 12, 31)


def row(**cells):
    """One site of the register, of the columns that matter here."""
    site = {"kind": "craft_village", "lifecycle": "unknown", "founding": "unknown", **cells}
    if cells.get("decision") and "founding" not in cells:
        site["founding"] = "decided"
    columns = {c: pd.array([site.get(c) or None], "string") for c in ("kind", "source", *COLUMNS)}
    days = {c: pd.array([site.get(c) or None], frames.DAY) for c in sites.DAYS}
    return pd.DataFrame(columns | days)


def states(register, on):
    """Lifecycle, founding and membership of the one site on a day."""
    day = date.fromisoformat(on) if isinstance(on, str) else on
    parts = (lifecycle.lifecycle_on, lifecycle.founding_on, lifecycle.membership_on)
    return tuple(part(register, day).iloc[0] for part in parts)


def replaced(old, **cells):
    """The site after a newer row has taken the old one's place, with what that row says."""
    text = as_text(old, old.columns).iloc[0].dropna().to_dict() | {"history": ""} | cells
    return row(**(text | {"history": carried(old.iloc[0], text)}))


# --- the cell ------------------------------------------------------------------------------

DAYS = st.dates(FIRST, LAST)
TEXTS = st.text(max_size=12).map(lambda text: " ".join(text.split()))
PLAIN = TEXTS.filter(lambda text: not set(text) & set(";|"))
STATEMENTS = st.builds(
    Statement,
    st.sampled_from((*lifecycle.LIFECYCLES, *lifecycle.FOUNDED)),
    st.none() | DAYS,
    PLAIN,
    st.none() | DAYS,
    PLAIN,
)


@given(st.lists(STATEMENTS, max_size=4))
def test_what_is_spelled_is_read_back(statements):
    assert read(spelled(statements)) == tuple(statements)


@given(st.text(), st.text())
def test_no_text_can_part_a_cell(decision, source):
    (statement,) = read(spelled([Statement("operating", LAST, decision, None, source)]))
    assert (statement.state, statement.since) == ("operating", LAST)


@pytest.mark.parametrize(
    "text",
    ["asleep", "operating | 1/5/2019", "operating | 2019-02-30", "closed | | | | a | b", "| 2019"],
)
def test_what_is_no_statement_is_refused(text):
    with pytest.raises(ValueError, match=r"."):
        read(text)


# --- a day ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "on", "state"),
    [
        ({"lifecycle": "operating"}, "1990-01-01", "operating"),
        ({"lifecycle": "operating", "valid_from": "2024-05-01"}, "2024-04-30", "planned"),
        ({"lifecycle": "operating", "valid_from": "2024-05-01"}, "2024-05-01", "operating"),
        ({"lifecycle": "operating", "valid_to": "2024-09-30"}, "2024-09-30", "operating"),
        ({"lifecycle": "operating", "valid_to": "2024-09-30"}, "2024-10-01", "closed"),
        # Nobody knows what it was before it stood still.
        ({"lifecycle": "suspended", "valid_from": "2024-05-01"}, "2024-04-30", "unknown"),
        ({"lifecycle": "closed", "valid_from": "2024-05-01"}, "2024-04-30", "unknown"),
        # Of two statements of one day the later written counts, and speaks for the days before.
        (
            {
                "lifecycle": "planned",
                "valid_from": "2024-05-01",
                "history": "suspended | 2024-05-01",
            },
            "2024-04-30",
            "planned",
        ),
        # What was there from the start holds for all days before the first dated one.
        (
            {"lifecycle": "closed", "valid_from": "2024-05-01", "history": "operating"},
            "2024-04-30",
            "operating",
        ),
        (
            {
                "lifecycle": "operating",
                "valid_from": "2025-03-01",
                "history": "operating | 2019-05-01; suspended | 2024-02-01",
            },
            "2024-06-30",
            "suspended",
        ),
        ({"lifecycle": "unknown", "valid_to": "2024-09-30"}, "2024-09-30", "unknown"),
        # What is not known, from no day on, is no statement against another one.
        ({"lifecycle": "unknown", "history": "operating"}, "2024-09-30", "operating"),
        (
            {"lifecycle": "unknown", "valid_to": "2024-09-30", "history": "decided | 2019-01-01"},
            "2024-09-30",
            "unknown",
        ),
    ],
)
def test_the_state_is_the_last_that_began(cells, on, state):
    assert states(row(**cells), on)[0] == state


@pytest.mark.parametrize(
    ("cells", "on", "membership"),
    [
        ({"lifecycle": "operating", "decision": "1/QĐ"}, "2024-12-31", "in"),
        ({"lifecycle": "operating"}, "2024-12-31", "open"),
        ({"lifecycle": "unknown", "decision": "1/QĐ"}, "2024-12-31", "open"),
        ({"lifecycle": "operating", "founding": "not_decided"}, "2024-12-31", "out"),
        ({"lifecycle": "established", "decision": "1/QĐ"}, "2024-12-31", "out"),
        ({"lifecycle": "suspended"}, "2024-12-31", "out"),
        (
            {"lifecycle": "operating", "decision": "1/QĐ", "decision_date": "2025-01-02"},
            "2024-12-31",
            "out",
        ),
        (
            {
                "lifecycle": "operating",
                "founding": "not_decided",
                "history": "decided | 2025-01-02",
            },
            "2025-01-02",
            "in",
        ),
        ({"lifecycle": "operating", "kind": "supermarket"}, "2024-12-31", "in"),
    ],
)
def test_membership_takes_both_a_decision_and_that_it_operates(cells, on, membership):
    assert states(row(**cells), on)[2] == membership


def _sent(register):
    """Return a register as another process receives it: of it pandas 3.1 copies no column."""
    return pickle.loads(pickle.dumps(register))  # noqa: S301 - our own


@pytest.mark.parametrize("through", [lambda register: register, _sent])
def test_asking_about_a_day_changes_nothing(through):
    cells = {"lifecycle": "operating", "valid_from": "2020-01-01", "founding": "decided"}
    register = through(row(**cells, decision_date="2019-01-01"))
    for day in ("2018-01-01", "2024-01-01"):
        states(register, day)
    assert list(register["lifecycle"]) == ["operating"]
    assert list(register["founding"]) == ["decided"]
    assert states(register, "2024-01-01")[2] == "in"


# --- the same, read naively ----------------------------------------------------------------


def naive(statements, on, begins):
    """What the sequence says of a day: run through it; before it begins, what comes before."""
    held = None
    for statement in statements:
        if statement.since is None or statement.since <= on:
            held = statement.state
    if held is not None or not statements:
        return held or "unknown"
    first = [s.state for s in statements if s.since == statements[0].since]
    return begins.get(first[-1], "unknown")


@st.composite
def registers(draw):
    """A site with any lifecycle, founding, days and history that make sense."""
    start = draw(st.none() | DAYS)
    end = draw(st.none() | st.dates(start or FIRST, LAST))
    statements = draw(st.lists(STATEMENTS, max_size=4))
    cells = {
        "kind": draw(st.sampled_from(("craft_village", "supermarket"))),
        "lifecycle": draw(st.sampled_from(lifecycle.LIFECYCLES)),
        "founding": draw(st.sampled_from(lifecycle.FOUNDINGS)),
        "decision": draw(st.sampled_from(("", "1/QĐ", "2/QĐ"))),
        "decision_date": str(draw(st.none() | DAYS) or ""),
        "valid_from": str(start or ""),
        "valid_to": str(end or ""),
        "history": spelled(statements),
    }
    return row(**cells)


@SOME
@given(registers(), DAYS)
def test_a_day_is_what_the_sequence_says(register, on):
    every = sequence(register.iloc[0])
    lives = [s for s in every if s.state in lifecycle.LIFECYCLES]
    foundings = [s for s in every if s.state in lifecycle.FOUNDED]
    begins = dict.fromkeys(("planned", "established", "operating"), "planned")
    life, founding = naive(lives, on, begins), naive(foundings, on, {"decided": "not_decided"})
    assert states(register, on)[:2] == (life, founding)
    founded = founding if register["kind"].iloc[0] == "craft_village" else "decided"
    out = life not in ("operating", "unknown") or founded == "not_decided"
    known = "open" if "unknown" in (life, founded) else "in"
    assert states(register, on)[2] == ("out" if out else known)


@SOME
@given(registers())
def test_the_sequence_runs_forward_in_time(register):
    days = [statement.since or date.min for statement in sequence(register.iloc[0])]
    assert days == sorted(days)


# --- a change ------------------------------------------------------------------------------


@SOME
@given(
    registers(),
    DAYS,
    st.sampled_from(lifecycle.LIFECYCLES),
    st.integers(1, 3000).map(lambda days: timedelta(days=days)),
)
def test_a_change_with_a_day_never_changes_an_earlier_day(old, since, state, before):
    own = old.iloc[0]
    assume(pd.isna(own["valid_from"]) or own["valid_from"].date() < since)
    new = replaced(old, lifecycle=state, valid_from=since.isoformat(), valid_to="")
    assert states(new, since - before) == states(old, since - before)
    assert states(new, since)[0] == state


@SOME
@given(registers(), DAYS, st.sampled_from(lifecycle.LIFECYCLES), DAYS)
def test_entering_a_change_twice_is_entering_it_once(old, since, state, on):
    once = replaced(old, lifecycle=state, valid_from=since.isoformat(), valid_to="")
    twice = replaced(once)
    assert twice["history"].equals(once["history"])
    assert states(twice, on) == states(once, on)


def test_what_the_old_row_stated_is_kept_with_its_source():
    old = row(lifecycle="operating", valid_from="2019-05-01", source="https://example.vn/a | b; c")
    new = replaced(old, lifecycle="suspended", valid_from="2024-02-01", source="tờ trình")
    assert new["history"].iloc[0] == "operating | 2019-05-01 |  |  | https://example.vn/a / b, c"
    again = replaced(new, lifecycle="closed", valid_from="2025-01-01")
    assert [s.state for s in sequence(again.iloc[0])] == ["operating", "suspended", "closed"]


def test_what_was_not_known_stays_unknown_before_the_day_that_is_learned():
    new = replaced(row(lifecycle="unknown"), lifecycle="operating", valid_from="2024-05-01")
    assert states(new, "2024-04-30")[0] == "unknown"
    assert replaced(row(lifecycle="unknown"), lifecycle="operating")["history"].isna().all()


def test_another_statement_of_the_same_day_corrects_the_first():
    old = row(lifecycle="operating", valid_from="2024-05-01", history="planned")
    new = replaced(old, lifecycle="established", valid_from="2024-05-01")
    assert new["history"].iloc[0] == "planned"
    assert states(new, "2024-05-01")[0] == "established"
    older = row(lifecycle="closed", valid_from="2025-01-01", history="operating | 2019-05-01")
    mended = replaced(older, history="operating | 2019-05-01 | QĐ 12")
    assert mended["history"].iloc[0] == "operating | 2019-05-01 | QĐ 12"


def test_a_correction_puts_nothing_into_the_history():
    old = row(lifecycle="closed", valid_from="2025-01-01", history="operating | 2019-05-01")
    right = {"lifecycle": "operating", "valid_from": "2020-05-01"}
    assert carried(old.iloc[0], right, corrects=True) == "operating | 2019-05-01"
    never = row(lifecycle="operating")
    assert carried(never.iloc[0], {"lifecycle": "unknown"}, corrects=True) is None


def test_a_state_that_has_ended_stays_ended_until_it_begins_again():
    old = row(lifecycle="operating", valid_to="2024-09-30")
    new = replaced(old, valid_from="2025-03-01", valid_to="")
    on = ("2024-09-30", "2024-10-01", "2025-02-28", "2025-03-01")
    assert [states(new, day)[0] for day in on] == ["operating", "closed", "closed", "operating"]


def test_the_day_of_a_decision_is_learned_and_a_second_decision_is_another_one():
    old = row(lifecycle="operating", decision="1/QĐ")
    dated = replaced(old, decision="1/QĐ", decision_date="2024-11-20")
    assert (states(dated, "2024-11-19")[1], states(dated, "2024-11-20")[1]) == (
        "not_decided",
        "decided",
    )
    second = replaced(dated, decision="2/QĐ", decision_date="2025-11-20")
    assert states(second, "2024-11-20")[1] == "decided"
    assert "1/QĐ" in second["history"].iloc[0]


def test_a_row_that_says_nothing_new_of_a_decision_leaves_what_was_known_of_it():
    old = row(decision="1/QĐ", decision_date="2018-01-01", history="decided")
    assert states(replaced(old, lifecycle="planned"), "2017-12-31")[1] == "decided"


def test_a_decision_leaves_the_days_before_it_without_one():
    old = row(lifecycle="operating", founding="not_decided")
    new = replaced(old, founding="decided", decision="1/QĐ", decision_date="2025-06-01")
    assert states(new, "2025-05-31")[1:] == ("not_decided", "out")
    assert states(new, "2025-06-01")[1:] == ("decided", "in")


@pytest.mark.parametrize(
    ("before", "after", "asked"),
    [
        ({"lifecycle": "operating"}, {"lifecycle": "closed"}, "valid_from no-day"),
        (
            {"lifecycle": "operating", "valid_from": "2019-05-01"},
            {"lifecycle": "closed", "valid_from": "2019-05-01"},
            "valid_from no-day",
        ),
        ({"lifecycle": "operating"}, {"lifecycle": "unknown"}, "valid_from no-day"),
        ({"lifecycle": "operating"}, {"lifecycle": "closed", "valid_from": "2025-01-01"}, ""),
        ({"lifecycle": "unknown"}, {"lifecycle": "closed"}, ""),
        ({"lifecycle": "operating"}, {"lifecycle": "operating"}, ""),
        (
            {"lifecycle": "closed", "valid_from": "2025-01-01"},
            {"lifecycle": "operating", "valid_from": "2005-01-01"},
            "valid_from overtaken",
        ),
        (
            {"lifecycle": "operating", "valid_to": "2024-09-30"},
            {"lifecycle": "operating", "valid_to": "2025-09-30"},
            "valid_from overtaken",
        ),
        (
            {"lifecycle": "operating", "valid_to": "2024-09-30"},
            {"lifecycle": "operating", "valid_to": "2024-06-30"},
            "",
        ),
        (
            {"lifecycle": "operating"},
            {"lifecycle": "operating", "valid_from": "2024-05-01"},
            "valid_from same-state",
        ),
        # It was planned before it operated; another state before that would say it was not.
        (
            {"lifecycle": "operating", "valid_from": "2024-04-14"},
            {"lifecycle": "unknown", "valid_from": "2020-12-24", "valid_to": "2024-02-13"},
            "valid_from overtaken",
        ),
        ({"founding": "not_decided"}, {"founding": "decided"}, "decision_date no-day"),
        (
            {"founding": "not_decided"},
            {"founding": "decided", "decision": "1/QĐ", "decision_date": "2025-01-01"},
            "",
        ),
        ({"founding": "unknown"}, {"founding": "decided", "decision": "1/QĐ"}, ""),
        ({"decision": "1/QĐ"}, {"founding": "not_decided"}, "founding taken-back"),
    ],
)
def test_a_change_is_asked_about_where_it_would_reach_into_earlier_days(before, after, asked):
    old, new = row(**before).iloc[0], row(**after)
    new["history"] = pd.array([carried(old, new.iloc[0])], "string")
    said = [f"{doubt.column} {doubt.why}" for doubt in doubts(old, new.iloc[0])]
    assert said == ([asked] if asked else [])
    assert needs_day(old, new.iloc[0]) == (asked == "valid_from no-day")
