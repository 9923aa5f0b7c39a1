"""Pages of sites: the passport of each, as the screens show it, and the list of all.

Not here: what a passport says (``geodata.reading.passport``), or markup (``templates``).
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

import pandas as pd

from geodata.core.text import LANGUAGE, _, language, number
from geodata.reading.labels import (
    axis_label,
    event_label,
    grade_text,
    key_label,
    kind_label,
)
from geodata.reading.passport import Passport, passports
from geodata.reading.passport_words import (
    answers,
    decision_text,
    position_text,
    reported_text,
    since_text,
    standing_text,
)
from geodata.reading.records import addresses, date_text, summary, when
from geodata.reading.symbology import RECORDED
from geodata.reading.view import UNIT_COLUMN, shown
from geodata.register import vocabulary
from geodata.register.evidence import event_sizes
from geodata.register.reports import NOTHING_REPORTED
from geodata.register.sites import placed
from layers.element import without_templates
from layers.site import leaf
from layers.site.edition import Edition

MOST_PAGES = 5000
"""Sites, above which there is no page a site: the map and the units' lists tell the chief of it."""


def pages(edition: Edition) -> Iterator[leaf.SitePage]:
    """Yield the page of each site that may be named."""
    if len(edition.sites) > MOST_PAGES:
        return
    sizes = event_sizes(edition.evidence)
    every = passports(edition.sites, edition.evidence, edition.plan, edition.view.as_of)
    for one in every:
        yield _page(one, edition, sizes)


def _page(one: Passport, edition: Edition, sizes: Mapping[str, int]) -> leaf.SitePage:
    site, name = one.site, str(one.site["name_vi"])
    kind = kind_label(site["kind"])
    column = UNIT_COLUMN[edition.view.units_of]
    unit = _unit_link(edition, edition.view.units_of.value, site[column])
    standings = [_standing(finding, sizes) for finding in one.findings]
    words = "; ".join(f"{s['axis']}: {s['status']}" for s in standings)
    about = " · ".join(filter(None, (kind, unit["name"] if unit else "", words)))
    path = leaf.site_path(str(site["id"]))
    content = {
        "site": str(site["id"]),
        "kind": kind,
        "membership": one.membership,
        "profile": one.profile,
        "standings": standings,
        "lifecycle": [_statement(statement, site) for statement in one.lifecycle],
        "register": _register(site, edition),
        "others": [_record(record, sizes) for _id, record in one.others.iterrows()],
        "mapped": pd.notna(site["lat"]) and pd.notna(site["lon"]),
        "place": _place(site, about, edition, path),
        "reported": reported_text(edition.reported.get(str(site["id"]), NOTHING_REPORTED)),
        "report": _report_address(edition, str(site["id"])),
    }
    return leaf.SitePage(path, "site.html", name, about, content)


def _report_address(edition: Edition, site: str) -> str:
    """Return where the app takes a report on a site, in the language spoken here."""
    if not edition.app:
        return ""
    tongue = {} if language() == LANGUAGE else {"lang": language()}
    return f"{edition.app}?{urlencode({'site': site, 'report': 1, **tongue})}"


def _standing(finding: Any, sizes: Mapping[str, int]) -> dict[str, Any]:
    return {
        "key": finding.axis,
        "axis": axis_label(finding.axis),
        "status": standing_text(finding),
        "rule": finding.rule,
        "remarks": finding.remarks,
        "records": [_record(record, sizes) for _id, record in finding.records.iterrows()],
    }


def text(cell: Any) -> str:
    """Return a cell as text, nothing where it is missing."""
    return "" if pd.isna(cell) else str(cell)


def _record(record: pd.Series, sizes: Mapping[str, int]) -> dict[str, Any]:
    event = text(record["event"])
    return {
        "when": when(record),
        "organiser": text(record["organiser"]),
        "event": event_label(event, sizes[event]) if event in sizes else "",
        "summary": summary(record),
        "answers": list(answers(record["answers"])) if pd.notna(record["answers"]) else [],
        "document": text(record["doc_no"]),
        "id": str(record["id"]),
        "grade": grade_text(str(record["grade"])),
        "entered": date_text(record["recorded_at"]),
        "reason": text(record.get("reason")),
        "links": addresses(record["source_url"]),
    }


def _statement(statement: Any, site: pd.Series) -> dict[str, Any]:
    state = worded(statement.state, vocabulary.state_label(statement.state))
    parts = (state, since_text(statement))
    known = text(site["source"]).split()
    own = [word for word in statement.source.split() if word not in known]
    return {
        "text": " ".join(filter(None, parts)),
        "decision": decision_text(statement),
        "links": addresses(" ".join(own)),
    }


def worded(value: str, official: str) -> str:
    """Return a value in the language spoken: the register has its words in Vietnamese alone."""
    return official if language() == LANGUAGE else value.replace("_", " ").capitalize()


