"""What is wrong with a file, cell by cell, and what it would change. Nothing is saved here.

Not here: how a file becomes tables (``files``), and the rules one by one (``site_rows``,
``records`` and what they build on).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

import geopandas as gpd
import pandas as pd

from geodata.core.progress import Listener, between, unheard
from geodata.core.text import _
from geodata.geography import units
from geodata.intake.judging import kinds, records, site_rows, subjects
from geodata.intake.judging.cells import Choice, Level
from geodata.intake.judging.difference import Difference
from geodata.intake.judging.rows import Answers, Rows, gather
from geodata.intake.reading.grid import LeftOut, Sheet
from geodata.register import declarations, evidence, sites

KINDS = ("sites", "evidence", "declarations")


class Holdings(NamedTuple):
    """The register, the evidence and the declarations there are, typed."""

    sites: gpd.GeoDataFrame
    evidence: pd.DataFrame
    declarations: pd.DataFrame


class Finding(NamedTuple):
    """What there is to say of one cell of the file.

    ``row`` is the number Excel shows, ``column`` canonical, ``place`` its letter (or field).
    ``choices`` are the answers to a question, which `diagnose` takes by sheet, row and column.
    ``kind`` is the table's, which says what the column is called; of a map layer a row is a
    feature.
    """

    sheet: str
    row: int
    column: str
    place: str
    value: str
    rule: str
    message: str
    suggestion: str
    level: Level
    choices: tuple[Choice, ...] = ()
    kind: str = ""
    is_layer: bool = False


@dataclass(frozen=True)
class Diagnosis:
    """What is wrong with a file and what it would change.

    Attributes
    ----------
    kind
        The kinds of its sheets, joined by ``+``.
    rows
        How many rows it has.
    findings
        By sheet, row and column.
    sites, evidence, declarations
        All its records, typed; None where it has no sheet of that kind.
    difference
        By kind, against what is known.
    left_out
        What of the file was not taken in.
    notes
        By sheet, sentences about how the file as a whole was read.
    blanks
        By column, how many known values its blank cells would empty if they were to.
    """

    kind: str
    rows: int
    findings: tuple[Finding, ...]
    sites: gpd.GeoDataFrame | None
    evidence: pd.DataFrame | None
    declarations: pd.DataFrame | None
    difference: Mapping[str, Difference]
    left_out: tuple[LeftOut, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()
    blanks: Mapping[str, int] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Whether the file can be saved: no error, no open question."""
        return not any(self.open)

    @property
    def open(self) -> tuple[Finding, ...]:
        """The errors and open questions."""
        return tuple(f for f in self.findings if f.level is not Level.NOTICE)

    @property
    def notices(self) -> tuple[Finding, ...]:
        """What was read, and how, without need of an answer."""
        return tuple(f for f in self.findings if f.level is Level.NOTICE)

    def changes(self) -> Holdings:
        """Return the new and changed records, to be saved together."""
        frames = {"sites": self.sites, "evidence": self.evidence, "declarations": self.declarations}
        return Holdings(**{kind: self._changed(kind, frame) for kind, frame in frames.items()})

    def _changed(self, kind: str, frame: pd.DataFrame | None) -> Any:
        if frame is None:
            return None
        difference = self.difference[kind]
        return frame[frame["id"].isin([*difference.new, *difference.changed]).to_numpy()]

    def as_dict(self) -> dict[str, Any]:
        """Return the diagnosis as plain data, as the command line prints it."""
        parts = list(self.difference.values())
        return {
            "kind": self.kind,
            "rows": self.rows,
            "ok": self.ok,
            "errors": [_plain(finding) for finding in self.open],
            "notices": [_plain(finding) for finding in self.notices],
            "left_out": [part.as_dict() for part in self.left_out],
            "notes": [{"sheet": sheet, "message": message} for sheet, message in self.notes],
            "blanks": dict(self.blanks),
            "diff": {
                "new": [name for part in parts for name in part.new],
                "changed": {
                    name: {column: list(texts) for column, texts in cells.items()}
                    for part in parts
                    for name, cells in part.changed.items()
                },
                "unchanged": [name for part in parts for name in part.unchanged],
                "missing": [name for part in parts for name in part.missing],
            },
        }


def _plain(finding: Finding) -> dict[str, Any]:
    """Return a finding as plain data."""
    choices = [choice._asdict() for choice in finding.choices]
    return {**finding._asdict(), "level": str(finding.level), "choices": choices}


