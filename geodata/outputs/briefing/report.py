"""The official periodic report: the office's template (DOCX), its blanks filled with figures.

Wording, order and looks stand in the template, laid out as Decree 30/2020/NĐ-CP asks; an office
may change it without code (docs/report-template.md). What only a person can know stays a marked
blank there. Not here: what the figures are (``reading.briefing``).
"""

from collections.abc import Iterator, Mapping
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from docx.opc.exceptions import PackageNotFoundError
from docx.shared import Length, Mm
from docxtpl import DocxTemplate, InlineImage
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment

from geodata.core.errors import WrongCallError
from geodata.core.progress import Listener, unheard
from geodata.core.text import LANGUAGE, LANGUAGES, _, day, language, number
from geodata.outputs.briefing import qr, speech
from geodata.outputs.briefing.provenance import provenance
from geodata.outputs.briefing.sections import Sections, TableSection, sections
from geodata.outputs.briefing.wording import (
    NAME,
    NOTHING,
    cumulative_label,
    in_words,
    marks,
    missing_text,
    open_results,
    plain,
    sectors,
    sectors_remark,
    words,
)
from geodata.reading import board
from geodata.reading.briefing import Briefing, Line
from geodata.reading.findings import counted
from geodata.reading.labels import axis_label, kind_label, short_target_name, target_name
from geodata.register.sites import placed, uncertain
from geodata.rules.targets import Result

TEMPLATE = Path(__file__).parent / "templates" / "report.docx"
LISTED = 40  # sites named in a table; the workbook has all
MAP, CODE = Mm(165), Mm(24)  # wide: the map from margin to margin, the code that leads to the view
_ROMAN = ("I", "II", "III", "IV")
_UNIT = ("rank", "name", "sites", "yes", "unknown", "no", "share", "open", "moved")
_SECTOR = ("sector", "input", "before", "now", "reduction", "plants", "verdict")


def render(briefing: Briefing, picture: bytes, listener: Listener = unheard) -> bytes:
    """Return the periodic report as a DOCX file.

    Parameters
    ----------
    briefing : Briefing
        What is reported; no figure comes from elsewhere. Its letterhead may name a template.
    picture : bytes
        The map as a PNG; it is as wide as the text.
    listener : callable, optional
        Told of each step before it begins.

    Raises
    ------
    WrongCallError
        If the template is none, has a blank that nobody knows, or is not in the language.
    """
    listener(0, _("Writing the report"))
    template = template_of(briefing)
    report = _opened(template)
    drawn = {"map": InlineImage(report, BytesIO(picture), width=MAP), "qr": ""}
    if link := briefing.imprint.link:
        drawn["qr"] = InlineImage(report, BytesIO(qr.png(link)), width=CODE)
    rules = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    try:
        report.render({**_plain(blanks(briefing)), **drawn, **_counters()}, rules)
    except (TemplateError, SyntaxError) as error:
        sentence = _("The template {name} cannot be filled in: {reason}. See its list of blanks.")
        raise WrongCallError(sentence.format(name=template.name, reason=error)) from error
    listener(0.8, _("Packing the report"))
    _finish(report, briefing)
    out = BytesIO()
    report.save(out)
    return out.getvalue()


def template_of(briefing: Briefing) -> Path:
    """Return the template of a report, or refuse: ours speaks Vietnamese and no other language."""
    template = briefing.imprint.letterhead.report or TEMPLATE
    if template is TEMPLATE and language() != LANGUAGE:
        sentence = _(
            "The report follows a Vietnamese decree and exists in Vietnamese only; leave out "
            "--lang, or name a template in that language with --template."
        )
        raise WrongCallError(sentence)
    return template


def _opened(path: Path) -> DocxTemplate:
    """Return a template, or refuse what is none."""
    try:
        report = DocxTemplate(path)
        report.init_docx()
    except (PackageNotFoundError, BadZipFile, SyntaxError, ValueError, KeyError, OSError) as error:
        sentence = _("“{path}” is not a DOCX file that can be opened; save it anew from Word.")
        raise WrongCallError(sentence.format(path=path)) from error
    return report


def _counters() -> dict[str, Any]:
    """Return what numbers tables as they come; parts differ from report to report."""
    tables = count(1)
    return {"table_no": lambda: next(tables)}


def _plain(value: Any) -> Any:
    """Return values whose texts hold nothing that no file can hold; lines of a cell stay apart."""
    if isinstance(value, str):
        return "\n".join(plain(line) for line in value.split("\n"))
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, list | tuple) else value


