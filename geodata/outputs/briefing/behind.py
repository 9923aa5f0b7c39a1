"""What stands behind the answer: units, findings, kinds, changes, the method.

Not here: the figures (``sections``, ``geodata.reading``), or how the pages look (``templates``).
"""

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from geodata.core.text import _, number, share
from geodata.outputs import typeset
from geodata.outputs.briefing import bars
from geodata.outputs.briefing.sections import (
    TableSection,
    TargetSection,
    count_of,
    moved_text,
    rank_text,
    ranked,
    sections,
)
from geodata.outputs.briefing.wording import NOTHING, cumulative_label, open_head, sectors, words
from geodata.outputs.fonts import tidy
from geodata.outputs.typeset import Content
from geodata.reading import method
from geodata.reading.briefing import Briefing
from geodata.reading.findings import counted
from geodata.reading.labels import key_label, kind_label
from geodata.reading.symbology import SYMBOLS
from geodata.reading.view import STAGE

_NAME = 120  # letters of a name; longer ones are cut
_LISTED = 40  # changed sites named one by one; the counts above the list have them all


def parts(briefing: Briefing) -> Iterator[Content]:
    """Yield all that follows the map."""
    parts = sections(briefing)
    yield _units(briefing, parts.units)
    yield typeset.part(parts.findings_title, sentences=parts.findings)
    if parts.comparison:
        table = typeset.table(
            parts.comparison.head, parts.comparison.rows, (68, 36, 36, 12, 38), right=(1, 2, 3)
        )
        yield typeset.part(parts.comparison.title, table, below=parts.comparison.notes)
    yield from _by_kind(briefing)
    head, rows = sectors(briefing)
    if rows:
        table = typeset.table(head, rows, (30, 36, 22, 22, 20, 16, 40), right=(2, 3, 4, 5))
        yield typeset.part(_("Material and fuel by sector"), table)
    yield from _changes(briefing, parts.changes)
    yield _method(parts.targets)


def _units(briefing: Briefing, part: TableSection) -> Content:
    """Return the units, best first, with the sum below, each a bar against the threshold."""
    gaps = ranked(briefing)
    if gaps.empty:
        return typeset.part(part.title, sentences=[part.empty])
    moved = "moved" in gaps
    rows = [_unit(row, briefing, moved=moved) for _code, row in gaps.iterrows()]
    if len(gaps) > 1:
        total = gaps[["yes", "sites", "unknown", "no", "open", "short"]].sum()
        rows.append(_unit(total, briefing, moved=moved))
    yes, unknown, no = words(briefing.view.axis)
    heads = [_("Rank"), _("Unit"), yes, _("Share"), unknown, no, open_head(), "", _("Short")]
    columns = [11, 38, 20, 17, 20, 20, 25, 28, 14]
    if moved:
        heads, columns = [*heads, _("Moved")], [*columns, 13]
    right = (2, 3, 4, 5, 6, 8, 9)
    table = typeset.table(heads, rows, columns, right=right, strong=(-1,) * (len(gaps) > 1))
    return typeset.part(part.title, table, below=part.notes)


def _unit(row: pd.Series, briefing: Briefing, *, moved: bool) -> list[Any]:
    """Return a line of the units, or their sum."""
    count, whole = count_of(row), "name" not in row
    short = briefing.result.short if whole else row["short"]
    return [
        "" if whole else rank_text(row["rank"]),
        _("Together") if whole else row["name"],
        f"{number(count.yes)}/{number(row['sites'])}",
        share(count.yes, row["sites"], briefing.result.goal) or NOTHING,
        *(number(row[key]) for key in ("unknown", "no", "open")),
        bars.of_count(count, briefing.result.goal),
        NOTHING if short is None or pd.isna(short) else number(short),
        *([] if not moved else ["" if whole else moved_text(row["moved"])]),
    ]


def _by_kind(briefing: Briefing) -> Iterator[Content]:
    """Yield the target of the view's axis kind by kind, with the count over the years."""
    result = briefing.result
    lines = [(kind_label(part.code), part.count) for part in result.breakdown if part.count.total]
    if len(lines) < 2 or result.count is None:  # noqa: PLR2004 - one kind is the target itself
        return
    lines.append((_("Together"), result.count))
    if result.cumulative:
        lines.append((cumulative_label(briefing), result.cumulative))
    _yes, unknown, no = words(briefing.view.axis)
    heads = (_("Kind"), _("Counted"), unknown, no, open_head(), "")
    rows = [
        [
            name,
            counted(count, result),
            *map(number, (count.unknown, count.no, count.open)),
            bars.of_count(count, result.goal),
        ]
        for name, count in lines
    ]
    table = typeset.table(
        heads,
        rows,
        (44, 32, 24, 24, 30, 36),
        right=(1, 2, 3, 4),
        strong=(len(rows) - 1 - bool(result.cumulative),),
    )
    title = _("Target {n} by kind of site").format(n=result.target.id.removeprefix("T"))
    yield typeset.part(title, table)


def _changes(briefing: Briefing, part: TableSection | None) -> Iterator[Content]:
    """Yield what changed since the day compared: how many, and the first of them by name."""
    if part is None:
        return
    if not part.rows:
        yield typeset.part(part.title, above=part.notes, sentences=[part.empty])
        return
    counts = typeset.table(part.head, part.rows, (38, 60, 60, 20), right=(3,))
    yield typeset.part(part.title, counts, above=part.notes)
    rows = [_change(row) for row in briefing.changes.head(_LISTED).itertuples(index=False)]
    heads = (_("Name"), "", _("Before"), "", _("Now"), _("Evidence"))
    above = []
    if (n := len(briefing.changes)) > _LISTED:
        text = _("The first {few} of {n} changes; the workbook (XLSX) lists all.")
        above.append(text.format(few=number(_LISTED), n=number(n)))
    table = typeset.table(heads, rows, (52, 5, 40, 5, 40, 34))
    yield typeset.part(_("Sites whose status changed"), table, above=above)


def _change(row: Any) -> list[Any]:
    """Return the cells of one change."""
    states: list[Any] = []
    for key in (row.before, row.after):
        axis = "stage" if key.startswith(STAGE) else row.axis
        symbol = SYMBOLS[axis][key.removeprefix(STAGE)]
        states += [typeset.sign(symbol), key_label(row.axis, key)]
    evidence = "" if pd.isna(row.evidence) else tidy(row.evidence, 80)
    return [tidy(row.name, _NAME), *states, evidence]


def _method(targets: Sequence[TargetSection]) -> Content:
    """Return the plan's own words, how each figure is to be read, and how all are counted."""
    rows = [
        [
            tidy(one.name, _NAME),
            tidy(one.line.text, 400),
            tidy(" ".join((*one.line.notes, *one.beside)) or NOTHING, 900),
        ]
        for one in targets
    ]
    heads = (_("Target"), _("In the plan's words"), _("How to read the figure"))
    table = typeset.table(heads, rows, (44, 72, 74))
    return typeset.part(
        _("The plan's wording, and how it is counted"), table, below=method.counting()
    )
