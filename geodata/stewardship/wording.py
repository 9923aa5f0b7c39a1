"""Cells as people read them: days, numbers, official terms, units and subjects by their names.

Pure. Not here: what a column is called (``entering``, ``history``), or how a cell of a file is
read (``intake``).
"""

from collections.abc import Mapping
from datetime import date
from functools import cache

from geodata.core.text import _, day, number
from geodata.geography import units
from geodata.geography.units import Tier, Vintage
from geodata.register import declarations, evidence, sites
from geodata.register.vocabulary import label_of

BLANK = "–"
"""What stands on a screen where a value is blank."""

_DAYS = {*sites.DAYS, *evidence.DAYS, *declarations.DAYS}
_NUMBERS = {*sites.NUMBERS, *declarations.NUMBERS, "size"} - {"year"}  # years: no point in 2.024
_SUBJECT, _DISTRICT = "subject", "district_legacy"
_COMMUNES = {Vintage.LEGACY: "commune_legacy", Vintage.Y2025: "commune_2025"}


def value_text(column: str, text: str) -> str:
    """Return a cell as people read it.

    Parameters
    ----------
    column : str
        Canonical.
    text : str
        The cell as `intake.difference.as_text` gives it: days ISO, numbers with a point.
    """
    if text and column in _DAYS:
        return day(date.fromisoformat(text))
    if text and column in _NUMBERS:
        return number(float(text), len(text.partition(".")[2]))
    return term_text(column, text)


def term_text(column: str, text: str) -> str:
    """Return a code as people read it: a known value by its term, a unit by its name.

    All else stays as it is, as the answers of a form do, whose days are written as people write
    them.
    """
    if column == _SUBJECT:
        return subject_name(text, {})
    return _unit_names().get((column, text)) or label_of(column, text)


def subject_name(subject: str, names: Mapping[str, str]) -> str:
    """Return what evidence speaks of by its name: the province, a district, a site of ``names``.

    A site whose name is not given keeps its code.
    """
    if subject == evidence.PROVINCE:
        return _("Whole province")
    return names.get(subject) or _unit_names().get((_DISTRICT, subject), subject)


@cache
def _unit_names() -> Mapping[tuple[str, str], str]:
    """Return the names of all units, by the column of the register that has their code."""
    return {
        (
            _DISTRICT if unit.level is Tier.DISTRICT else _COMMUNES[unit.vintage],
            unit.code,
        ): unit.name
        for unit in units.gazetteer(units.load_legacy_communes())
    }