def _finish(report: Any, briefing: Briefing) -> None:
    """Say in words what the pictures show, and in the file's properties what it is."""
    texts = [sections(briefing).map, briefing.imprint.link]
    for drawn, text in zip(report.inline_shapes, texts, strict=False):
        drawn._inline.docPr.set("descr", text)  # noqa: SLF001 - no API for it
    drawn = report.inline_shapes[0] if len(report.inline_shapes) else None
    if drawn is not None and drawn.height > (most := Mm(190)):
        drawn.width, drawn.height = Length(int(drawn.width * most / drawn.height)), most
    properties = report.core_properties
    plan = briefing.plan
    properties.title = _("Results of Plan No. {decision}").format(decision=plan.decision)
    properties.author, properties.language = briefing.imprint.maker, LANGUAGES[language()]
    properties.subject = " · ".join(briefing.facts)[:250]


# --- the blanks ----------------------------------------------------------------------------


def blanks(briefing: Briefing) -> dict[str, Any]:
    """Return what each blank of the template is filled with (docs/report-template.md)."""
    parts = sections(briefing)
    head, view, plan = briefing.imprint.letterhead, briefing.view, briefing.plan
    letterhead = ("body", "parent", "place", "sign_for", "position", "signatory", "drafted_by")
    return {
        **{name: getattr(head, name) for name in letterhead},
        "recipients": head.recipients,
        "plan": {
            "decision": plan.decision,
            "year": str(plan.year),
            "issued": in_words(plan.issued),
            "issuer": plan.issuer,
            "start": day(plan.window.start),
            "end": day(plan.window.end),
        },
        "as_of": day(view.as_of),
        "period_end": day(min(plan.window.end, view.as_of)),
        "known_at": day(briefing.known_at) if briefing.known_at else "",
        "later": number(briefing.later) if briefing.later else "",
        "closed": parts.closed,
        "total": parts.total,
        "scope": parts.narrowed,
        "headline": board.headline(briefing.results),
        "rest": board.rest(briefing.results),
        "board": [_board_row(line) for line in briefing.board],
        "board_notes": list(_board_notes(briefing)),
        "findings": parts.findings,
        "targets": list(_targets(briefing, parts)),
        "map_title": _map_title(briefing),
        "no_site": parts.no_site,
        "comparison": _comparison(briefing, parts),
        "units": _units(briefing, parts.units),
        "sectors": _sectors(briefing),
        "changes": _changes(parts.changes),
        "open": [_open(briefing, result) for result in open_results(briefing) if len(result.open)],
        "difficulties": list(_difficulties(briefing)),
        "needs": list(_needs(briefing)),
        "appendix": _appendices(briefing),
        "marks": " · ".join(marks(briefing)),
        "facts": " · ".join((*briefing.facts, *briefing.imprint.facts)),
        "provenance": "\n".join(provenance(briefing)),
        "link": briefing.imprint.link,
        "contents": head.contents,
    }


def _appendices(briefing: Briefing) -> dict[str, str]:
    """Return the number of each appendix that there is; the others have none."""
    there = {
        "units": True,
        "sectors": bool(sectors(briefing)[1]),
        "changes": not briefing.changes.empty,
        "open": any(len(result.open) for result in open_results(briefing)),
    }
    numbers = iter(_ROMAN)
    return {name: next(numbers) if is_there else "" for name, is_there in there.items()}


def _board_row(line: Line) -> dict[str, str]:
    """Return one target as a row of the table."""
    return {
        "no": line.id.removeprefix("T"),
        "name": line.name,
        "result": "\n".join(filter(None, [line.counted, line.bounds])),
        "threshold": line.threshold,
        "verdict": line.verdict_text,
        "short": line.short or NOTHING,
    }


def _board_notes(briefing: Briefing) -> Iterator[str]:
    """Yield what has to be known to read the table: what counts, and remarks on single targets."""
    yield _(
        "Only verified evidence (grade A or B) counts as a yes. What is unknown is counted "
        "apart and is neither reached nor not reached; the upper bound takes all of it in."
    )
    for line in briefing.board:
        for note in line.notes:
            words_ = _("Target {n}: {note}")
            yield words_.format(n=line.id.removeprefix("T"), note=note)


def _targets(briefing: Briefing, parts: Sections) -> Iterator[dict[str, str]]:
    """Yield what stands beside the shares: the kinds, the cumulative count, who is left out."""
    for target in parts.targets:
        result = target.result
        sentences = [*_kinds(result)]
        if result.cumulative:
            of_all = counted(result.cumulative, result)
            sentences.append(f"{cumulative_label(briefing)}: {of_all}.")
        sentences += target.beside
        if sentences:
            yield {"name": target.line.name, "text": " ".join(sentences)}