def diagnose(
    sheets: Iterable[Sheet],
    known: Holdings,
    entered: date,
    answers: Answers | None = None,
    listener: Listener = unheard,
    *,
    blank_clears: bool = False,
) -> Diagnosis:
    """Judge the tables of a file against each other and against what is known.

    Parameters
    ----------
    sheets : iterable of Sheet
        As recognised.
    known : Holdings
        What there is.
    entered : date
        The day on which the file is entered.
    answers : Mapping, optional
        By sheet, row and column: the value a person chose or typed in place of the cell's.
    listener : Listener, optional
        Is told the share done, 0 to 1, and a sentence.
    blank_clears : bool, optional
        Whether blank cells empty what is known of their record; else they leave it.

    Returns
    -------
    Diagnosis
        The same whatever the order of the rows, but for the row numbers.
    """
    listed = list(sheets)
    tables = {
        kind: gather([s for s in listed if s.kind == kind], columns, answers or {})
        for kind, columns in zip(
            KINDS, (sites.COLUMNS, evidence.COLUMNS, declarations.COLUMNS), strict=True
        )
        if any(s.kind == kind for s in listed)
    }
    made, differences = _judged(tables, known, entered, listener, blank_clears=blank_clears)
    listener(1.0, _("Checked."))
    return Diagnosis(
        kind="+".join(tables),
        rows=sum(len(sheet.cells) for sheet in listed),
        findings=tuple(f for rows in tables.values() for f in _findings(rows)),
        sites=made.get("sites"),
        evidence=made.get("evidence"),
        declarations=made.get("declarations"),
        difference=differences,
        left_out=tuple(part for sheet in listed for part in sheet.left_out),
        notes=tuple((sheet.name, note) for sheet in listed for note in sheet.notes),
        blanks=_blanks(tables.values()),
    )


def _judged(
    tables: Mapping[str, Rows],
    known: Holdings,
    entered: date,
    listener: Listener,
    *,
    blank_clears: bool,
) -> tuple[dict[str, Any], dict[str, Difference]]:
    """Return the typed records of each kind of table, and what they change."""
    made: dict[str, Any] = {}
    differences: dict[str, Difference] = {}
    for turn, (kind, rows) in enumerate(tables.items()):
        tell = between(listener, turn / len(tables), (turn + 1) / len(tables))
        if kind == "sites":
            made[kind], differences[kind] = site_rows.judge(
                rows, known.sites, tell, entered=entered, blank_clears=blank_clears
            )
            continue
        empty = subjects.Subjects({}, {})
        spoken = _subjects(known.sites, made.get("sites")) if len(rows.table) else empty
        of_kind = kinds.EVIDENCE if kind == "evidence" else kinds.DECLARATIONS
        before = known.evidence if kind == "evidence" else known.declarations
        made[kind], differences[kind] = records.judge(
            *(rows, of_kind, before),
            entered=entered,
            bearers=spoken,
            listener=tell,
            blank_clears=blank_clears,
        )
    return made, differences


def _blanks(tables: Iterable[Rows]) -> dict[str, int]:
    """Return how many known values the blank cells of all tables would empty, by column."""
    counts: dict[str, int] = {}
    for rows in tables:
        for column, count in rows.blanks.items():
            counts[column] = counts.get(column, 0) + count
    return counts


def _subjects(register: pd.DataFrame, more: pd.DataFrame | None) -> subjects.Subjects:
    """Return what evidence can speak of: sites known and of the file, districts, the province."""
    columns = ["id", "name_vi"]
    every = [frame[columns] for frame in (register, more) if frame is not None]
    listed = pd.DataFrame(pd.concat(every, ignore_index=True)).drop_duplicates()
    return subjects.known(listed, units.gazetteer(units.load_legacy_communes()))


def _findings(rows: Rows) -> list[Finding]:
    """Return the remarks on rows as findings, in the order of the file."""
    return sorted(
        (
            Finding(
                rows.sheets[r.at],
                rows.numbers[r.at],
                r.column,
                rows.letters[r.at].get(r.column, ""),
                r.value,
                _(r.rule),
                r.message,
                r.suggestion,
                r.level,
                r.choices,
                rows.kind,
                rows.layers[r.at],
            )
            for r in rows.remarks
        ),
        key=lambda finding: finding[:3],
    )
