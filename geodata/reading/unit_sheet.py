"""The sheet of one unit: its part of the targets, its sites by kind, who is missing, what was last.

Pure. The figures are those of the gaps (``rules.coverage``). Not here: a site's own sheet
(``passport``), where units lie (``geography.units``), or how a screen shows it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from geodata.core.lookup import is_in
from geodata.core.text import _, number
from geodata.geography.units import Vintage, predecessors
from geodata.reading import labels
from geodata.reading.answer import MapAnswer, answer
from geodata.reading.symbology import GROUPS, RECORDED, group_of
from geodata.reading.view import AXES, STAGE, shown
from geodata.register.sites import KINDS
from geodata.rules import coverage
from geodata.rules.status import speaking
from geodata.rules.targets import YES, Result, of_axis

UNCERTAIN_GRADE = "D"  # kept, never counted
GROUP_NAMES = tuple(GROUPS["outreach"])


@dataclass(frozen=True)
class Share:
    """What a unit has of one target.

    `result` is the target with the unit's count, `answer` the same in words (None where nothing
    surely counts), `rank` its place among the `ranked` units. `missing` holds the `status` of
    each site that counts and is no verified yes, by id.
    """

    result: Result
    answer: MapAnswer | None
    rank: int | None
    ranked: int
    missing: pd.DataFrame


@dataclass(frozen=True)
class UnitSheet:
    """What is known of one unit at a date: `shares` by axis, `kinds` as from `by_kind`."""

    shares: dict[str, Share]
    kinds: pd.DataFrame
    last: pd.Series | None


def unit_sheet(
    code: str,
    names: pd.Series,
    unit: pd.Series,
    results: Sequence[Result],
    *,
    status: pd.DataFrame,
    kind: pd.Series,
    axis: str,
    last: pd.Series | None,
    tables: Mapping[str, pd.DataFrame] | None = None,
) -> UnitSheet:
    """Return the sheet of a unit.

    Parameters
    ----------
    code : str
        Of the unit.
    names : Series
        The name of every unit of its vintage, by code.
    unit, kind : Series
        Of every site of the register the code of its unit and its kind, by site id.
    results : sequence of Result
        The plan's targets over the whole register.
    status : DataFrame
        The status of every site, as from `status.status_of`.
    axis : str
        The axis whose groups the kinds are counted in.
    last : Series or None
        As from `last_event`.
    tables : mapping, optional
        What all units have of the target of each axis (`coverage.by_unit`), where it is at hand.
    """
    here = unit.index[(unit == code).fillna(value=False).to_numpy(dtype=bool)]
    targets = {each: of_axis(results, each) for each in AXES}
    tables = tables or {a: coverage.by_unit(one, unit, names) for a, one in targets.items()}
    shares = {a: share(one, a, code, tables[a], unit) for a, one in targets.items()}
    return UnitSheet(shares, by_kind(kind[here], status.loc[here], axis), last)


def share(result: Result, axis: str, code: str, table: pd.DataFrame, unit: pd.Series) -> Share:
    """Return what a unit has of a target, of which `table` says what all units have.

    Other parameters are those of `unit_sheet`.
    """
    here = unit.index[(unit == code).fillna(value=False).to_numpy(dtype=bool)]
    own = replace(result, count=coverage.whole(result, here))
    left = result.counted[is_in(result.counted.index, here)]
    rank = table["rank"][code]
    return Share(
        own,
        answer((own,), axis),
        None if pd.isna(rank) else int(rank),
        int(table["rank"].notna().sum()),
        left.loc[(left["part"] != "yes").to_numpy(dtype=bool), ["status"]],
    )


def by_kind(kind: pd.Series, status: pd.DataFrame, axis: str) -> pd.DataFrame:
    """Return how many sites of each kind are in which group of statuses.

    Parameters
    ----------
    kind : Series
        The kinds of some sites.
    status : DataFrame
        Their statuses, indexed alike.
    axis : str
        ``outreach`` or ``compliance``; pilot models are grouped by their stage.

    Returns
    -------
    DataFrame
        Indexed by the kinds there are, in their order, a column for each of `GROUP_NAMES`; each
        site is in one cell.
    """
    groups = [
        group_of("stage", key.removeprefix(STAGE)) if key.startswith(STAGE) else group_of(axis, key)
        for key in shown(status, axis)
    ]
    table = pd.crosstab(kind.to_numpy(dtype=object), pd.Series(groups, dtype=object))
    rows = [each for each in KINDS if each in table.index]
    return table.reindex(index=rows, columns=list(GROUP_NAMES), fill_value=0).astype(int)


def last_event(
    code: str, sites: pd.DataFrame, evidence: pd.DataFrame, as_of: date
) -> pd.Series | None:
    """Return the record of the last event held at a unit's sites, or by the unit itself.

    Parameters
    ----------
    code : str
        Of the unit: a district may itself be what a record speaks of.
    sites, evidence : DataFrame
        The unit's sites and all records, as far as they may be shown.
    as_of : date
        The day looked at; what was called off by then did not take place.
    """
    return latest(code, sites.index, events_held(evidence, as_of))


def events_held(evidence: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Return the records of events that took place by a day, whoever they are about."""
    live = speaking(evidence.head(0), evidence, as_of)
    held = (live["kind"] == "held") & (live["event_date"] <= pd.Timestamp(as_of))
    held &= ~live["cancelled"] & (live["grade"] != UNCERTAIN_GRADE)
    return evidence[is_in(evidence["id"], live["id"][held.fillna(value=False).to_numpy()])]


