"""Pages that tell: targets, evidence, method, what the map says and what nobody knows, about.

Not here: figures and sentences (``geodata.reading``), or markup (``templates``).
"""

from typing import Any

import pandas as pd

from geodata.core.text import _, day, number
from geodata.outputs.data.origin import licence, sources
from geodata.reading import board, knowledge, method, records, worked
from geodata.reading.answer import answer
from geodata.reading.glossary import glossary
from geodata.reading.inventory import answer as inventory_answer
from geodata.reading.labels import (
    axis_label,
    grade_text,
    kind_label,
    status_label,
    target_name,
)
from geodata.reading.passport import compliance_rule, outreach_rule, stage_rule
from geodata.register.sites import KINDS
from geodata.rules.status import COMPLIANCE, OUTREACH, STAGES
from layers.site import leaf, sites
from layers.site.edition import Edition
from layers.site.signs import kind_sign, sign

SHAPES = {"met": "✓", "not-met": "✕", "undetermined": "?", "undefined": "○", None: "–"}


def targets(edition: Edition) -> leaf.SitePage:
    """Return the board of targets, with what is said of it in sentences."""
    made = edition.briefing()
    judged, others = board.rows(made)
    content = {
        "tally": board.tally(made.results),
        "findings": made.findings,
        "judged": [_target(row) for row in judged],
        "others": [_target(row) for row in others],
        "plan": edition.plan,
    }
    about = board.tally(made.results)
    return leaf.SitePage(leaf.TARGETS, "targets.html", _("Targets of the plan"), about, content)


def _target(row: board.BoardRow) -> dict[str, Any]:
    line = row.line
    return {
        "n": line.id.removeprefix("T"),
        "name": line.name,
        "text": line.text,
        "counted": line.counted if line.verdict is not None else board.without_threshold(line),
        "bounds": line.bounds,
        "bar": row.bar,
        "verdict": line.verdict,
        "shape": SHAPES[line.verdict],
        "verdict_text": line.verdict_text,
        "facts": row.facts,
        "missing": row.missing,
        "note": row.note,
    }


def evidence(edition: Edition) -> leaf.SitePage:
    """Return the table of all public records."""
    ledger = edition.ledger()
    has_page = len(edition.sites) <= sites.MOST_PAGES
    content = {
        "rows": [_record(record, has_page=has_page) for _id, record in ledger.table.iterrows()],
        "left": ledger.listed - len(ledger.table),
        "tally": ledger.tally,
        "known": knowledge.known_texts(ledger.tally),
        "unlisted": ledger.unlisted,
    }
    about = _("Every public record: what it supports, or why it does not count.")
    return leaf.SitePage(leaf.RECORDS, "records.html", _("Evidence"), about, content)


def _record(record: pd.Series, *, has_page: bool) -> dict[str, Any]:
    site = record["site"]
    return {
        "id": str(record["id"]),
        "when": records.when(record),
        "title": sites.worded(f"{record['axis']} – {record['kind']}", records.title(record)),
        "grade": str(record["grade"]),
        "about": str(record["about"]),
        "path": leaf.site_path(str(site)) if has_page and pd.notna(site) else "",
        "summary": sites.text(record["summary_vi"]),
        "organiser": sites.text(record["organiser"]),
        "document": sites.text(record["doc_no"]),
        "supports": sites.text(record["supports"]),
        "reason": sites.text(record["reason"]),
        "links": records.addresses(record["source_url"]),
    }


def explained(edition: Edition) -> leaf.SitePage:
    """Return the page that says what the map says, with the glossary."""
    total = len(edition.register)
    answers = [
        inventory_answer(edition.known, total),
        answer(edition.results, "outreach"),
        answer(edition.results, "compliance"),
    ]
    used = edition.register["kind"].value_counts()
    content = {
        "total": total,
        "known": edition.known,
        "answers": [one for one in answers if one],
        "kinds": [
            {"name": kind_label(kind), "n": int(used[kind]), "sign": kind_sign(kind)}
            for kind in KINDS
            if kind in used
        ],
        "scales": _scales(edition),
        "glossary": glossary(),
    }
    about = _("What shapes, colours and counts mean, in one screen; the terms explained.")
    return leaf.SitePage(leaf.HELP, "help.html", _("What this map says"), about, content)


