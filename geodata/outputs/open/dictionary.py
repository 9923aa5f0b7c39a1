"""The data dictionary: what each column of open data means, of which type, in which unit.

Not here: the tables (``tables``), or how a format spells a type (``packages``, ``interface``).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from geodata.core.text import _, language
from geodata.geography.units import Tier, Vintage
from geodata.outputs.data.origin import STATUSES
from geodata.outputs.open.tables import PARTS, UNITS
from geodata.reading.labels import axis_label, status_label
from geodata.register import evidence, sites, vocabulary
from geodata.register.vocabulary import HEADERS, header_of
from geodata.rules.status import COMPLIANCE, OUTREACH, STAGES
from geodata.rules.targets import OF_AXIS, VERDICTS

_WHOLE = ("year", "enterprises")
_MEASURED = {"lat": "°", "lon": "°", "position_accuracy_m": "m", "area_ha": "ha"}
_VALUES = {"outreach": OUTREACH, "compliance": COMPLIANCE, "stage": STAGES}
_KINDS = {"sites": sites.KINDS, "evidence": evidence.EVENT_KINDS}
_SEVERAL = ("answers", "topic")  # cells that hold several values, or others than are listed


@dataclass(frozen=True)
class Column:
    """A column: `type` is string, integer, number or date; `values` the only ones there are."""

    name: str
    title: str
    type: str = "string"
    unit: str = ""
    meaning: str = ""
    values: Mapping[str, str] | None = None
    required: bool = False


def table_title(table: str) -> str:
    """Return what a table is called."""
    return {
        "sites": _("Sites"),
        UNITS[Vintage.Y2025]: _("Communes since 01/07/2025"),
        UNITS[Vintage.LEGACY]: _("Districts to 30/06/2025"),
        "evidence": _("Evidence"),
        "indicators": _("Targets"),
        "status": _("Statuses"),
    }[table]


def table_meaning(table: str) -> str:
    """Return in a sentence what a row of a table is."""
    units = _("A row is a unit, with what was counted in it; private sites are counted too.")
    return {
        "sites": _("A row is a site that may be named, with its status on the day looked at."),
        **dict.fromkeys(UNITS.values(), units),
        "evidence": _("A row is a dated record; on maps it stands where its site is."),
        "indicators": _("A row is a target of the plan, counted over all sites."),
        "status": _("A row is a site that may be named, with its status and nothing else."),
    }[table]


def columns_of(table: str) -> tuple[Column, ...]:
    """Return what the columns of a table of `tables.NAMES` mean, in their order, as spoken here."""
    if table in HEADERS:
        own = (column for column in HEADERS[table] if column in _PUBLIC[table])
        columns = [_registered(table, column) for column in own]
        return (*_beside(table), *columns, *_statuses())
    if table == "status":
        named = (_registered("sites", column) for column in ("id", "kind", "name_vi"))
        return (*named, *_statuses())
    return tuple(_indicator() if table == "indicators" else _unit())


_PUBLIC: Mapping[str, Sequence[str]] = {
    "sites": sites.PUBLIC_COLUMNS,
    "evidence": evidence.PUBLIC_COLUMNS,
}


def _registered(table: str, column: str) -> Column:
    """Return a column of the register or of the evidence; its words are those of the template."""
    values = _KINDS[table] if column == "kind" else vocabulary.VALUES.get(column, ())
    kind = "date" if column in (*sites.DAYS, *evidence.DAYS) else "string"
    if column in sites.NUMBERS:
        kind = "integer" if column in _WHOLE else "number"
    return Column(
        column,
        header_of(table, column, language()),
        kind,
        _MEASURED.get(column, ""),
        _meanings().get((table, column), ""),
        None
        if column in _SEVERAL or not values
        else {value: vocabulary.label_of(column, value) for value in values},
        required=column in ("id", "kind", "name_vi", "axis", "grade"),
    )


def _beside(table: str) -> list[Column]:
    """Return what stands before the columns of evidence: the name of what it is about."""
    return [Column("subject_name", _("What it is about"))] if table == "evidence" else []


def _statuses() -> list[Column]:
    """Return the columns of statuses: they follow from the evidence and are never entered."""
    derived = _("Follows from the evidence by the rules in force; “no-data” does not mean “no”.")
    return [
        Column(
            column,
            _("Status: {axis}").format(axis=axis_label(axis)),
            meaning=derived,
            values={value: status_label(axis, value) for value in _VALUES[axis]},
        )
        for axis, column in STATUSES.items()
    ]


def _unit() -> list[Column]:
    """Return the columns of the units of a vintage."""
    parts = {
        "sites": (_("sites in the denominator"), ""),
        "yes": (_("verified yes"), ""),
        "unknown": (_("may turn out to be yes"), _("All that is neither a verified yes nor no.")),
        "no": (_("known not to be"), ""),
        "no_data": (_("nothing known"), _("Those of the unknown of which nothing is on record.")),
        "open": (_("may belong to the denominator"), _("Counted beside the denominator.")),
        "short": (_("missing to the target"), _("Blank where there are no sites.")),
    }
    head = [
        Column("code", _("Code"), meaning=_("Official code; “unknown” adds up the rest.")),
        Column("name", _("Name")),
        Column("vintage", _("Structure of units"), values={v.value: v.value for v in Vintage}),
        Column("level", _("Level"), values={t.value: t.value for t in Tier}),
        Column("valid_from", _("Valid from"), "date"),
        Column("valid_to", _("Valid to"), "date"),
    ]
    counted = [
        Column(f"{axis}_{part}", f"{axis_label(axis)}: {title}", "integer", meaning=meaning)
        for axis in OF_AXIS
        for part in PARTS
        for title, meaning in [parts[part]]
    ]
    return head + counted


def _indicator() -> list[Column]:
    """Return the columns of the targets."""
    beside = _("Not known whether they belong to the denominator.")
    return [
        Column("id", _("Target"), required=True),
        Column("name", _("Name")),
        Column("unit", _("What is counted")),
        Column("numerator", _("Numerator"), "integer", meaning=_("Verified yes.")),
        Column("denominator", _("Denominator"), "integer", meaning=_("Blank of a mere number.")),
        Column("unknown", _("Unknown"), "integer", meaning=_("May turn out to be yes.")),
        Column("open", _("Open"), "integer", meaning=beside),
        Column("open_yes", _("Open: yes"), "integer"),
        Column("open_unknown", _("Open: unknown"), "integer"),
        Column("open_no", _("Open: no"), "integer"),
        Column("threshold", _("Threshold"), "number", meaning=_("A share of 1, or a number.")),
        Column("verdict", _("Verdict"), values={value: value for value in VERDICTS}),
        Column("short", _("Short by"), "integer"),
    ]


def _meanings() -> Mapping[tuple[str, str], str]:
    """Return what a header does not say by itself."""
    state = _("The newest statement; those before it stand in “history”.")
    return {
        ("sites", "id"): _("Stays the same for good."),
        ("sites", "lifecycle"): state,
        ("sites", "founding"): _("Is there a decision that establishes or recognises it?"),
        ("sites", "lat"): "EPSG:4326",
        ("sites", "lon"): "EPSG:4326",
        ("sites", "position_accuracy_m"): _(
            "How far the point may be off; from 1,000 m on only the commune is known."
        ),
        ("sites", "confidence"): _("Of existence and identity."),
        ("evidence", "subject"): _("A site, a district (930–937), or “province”."),
        ("evidence", "event_date"): _("Without a day a record is of grade D and never counts."),
        ("evidence", "recorded_at"): _("The day on which it became known here."),
        ("evidence", "supersedes"): _("The record that this one replaces."),
        ("evidence", "refers_to"): _("The record that this one cancels or withdraws."),
        ("evidence", "topic"): _("Tags, joined by “;”."),
        ("evidence", "answers"): _("As R1=yes;R2=partial: yes, partial, no, na, not_checked."),
    }