def latest(code: str, sites: pd.Index, held: pd.DataFrame) -> pd.Series | None:
    """Return the last of the events of `events_held` at a unit's sites, or by the unit itself."""
    by_unit = (held["subject"] == code).fillna(value=False).to_numpy(dtype=bool)
    past = held[is_in(held["subject"], sites) | by_unit]
    if past.empty:
        return None
    record: pd.Series = past.sort_values(["event_date", "id"], kind="stable").iloc[-1]
    return record


def in_short(result: Result, axis: str, names: pd.Series, unit: pd.Series) -> dict[str, list[str]]:
    """Return of each unit, by code, in two short lines what it has of a target and of sites.

    Parameters are those of `unit_sheet`.
    """
    table = coverage.by_unit(result, unit, names)
    done = labels.status_label(axis, YES[axis][0])
    sites = unit.value_counts()
    return {
        str(code): [_share_words(row, done), _sites_words(int(sites.get(code, 0)))]
        for code, row in table.drop(index=coverage.NOWHERE, errors="ignore").iterrows()
    }


def inventory_in_short(
    entries: pd.Series, names: pd.Series, unit: pd.Series
) -> dict[str, list[str]]:
    """Return of each unit, by code, how many sites it has and of how many anything is on record.

    `entries` are as from `inventory.entries`, the others as in `unit_sheet`.
    """
    known = entries.isin(RECORDED).to_numpy()
    every, recorded = unit.value_counts(), unit[known].value_counts()
    words = _("{x} with public evidence")
    return {
        str(code): [
            _sites_words(int(every.get(code, 0))),
            words.format(x=number(int(recorded.get(code, 0)))),
        ]
        for code in names.index
    }


def _share_words(row: pd.Series, done: str) -> str:
    """Return a unit's part of a target; what is not known is never a share."""
    if not row["sites"]:
        return _("No site here surely counts towards the target")
    if row["shade"] == "no-data":
        return _("No data yet of {n} sites that count").format(n=number(row["sites"]))
    return f"{done}: {number(row['yes'])}/{number(row['sites'])}"


def _sites_words(sites: int) -> str:
    return _("{n:site|sites} in all").format(n=number(sites))


def belonging(
    legacy: pd.DataFrame, names: Mapping[tuple[str, str], str], vintage: Vintage, code: str
) -> str:
    """Return what a unit was made of, or what became of it; what straddles a border says so.

    Parameters
    ----------
    legacy : DataFrame
        As from `units.load_legacy_communes`.
    names : mapping
        The name of every unit by vintage or level and code.
    vintage, code
        Of the unit.
    """
    if vintage == Vintage.Y2025:
        parts = predecessors(legacy, code)
        districts = [names["legacy", each] for each in dict.fromkeys(parts["district_legacy"])]
        made = _("Made from {communes} ({districts}).")
        if len(districts) > 1:
            made = _("Straddles {n} former districts: {districts}. Made from {communes}.")
        communes = ", ".join(parts["commune_legacy_name"])
        return made.format(n=len(districts), communes=communes, districts=", ".join(districts))

    def listed(codes: Iterable[str]) -> str:
        return ", ".join(names["2025", each] for each in codes)

    inside = (legacy["district_legacy"] == code).to_numpy()
    now, others = list(dict.fromkeys(legacy[inside]["commune_2025"])), legacy[~inside]
    words = [_("From 01/07/2025: {communes}.").format(communes=listed(now))]
    if shared := [each for each in now if each in set(others["commune_2025"])]:
        words.append(
            _("Of these {communes} also lies in another district.").format(communes=listed(shared))
        )
    return " ".join(words)