def _scales(edition: Edition) -> list[dict[str, Any]]:
    plan = edition.plan
    rules = {
        "outreach": [(s, outreach_rule(s, plan)) for s in OUTREACH],
        "compliance": [(s, compliance_rule(s)) for s in COMPLIANCE],
        "stage": [(s, stage_rule(s)) for s in STAGES],
    }
    return [
        {
            "title": axis_label(axis),
            "rows": [
                {"name": status_label(axis, status), "rule": rule, "sign": sign(axis, status)}
                for status, rule in pairs
            ],
        }
        for axis, pairs in rules.items()
    ]


def unknown(edition: Edition) -> leaf.SitePage:
    """Return what is not known, who could tell, and how to send it."""
    ledger = edition.ledger()
    names = edition.subjects()
    content = {
        "known": knowledge.known_texts(ledger.tally),
        "tally": ledger.tally,
        "unjudged": [
            {
                "n": result.target.id.removeprefix("T"),
                "name": target_name(result.target.id),
                "missing": board.missing(result),
            }
            for result in ledger.unjudged
        ],
        "openings": [
            {
                "name": names.get(one.district, one.district),
                "path": leaf.unit_path("legacy", one.district),
                "text": knowledge.opening_text(one),
            }
            for one in ledger.openings
        ],
        "who": _who(),
        "issuer": edition.letterhead.body,
    }
    about = _("What nobody has shown yet, who could tell, and how to send it in.")
    return leaf.SitePage(leaf.UNKNOWN, "unknown.html", _("What we do not know"), about, content)


def _who() -> list[tuple[str, str]]:
    """Return who keeps which papers."""
    return [
        (
            _("Whether an event took place"),
            _("its organiser, the commune's People's Committee, the site itself"),
        ),
        (
            _("Whether a cluster or craft village is recognised, and works"),
            _("the department of industry and trade, that of agriculture; the commune"),
        ),
        (
            _("Whether packaging is friendly to the environment"),
            _("the supermarket or centre; the department that checked it"),
        ),
        (_("Material and fuel used"), _("the plant itself, by its yearly report")),
    ]


def rules(edition: Edition) -> leaf.SitePage:
    """Return the method, with targets worked out from the figures of the edition."""
    kind = edition.register["kind"]
    results = {result.target.id: result for result in edition.results}
    content = {
        "worked": [
            {
                "n": target.removeprefix("T"),
                "name": target_name(target),
                "steps": worked.steps(results[target], kind),
            }
            for target in worked.WORKED
            if target in results
        ],
        "counting": method.counting(),
        "scales": _scales(edition),
        "grades": [grade_text(grade) for grade in "ABCD"],
        "targets": [(t.id.removeprefix("T"), t.text) for t in edition.plan.targets],
        "profiles": [
            {
                "code": profile.code,
                "name": profile.name,
                "basis": profile.basis,
                "kinds": ", ".join(map(kind_label, profile.kinds)),
                "criteria": profile.criteria,
            }
            for profile in edition.plan.profiles
        ],
        "sources": sources(simulated=edition.simulated),
    }
    about = _("How a status follows from evidence and a figure from statuses, worked out.")
    return leaf.SitePage(leaf.METHOD, "method.html", _("Method"), about, content)


def imprint(edition: Edition) -> leaf.SitePage:
    """Return who issues the site, what it is made from, and how it can be read by everybody."""
    content = {
        "issuer": edition.letterhead.body,
        "licence": licence(simulated=edition.simulated),
        "sources": sources(simulated=edition.simulated),
        "total": number(len(edition.register)),
        "withheld": len(edition.register) - len(edition.sites),
        "day": day(edition.day),
    }
    about = _("Who issues this site, from what, under which licence, and what it does not do.")
    return leaf.SitePage(leaf.ABOUT, "about.html", _("About"), about, content)


def lost() -> leaf.SitePage:
    """Return the page for an address that leads nowhere."""
    about = _("There is no such page here.")
    return leaf.SitePage(leaf.LOST, "lost.html", _("Page not found"), about)