def _unit_link(edition: Edition, level: str, code: Any) -> dict[str, str] | None:
    """Return the name of a unit and the way to its page; a former commune has no page."""
    if pd.isna(code):
        return None
    name = edition.unit_names.get((level, str(code)), str(code))
    path = leaf.unit_path(level, str(code)) if level in edition.frames else ""
    return {"name": name, "path": path}


def _register(site: pd.Series, edition: Edition) -> list[dict[str, Any]]:
    """Return what the register says of the place, row by row; what is not known says so."""
    levels = {
        _("To 30/06/2025"): [("commune_legacy", "commune_legacy"), ("legacy", "district_legacy")],
        _("From 01/07/2025"): [("2025", "commune_2025")],
    }
    rows = [
        _row(label, units=[u for lv, col in pairs if (u := _unit_link(edition, lv, site[col]))])
        for label, pairs in levels.items()
    ]
    area = f"{number(site['area_ha'], 2)} ha" if pd.notna(site["area_ha"]) else ""
    rows += [
        _row(_("Decision"), text(site["decision"]), lang="vi"),
        _row(_("Position"), position_text(site)),
        _row(_("Area"), area),
        *(_row(label, text(site[column]), lang="vi") for label, column in _written().items()),
    ]
    return [*rows, _row(_("Source"), links=addresses(site["source"]))]


def _written() -> dict[str, str]:
    """Return what the office has written of a place, in its own language."""
    return {_("Sectors"): "sectors", _("Operator"): "operator", _("Details"): "details"}


def _row(label: str, words: str = "", **more: Any) -> dict[str, Any]:
    return {"label": label, "text": words, "units": [], "links": [], "lang": "", **more}


def _place(site: pd.Series, about: str, edition: Edition, path: str) -> str:
    """Return a site as a ``Place`` of schema.org; of simulated ones nothing, for there are none."""
    if edition.simulated:
        return ""
    place: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Place",
        "name": str(site["name_vi"]),
        "identifier": str(site["id"]),
        "description": about,
    }
    if edition.address:
        place["url"] = edition.address + leaf.prefix(language()) + path
    if pd.notna(site["lat"]) and pd.notna(site["lon"]):
        at = {"latitude": round(float(site["lat"]), 5), "longitude": round(float(site["lon"]), 5)}
        place["geo"] = {"@type": "GeoCoordinates", **at}
    return data_block(place)


def data_block(value: Any) -> str:
    """Return data for a script that no browser runs; no text in it ends the script."""
    return without_templates(json.dumps(value, ensure_ascii=False).replace("<", "\\u003c"))


# --- all sites -------------------------------------------------------------------------------


_TABLED = ("id", "name_vi", "kind", "lat", "lon")


def rows(edition: Edition, some: pd.Index | None = None) -> list[dict[str, Any]]:
    """Return sites as rows of a table: the map's twin, in the order of the register."""
    vintage = edition.view.units_of
    frame = pd.DataFrame(edition.sites[[*_TABLED, UNIT_COLUMN[vintage]]])
    frame = frame if some is None else frame.loc[some]
    named = frame.index
    status, has_page = edition.status.loc[named], len(edition.sites) <= MOST_PAGES
    outreach, compliance = shown(status, "outreach"), shown(status, "compliance")
    entries, codes = edition.entries.loc[named], frame[UNIT_COLUMN[vintage]]
    there = placed(frame)
    # A label is looked up once a word, not once a site.
    kinds = {kind: kind_label(kind) for kind in frame["kind"].unique()}
    units = {code: _unit_link(edition, vintage.value, code) for code in codes.unique()}
    words = {
        axis: {key: key_label(axis, key) for key in keys.unique()}
        for axis, keys in (("outreach", outreach), ("compliance", compliance))
    }
    columns = zip(
        frame["id"], frame["name_vi"], frame["kind"], codes, outreach, compliance, entries,
        frame["lat"], frame["lon"], there, strict=True,
    )  # fmt: skip
    return [
        {
            "id": str(site),
            "name": str(name),
            "path": leaf.site_path(str(site)) if has_page else "",
            "kind": kinds[kind],
            "unit": units[code],
            "outreach": words["outreach"][reached],
            "compliance": words["compliance"][complies],
            "model": kind == "pilot_model",
            "recorded": str(entry) in RECORDED,
            "at": f"{lat:.5f},{lon:.5f}" if placed_ else "",
        }
        for site, name, kind, code, reached, complies, entry, lat, lon, placed_ in columns
    ]


def listed(edition: Edition) -> leaf.SitePage:
    """Return the page with the list of all sites, or where the lists of the units are."""
    whole = len(edition.sites) <= MOST_PAGES
    withheld = len(edition.register) - len(edition.sites)
    content = {
        "rows": rows(edition) if whole else [],
        "whole": whole,
        "total": len(edition.register),
        "withheld": withheld,
        "unplaced": int((~placed(edition.sites)).sum()),
    }
    about = _("All sites of the map as a table, with what is known of each.")
    return leaf.SitePage(leaf.LIST, "list.html", _("List of sites"), about, content)
