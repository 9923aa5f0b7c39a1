"""Pages of units, of both vintages, and the list of them.

Not here: what a unit's sheet says (``geodata.reading.unit_sheet``), or markup (``templates``).
"""

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from geodata.core.lookup import is_in
from geodata.core.text import _, number
from geodata.geography.units import Vintage, neighbours
from geodata.reading import records
from geodata.reading.labels import (
    grade_text,
    group_label,
    kind_label,
    status_label,
    target_name,
    vintage_label,
)
from geodata.reading.unit_sheet import (
    UnitSheet,
    belonging,
    in_short,
    inventory_in_short,
    latest,
    unit_sheet,
)
from geodata.reading.view import AXES, UNIT_COLUMN
from geodata.rules.coverage import by_unit
from geodata.rules.targets import of_axis
from layers.site import leaf, sites
from layers.site.edition import Edition

_MOST_NAMED = 500
"""Sites named of those that miss a target; the table below has all of them."""


def pages(edition: Edition) -> Iterator[leaf.SitePage]:
    """Yield the page of each unit of both vintages."""
    for vintage in Vintage:
        names, unit = edition.frames[vintage.value]["name"], edition.register[UNIT_COLUMN[vintage]]
        tables = {axis: by_unit(of_axis(edition.results, axis), unit, names) for axis in AXES}
        for code in names.index:
            yield _page(edition, vintage, str(code), tables)


def _page(
    edition: Edition, vintage: Vintage, code: str, tables: Mapping[str, pd.DataFrame]
) -> leaf.SitePage:
    name = edition.unit_names[vintage.value, code]
    named = edition.named(vintage, code)
    seen = _sheet(edition, vintage, code, named, tables)
    frame = edition.frames[vintage.value]
    total = int(seen.kinds.to_numpy().sum())
    content = {
        "vintage": vintage_label(vintage.value),
        "code": code,
        "level": vintage.value,
        "belonging": belonging(edition.legacy, edition.unit_names, vintage, code),
        "shares": [_share(seen, axis, edition, named) for axis in AXES],
        "total": total,
        "kinds": [_kind(str(kind), row) for kind, row in seen.kinds.iterrows()],
        "last": _last(seen),
        "neighbours": [
            {"name": str(frame["name"][other]), "path": leaf.unit_path(vintage.value, other)}
            for other in neighbours(frame, code)
        ],
        "rows": sites.rows(edition, _in_table(edition, vintage, named)),
        "elsewhere": bool(len(named)) and _elsewhere(edition, vintage),
        "on_map": vintage == edition.view.units_of,
    }
    about = _("{unit}: {n} sites in all, what is known of them and what is not.")
    words = about.format(unit=name, n=number(total))
    return leaf.SitePage(leaf.unit_path(vintage.value, code), "unit.html", name, words, content)


def _elsewhere(edition: Edition, vintage: Vintage) -> bool:
    """Say whether so many sites stand in tables of the other vintage's units alone."""
    return len(edition.sites) > sites.MOST_PAGES and vintage != edition.view.units_of


def _in_table(edition: Edition, vintage: Vintage, named: pd.Index) -> pd.Index:
    """Return the sites of a unit's table: of many those that no unit in view has in its own."""
    if not _elsewhere(edition, vintage):
        return named
    in_view = edition.sites[UNIT_COLUMN[edition.view.units_of]]
    nowhere: pd.Index = named[in_view[named].isna().to_numpy()]
    return nowhere


def _sheet(
    edition: Edition,
    vintage: Vintage,
    code: str,
    named: pd.Index,
    tables: Mapping[str, pd.DataFrame],
) -> UnitSheet:
    return unit_sheet(
        code,
        edition.frames[vintage.value]["name"],
        edition.register[UNIT_COLUMN[vintage]],
        edition.results,
        status=edition.status,
        kind=edition.register["kind"],
        axis="outreach",
        last=latest(code, named, edition.held),
        tables=tables,
    )


def _share(seen: UnitSheet, axis: str, edition: Edition, here: pd.Index) -> dict[str, Any]:
    share = seen.shares[axis]
    target = share.result.target.id
    named = share.missing[is_in(share.missing.index, here)]
    names = edition.sites["name_vi"].reindex(named.index[:_MOST_NAMED])
    has_page = len(edition.sites) <= sites.MOST_PAGES
    return {
        "target": target.removeprefix("T"),
        "name": target_name(target),
        "answer": share.answer,
        "rank": share.rank,
        "ranked": share.ranked,
        "missing": [
            {
                "name": str(name),
                "path": leaf.site_path(str(site)) if has_page else "",
                "status": status_label(axis, named["status"][site]),
            }
            for site, name in names.items()
        ],
        "more": max(0, len(named) - _MOST_NAMED),
        "total": len(share.missing),
        "unnamed": len(share.missing) - len(named),
    }


def _kind(kind: str, row: pd.Series) -> dict[str, Any]:
    axis = "stage" if kind == "pilot_model" else "outreach"
    groups = [(group_label(axis, str(group)), int(n)) for group, n in row.items() if n]
    return {"name": kind_label(kind), "total": int(row.sum()), "groups": groups}


def _last(seen: UnitSheet) -> dict[str, Any] | None:
    record = seen.last
    if record is None:
        return None
    return {
        "when": records.when(record),
        "grade": grade_text(str(record["grade"])),
        "text": records.summary(record) or sites.text(record["organiser"]),
        "links": records.addresses(record["source_url"]),
    }


def listed(edition: Edition) -> leaf.SitePage:
    """Return the page with all units: of each how many sites, and its share of a target."""
    groups = []
    for vintage in Vintage:
        names, column = edition.frames[vintage.value]["name"], UNIT_COLUMN[vintage]
        unit = edition.register[column]
        shares = in_short(of_axis(edition.results, "outreach"), "outreach", names, unit)
        known = inventory_in_short(edition.entries, names, unit)
        rows = [
            {
                "name": str(name),
                "path": leaf.unit_path(vintage.value, str(code)),
                "sites": known[str(code)][0],
                "known": known[str(code)][1],
                "share": shares[str(code)][0],
            }
            for code, name in names.items()
        ]
        groups.append({"title": vintage_label(vintage.value), "rows": rows})
    about = _("The 28 communes since 01/07/2025 and the 8 districts before, with their sites.")
    return leaf.SitePage(leaf.UNITS, "units.html", _("Units"), about, {"groups": groups[::-1]})
