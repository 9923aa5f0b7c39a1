"""The ledger: every record that may be shown, what each supports, why the others do not count.

Pure. Not here: the rules that decide (``rules``), one site's records (``passport``), the choice a
reader makes among them (``records_choice``), how much is known (``knowledge``).
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from geodata.core.lookup import is_in
from geodata.core.names import fold
from geodata.core.text import LANGUAGE, _, day, language
from geodata.reading.labels import reason_label, when_text
from geodata.reading.passport import left_aside, no_rule
from geodata.register import evidence as ev
from geodata.register import vocabulary
from geodata.rules import status as st
from geodata.rules.countable import cannot_count
from geodata.rules.plan import Plan

UNDATED = "undated"
SUPPORTS = ("evidence", "axis", "target", "status")
LEDGER = (
    *("id", "event_date", "date_text", "year", "grade", "axis", "kind", "subject", "about"),
    *("site", "summary_vi", "organiser", "doc_no", "doc_date", "source_url", "supports", "reason"),
    "folded",
)
_SEARCHED = ("id", "subject", "about", "summary_vi", "organiser", "doc_no")
_EARLY = "early"  # a remark of ``countable`` on a day that hinders nothing by itself


def supports(
    sites: pd.DataFrame, evidence: pd.DataFrame, plan: Plan, as_of: date, grounds: pd.DataFrame
) -> pd.DataFrame:
    """Return what each record supports at a date: a status of its site, a target of the plan.

    Parameters
    ----------
    sites, evidence : DataFrame
        All of the register, and the records that are known.
    plan, as_of
        Whose rules apply, and the day looked at.
    grounds : DataFrame
        The records behind the plan's targets, as from `targets.grounds`.

    Returns
    -------
    DataFrame
        `SUPPORTS`, one row a use: the `axis` of the status and no target, or the `target`.
    """
    status = st.status_of(sites, evidence, plan, as_of)
    basis = st.basis_of(sites, evidence, plan, as_of)
    parts = []
    for axis, column in (("outreach",) * 2, ("compliance",) * 2, ("model", "stage")):
        rows = basis[(basis["axis"] == axis).to_numpy()]
        values = status[column].astype("string").reindex(rows["site"]).to_numpy()
        parts.append(pd.DataFrame({"evidence": rows["evidence"], "axis": column, "status": values}))
    counted = grounds[grounds["counts"].to_numpy(dtype=bool)]
    every = pd.concat([*parts, counted], ignore_index=True)
    return every[every["status"].notna().to_numpy()].reindex(columns=list(SUPPORTS))


def reasons(
    sites: pd.DataFrame,
    evidence: pd.DataFrame,
    plan: Plan,
    as_of: date,
    *,
    grounds: pd.DataFrame,
    used: pd.DataFrame,
    plans: Sequence[Plan],
    asked: pd.Series | None = None,
) -> pd.Series:
    """Return why each record that supports nothing does not count, by record id.

    Parameters
    ----------
    sites, evidence, plan, as_of, grounds
        As in `supports`.
    used : DataFrame
        As from `supports`.
    plans : sequence of Plan
        All whose topics and profiles there are, to say what could never count.
    asked : Series, optional
        The ids of the records that it is asked of; else of all.
    """
    carrying = is_in(evidence["id"], used["evidence"])
    rest = evidence[~carrying if asked is None else ~carrying & is_in(evidence["id"], asked)]
    live = st.speaking(pd.DataFrame(sites), evidence, as_of)["id"]
    decided = _decided(rest, evidence[carrying])
    reason = left_aside(rest, live, decided, as_of)
    ids = rest["id"].to_numpy()
    short = _in_short()
    never = {
        one.record: short.get(one.reason, one.rule)
        for one in reversed(cannot_count(rest.reset_index(drop=True), plans, evidence))
        if one.reason != _EARLY
    }
    outside = rest["id"].map(_left_out(grounds))
    for more in (outside, _of_nobody(rest), rest["id"].map(never), _not_of(rest, plan)):
        reason = reason.fillna(more.astype("string"))
    return reason.fillna(no_rule()).set_axis(pd.Index(ids, name="id")).rename("reason")


def _in_short() -> dict[str, str]:
    """Return why a record can never count, without what ``countable`` tells who enters it."""
    topic = _("None of the topics it names counts for a target")
    check = _("It does not say by which criteria or how it was checked")
    return {
        "topic-blank": topic,
        "topic-unknown": topic,
        "topic-other": topic,
        "scope": _("It does not say whether it was held for single sites or for all"),
        "profile": check,
        "method": check,
        "self-declared": _("A mere declaration does not count here"),
        "consumption": _("Consumption is counted from declared figures alone"),
        "stage": _("It does not name the stage of the model"),
        "level": _("It does not say whether it is a central or a provincial document"),
        "organiser": _("It does not name the institution"),
    }


def _left_out(grounds: pd.DataFrame) -> dict[str, str]:
    """Return why what a record speaks of is left out of a target, by record id."""
    rows = grounds[~grounds["counts"].to_numpy(dtype=bool)]
    words = _("Outside target {n}: {reason}")
    return {
        str(record): words.format(n=str(target)[1:], reason=reason_label(str(reason)))
        for target, record, reason in rows[["target", "evidence", "status"]].to_numpy()
    }


def _decided(rest: pd.DataFrame, used: pd.DataFrame) -> np.ndarray:
    """Return which records are of a site and axis of which another record decides."""
    pairs = pd.MultiIndex.from_frame(used[["subject", "axis"]].astype(object))
    asked = pd.MultiIndex.from_frame(rest[["subject", "axis"]].astype(object))
    about = rest["subject"].ne(ev.PROVINCE).fillna(value=False).to_numpy(dtype=bool)
    return np.asarray(asked.isin(pairs)) & about


def _of_nobody(rest: pd.DataFrame) -> pd.Series:
    """Return a reason for events that name neither a site nor a district, and for corrections."""
    reason = pd.Series(pd.NA, index=rest.index, dtype="string")
    ends = rest["kind"].isin(["withdraw", "cancelled"]).to_numpy(dtype=bool)
    reason = reason.mask(ends, _("It ends another record and shows nothing by itself"))
    general = ((rest["subject"] == ev.PROVINCE) & rest["axis"].isin(["outreach", "model"])).fillna(
        value=False
    )
    words = _("It names no site and no district, so no target counts it")
    return reason.mask(general.to_numpy(dtype=bool) & ~ends, words)


def _not_of(rest: pd.DataFrame, plan: Plan) -> pd.Series:
    """Return a reason for records outside the plan's period, or about something else."""
    start, end = plan.window.start, plan.window.end
    parts = {"decision": plan.decision, "start": day(start), "end": day(end)}
    early = _("Before the period of plan {decision} ({start}–{end})").format(**parts)
    late = _("After the period of plan {decision} ({start}–{end})").format(**parts)
    reason = pd.Series(pd.NA, index=rest.index, dtype="string")
    topics = plan.topics["T3"]
    other = (rest["axis"] == "policy").to_numpy(dtype=bool) & ~ev.names_any(rest["topic"], topics)
    mass = (rest["scope"] == "mass").fillna(value=False).to_numpy(dtype=bool)
    reason = reason.mask(mass, _("Mass communication alone does not count"))
    reason = reason.mask(other, _("Its topics do not name sustainable production and consumption"))
    reason = reason.mask((rest["event_date"] < pd.Timestamp(start)).to_numpy(dtype=bool), early)
    return reason.mask((rest["event_date"] > pd.Timestamp(end)).to_numpy(dtype=bool), late)