def _kinds(result: Result) -> Iterator[str]:
    """Yield how the kinds of sites stand on their own."""
    parts = [p for p in result.breakdown if p.count.total is not None and result.target.kinds]
    sentences = [f"{kind_label(p.code).lower()} {counted(p.count, result)}" for p in parts]
    if sentences:
        yield _("Kind by kind: {said}.").format(said="; ".join(sentences))


def _map_title(briefing: Briefing) -> str:
    """Return what the map is called."""
    axis = axis_label(briefing.view.axis).lower()
    return _("Map of {axis} as of {as_of}").format(axis=axis, as_of=day(briefing.view.as_of))


def _comparison(briefing: Briefing, parts: Sections) -> dict[str, Any]:
    """Return the targets at both dates; nothing if there is one date."""
    then, part = briefing.compared_to, parts.comparison
    if then is None or part is None:
        return {}
    keys = ("name", "then", "now", "change", "verdict")
    return {
        "then": day(then),
        "answer": speech.changed_text(then, len(briefing.changes)),
        "rows": [dict(zip(keys, row, strict=True)) for row in part.rows],
        "notes": part.notes,
    }


def _units(briefing: Briefing, part: TableSection) -> dict[str, Any]:
    """Return the units by rank, with the sentence that says how they stand."""
    yes, unknown, no = words(briefing.view.axis)
    rows = [dict(zip(_UNIT, (*row, NOTHING), strict=False)) for row in part.rows]
    return {
        "answer": speech.where(briefing).title,
        "title": part.title,
        "yes": yes,
        "unknown": unknown,
        "no": no,
        "rows": rows,
        "empty": part.empty,
        "notes": part.notes,
    }


def _sectors(briefing: Briefing) -> dict[str, Any]:
    """Return the sectors' intensities; no rows without a baseline year."""
    _head, rows = sectors(briefing, remarks=False)
    years = next((r.figures for r in briefing.results if "baseline_year" in r.figures), {})
    return {
        "baseline_year": str(years.get("baseline_year", "")),
        "year": str(years.get("year", "")),
        "rows": [dict(zip(_SECTOR, row, strict=True)) for row in rows],
        "note": sectors_remark(briefing),
    }


def _changes(part: TableSection | None) -> dict[str, Any]:
    """Return how many sites moved from which status to which."""
    if part is None:
        return {}
    keys = ("axis", "before", "now", "sites")
    rows = [dict(zip(keys, row, strict=True)) for row in part.rows]
    return {"rows": rows, "empty": part.empty, "notes": part.notes}


def _open(briefing: Briefing, result: Result) -> dict[str, Any]:
    """Return which sites may count for a target or not, and what is missing to say so."""
    listed = result.open.head(LISTED)
    named = briefing.register[["name_vi", "kind"]].reindex(listed.index)
    rows = [
        {"name": plain(name, NAME), "kind": kind_label(kind), "missing": missing_text(missing)}
        for name, kind, missing in zip(
            named["name_vi"], named["kind"], listed["missing"], strict=True
        )
    ]
    more = (result.count.open if result.count else 0) - len(listed)
    return {
        "no": result.target.id.removeprefix("T"),
        "name": target_name(result.target.id),
        "rows": rows,
        "more": number(more) if more else "",
    }


def _difficulties(briefing: Briefing) -> Iterator[str]:
    """Yield what stands in the way of a judgement; the reasons are for a person."""
    judged = [line for line in briefing.board if line.verdict]
    if unclear := [line for line in judged if line.verdict in {"undetermined", "undefined"}]:
        words_ = _("{x} of {n} targets cannot be judged for want of records: {names}.")
        yield words_.format(
            x=number(len(unclear)),
            n=number(len(judged)),
            names="; ".join(short_target_name(line.id) for line in unclear),
        )
    on_map = placed(briefing.sites)
    for n, sentence in (
        (_unknown(briefing), _("Of {n} sites nothing is known yet of {axis}.")),
        (int((~on_map).sum()), _("{n} sites have no position and are not on the map.")),
        (
            int((uncertain(briefing.sites) & on_map).sum()),
            _("Of {n} sites only the commune is known, not the exact position."),
        ),
    ):
        if n:
            axis = axis_label(briefing.view.axis).lower()
            yield sentence.format(n=number(n), axis=axis)


def _unknown(briefing: Briefing) -> int:
    """Return of how many sites in view nothing is known."""
    rows = (row for group in briefing.legend["groups"] for row in group["rows"])
    return sum(row["count"] for row in rows if row["key"] == "no-data")


def _needs(briefing: Briefing) -> Iterator[str]:
    """Yield what has to come before each target that is not met is met or can be judged."""
    for row, need in speech.needs(briefing):
        yield f"{row.line.name}: {need.removesuffix('.')}."