# --- the list ------------------------------------------------------------------------------


def listed(shown: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """Return the records about a subject that may be named; the others only bear on those."""
    return shown[is_in(shown["subject"], list(names))]


def newest(records: pd.DataFrame) -> pd.DataFrame:
    """Return records in the order of the list: the newest first, undated ones last."""
    return records.sort_values(["event_date", "id"], ascending=False, na_position="last")


def ledger(
    rows: pd.DataFrame,
    names: Mapping[str, str],
    sites: pd.Index,
    uses: Mapping[str, str],
    why_not: pd.Series,
) -> pd.DataFrame:
    """Return records in words, in their order.

    Parameters
    ----------
    rows : DataFrame
        The records as they may be shown, as from `listed` and `newest`.
    names : Mapping
        What each subject is called: sites that may be named, districts, the province.
    sites : Index
        The ids of the sites that may be named.
    uses : Mapping
        What each record supports, in words, by record id.
    why_not : Series
        As from `reasons`.

    Returns
    -------
    DataFrame
        `LEDGER`, indexed by record id; `folded` is what a search compares.
    """
    ids = rows["id"].astype(object)
    year = rows["event_date"].dt.year.astype("Int64").astype("string").fillna(UNDATED)
    table = rows.assign(
        year=year,
        summary_vi=rows[_summaries()[0]].fillna(rows[_summaries()[1]]),
        about=rows["subject"].map(names),
        site=rows["subject"].where(is_in(rows["subject"], sites)),
        supports=ids.map(uses).astype("string"),
        reason=ids.map(why_not).astype("string"),
    )
    return table.assign(folded=_folded(table)).reindex(columns=list(LEDGER)).set_index(ids)


def _folded(table: pd.DataFrame) -> pd.Series:
    """Return what a search compares: of each record its texts, each different one folded once."""
    parts = []  # the id among them, which every record has: who has none of all is left out
    for name in _SEARCHED:
        codes, texts = pd.factorize(table[name].astype("string"))
        each = pa.array([fold(text) or None for text in texts], pa.large_string())
        parts.append(each.take(pa.array(codes, mask=codes < 0)))
    between = pa.scalar(" ", pa.large_string())
    joined = pc.binary_join_element_wise(*parts, between, null_handling="skip")
    return pd.Series(joined.to_numpy(zero_copy_only=False), table.index, "string")


def summary(record: pd.Series) -> str:
    """Return what a record says in the language spoken, else in the other one."""
    return next((str(record[name]) for name in _summaries() if pd.notna(record[name])), "")


def _summaries() -> tuple[str, str]:
    """Return the columns of what a record says, that of the language spoken first."""
    texts = ("summary_vi", "summary_en")
    return texts if language() == LANGUAGE else texts[::-1]


def title(record: pd.Series) -> str:
    """Return what a record is: its axis and kind, in the words of the register."""
    return titled(str(record["axis"]), str(record["kind"]))


def titled(axis: str, kind: str) -> str:
    """Return what a record of an axis and a kind is."""
    return f"{vocabulary.label_of('axis', axis)} – {vocabulary.label_of('kind', kind)}"


def date_text(value: Any) -> str:
    """Return a day of a table as people write it, or a dash where there is none."""
    return "–" if pd.isna(value) else day(pd.Timestamp(value).date())


def when(record: pd.Series) -> str:
    """Return when what a record tells of took place, as people write it."""
    words, on = record["date_text"], record["event_date"]
    if pd.isna(words):
        return date_text(on)
    return when_text(None if pd.isna(on) else pd.Timestamp(on).date(), str(words))


def addresses(cell: Any) -> list[str]:
    """Return the web addresses in a cell; anything else in it stays out."""
    if pd.isna(cell):
        return []
    return [word for word in str(cell).split() if word.startswith(("https://", "http://"))]
