"""Units as people name them: old or new commune, district or none, by name or by code.

Where a name leaves several units, the district, a date or the position decides, else a person.
Not here: the units themselves (``units``), and where a position lies (``positions``).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import geopandas as gpd
import pandas as pd

from geodata.core.names import strip_unit_type
from geodata.core.text import N_, _
from geodata.geography import units
from geodata.geography.units import Tier, Unit, Vintage
from geodata.intake.judging import addresses, positions
from geodata.intake.judging.cells import Choice, Level, Remark

CODES = ("district_legacy", "commune_legacy", "commune_2025")
NAMES = ("district", "commune")
COLUMNS = (*CODES, *NAMES)
"""Where a row may name units; each by code or name, ``commune`` of either vintage."""

UNKNOWN_RULE = N_("A unit is one of former Hậu Giang, of before or after 01/07/2025")
HOMONYM_RULE = N_("A name means one unit")
AGREEMENT_RULE = N_("Commune and district of a row belong together")

_ASKED = {
    "district_legacy": (Vintage.LEGACY, Tier.DISTRICT),
    "district": (Vintage.LEGACY, Tier.DISTRICT),
    "commune_legacy": (Vintage.LEGACY, Tier.COMMUNE),
    "commune_2025": (Vintage.Y2025, Tier.COMMUNE),
    "commune": (None, Tier.COMMUNE),
}
INSISTED = "!"
"""Behind an answer: the unit holds, though the position lies beside it."""
_ANSWER = re.compile(rf"(legacy|2025):(\d+){INSISTED}?")
_REFORM = "2025-07-01"


class Option(NamedTuple):
    """What a row can mean: codes, each empty where the row does not tell."""

    district: str = ""
    legacy: str = ""
    new: str = ""

    @property
    def key(self) -> str:
        """The key of the area meant, as in `positions.areas`."""
        if self.district and self.new:
            return f"{self.district}-{self.new}"
        return self.new or self.district or positions.EVERYWHERE


@dataclass(frozen=True)
class Naming:
    """What the units of a row come to, for all rows that name them alike.

    ``asides`` are the parts of its cells that name no unit, with column and cell.
    """

    options: tuple[Option, ...]
    column: str = ""
    value: str = ""
    rule: str = ""
    message: str = ""
    suggestion: str = ""
    asides: tuple["Aside", ...] = ()


class Aside(NamedTuple):
    """What of a cell names no unit."""

    column: str
    value: str
    text: str


class Piece(NamedTuple):
    """One unit that a cell names: the cell's column and text, and as what it is looked up."""

    column: str
    value: str
    asked: str
    text: str


@dataclass(frozen=True)
class Gazetteer:
    """The units by name and code, looked up once for each different text."""

    legacy: pd.DataFrame
    listed: tuple[Unit, ...]
    matches: dict[tuple[str, str], tuple[Unit, ...]] = field(default_factory=dict)

    @classmethod
    def from_communes(cls, legacy_communes: pd.DataFrame) -> "Gazetteer":
        """Return the gazetteer of the legacy communes, as from `units.load_legacy_communes`."""
        return cls(legacy_communes, units.gazetteer(legacy_communes))

    def meant(self, column: str, text: str) -> tuple[Unit, ...]:
        """Return the units a cell can mean."""
        if (column, text) not in self.matches:
            self.matches[column, text] = self._look_up(column, text)
        return self.matches[column, text]

    def _look_up(self, column: str, text: str) -> tuple[Unit, ...]:
        vintage, tier = _ASKED[column]
        if answer := _ANSWER.fullmatch(text):
            vintage, text = Vintage(answer[1]), answer[2]
        eligible = [u for u in self.listed if vintage in (None, u.vintage) and u.level == tier]
        if re.fullmatch(r"\d+(\.0)?", text):
            coded = tuple(u for u in eligible if u.code == text.partition(".")[0])
            if coded:
                return coded
        return _as_accented(text, units.find(text, eligible).candidates)

    def similar(self, column: str, text: str) -> str:
        """Return the names most like a text, to suggest."""
        vintage, tier = _ASKED[column]
        suggestions = units.find(text, self.listed, vintage=vintage, level=tier).suggestions
        return ", ".join(dict.fromkeys(unit.name for unit in suggestions))

    def name(self, option: Option) -> str:
        """Return what the narrowest unit of an option is called."""
        for code, tier, vintage in (
            (option.legacy, Tier.COMMUNE, Vintage.LEGACY),
            (option.new, Tier.COMMUNE, Vintage.Y2025),
            (option.district, Tier.DISTRICT, Vintage.LEGACY),
        ):
            for unit in self.listed:
                if (unit.code, unit.level, unit.vintage) == (code, tier, vintage):
                    return unit.name
        return _("the study area")

    def area(self, option: Option) -> str:
        """Return what the area is called in which a position is looked for.

        Of a legacy commune no border is known, only that of the one that took it.
        """
        if not option.legacy:
            return self.name(option)
        names = {"old": self.name(option), "new": self.name(option._replace(legacy=""))}
        return _("{new} (which took {old})").format(**names)


def _as_accented(text: str, candidates: tuple[Unit, ...]) -> tuple[Unit, ...]:
    """Return the units written with the same marks, if some are: Bình Thành is not Bình Thạnh."""
    if text.isascii():
        return candidates
    exact = tuple(unit for unit in candidates if unit.name.lower().endswith(text.lower().strip()))
    return exact or candidates


def resolve(
    cells: pd.DataFrame,
    gazetteer: Gazetteer,
    candidates: pd.DataFrame,
    outlines: gpd.GeoDataFrame,
) -> tuple[pd.DataFrame, list[Remark]]:
    """Say which units every row means.

    Parameters
    ----------
    cells : DataFrame
        Text; any of `COLUMNS`, and ``valid_from`` and ``valid_to`` as ISO days.
    gazetteer : Gazetteer
        Of all units.
    candidates : DataFrame
        Readings of the positions, as from `readings.candidates`.
    outlines : GeoDataFrame
        As from `positions.areas`.

    Returns
    -------
    places : DataFrame
        By row from 0: `CODES`, missing where the row does not tell; ``key`` of the area and its
        ``name``. A new commune alone gives no old one.
    remarks : list of Remark
        Names nobody knows, names of several units, and units that do not belong together.
    """
    asked = [name for name in COLUMNS if name in cells]
    texts = cells[asked].reset_index(drop=True)
    hints = _vintages(cells)
    rows = list(zip(*(texts[name].fillna("").tolist() for name in asked), hints, strict=True))
    known = {
        row: _finding(dict(zip(asked, row[:-1], strict=True)), row[-1], gazetteer)
        for row in dict.fromkeys(rows)
    }
    open_rows = [at for at, row in enumerate(rows) if len(known[row].options) > 1]
    decided = _by_position({at: known[rows[at]].options for at in open_rows}, candidates, outlines)
    chosen = [
        decided.get(at, known[row].options[0] if len(known[row].options) == 1 else Option())
        for at, row in enumerate(rows)
    ]
    names = {option: gazetteer.area(option) for option in set(chosen)}
    places = pd.DataFrame(
        [(o.district, o.legacy, o.new, o.key, names[o]) for o in chosen],
        columns=[*CODES, "key", "name"],
    ).astype("string")
    places[list(CODES)] = places[list(CODES)].mask(places[list(CODES)] == "")
    remarks = [
        remark
        for at, row in enumerate(rows)
        if (remark := _remark(at, known[row], decided.get(at), gazetteer))
    ]
    remarks += [_of_aside(at, one) for at, row in enumerate(rows) for one in known[row].asides]
    return places, remarks


def _vintages(cells: pd.DataFrame) -> list[str]:
    """Return the vintage in force all the time a row speaks of; empty where it does not tell."""
    hints = pd.Series("", index=range(len(cells)))
    if "valid_to" in cells:
        hints[(cells["valid_to"] < _REFORM).fillna(value=False).to_numpy(dtype=bool)] = "legacy"
    if "valid_from" in cells:
        hints[(cells["valid_from"] >= _REFORM).fillna(value=False).to_numpy(dtype=bool)] = "2025"
    return hints.tolist()


def _finding(texts: Mapping[str, str], hint: str, gazetteer: Gazetteer) -> Naming:
    """Return what one way of naming units comes to."""
    pieces: list[Piece] = []
    asides: list[Aside] = []
    for column, text in texts.items():
        if text and strip_unit_type(text)[1] not in addresses.PROVINCES:
            parts, beside, vintage = _pieces(column, text, gazetteer)
            pieces += parts
            asides += beside
            hint = hint or vintage
    meant = [(piece, gazetteer.meant(piece.asked, piece.text)) for piece in pieces]
    for piece, matches in meant:
        if not matches:
            return _unknown(piece, gazetteer)
    options = _preferred(_combined(meant, gazetteer.legacy), meant, hint)
    if meant and not options:
        order = ("commune", "commune_2025", "commune_legacy")
        piece = min(pieces, key=lambda p: order.index(p.column) if p.column in order else 9)
        listed = ", ".join(p.text for p in pieces)
        message = _("{units} do not belong together: no commune lies in all of them.")
        where = (piece.column, piece.value)
        return Naming((), *where, AGREEMENT_RULE, message.format(units=listed))
    if len(options) > 1:
        piece = max(meant, key=lambda one: len(one[1]))[0]
        return Naming(options, piece.column, piece.value, HOMONYM_RULE, asides=tuple(asides))
    return Naming(options or (Option(),), asides=tuple(asides))


def _pieces(column: str, text: str, gazetteer: Gazetteer) -> tuple[list[Piece], list[Aside], str]:
    """Return the units that a cell names, what names none, and the vintage its province says."""
    whole = [Piece(column, text, column, text)]
    if gazetteer.meant(column, text):
        return whole, [], ""
    address = addresses.parted(text)
    of_district = _ASKED[column][1] is Tier.DISTRICT
    named = (
        ("commune" if of_district else column, address.commune),
        ("commune_legacy", address.former),
        ("commune_2025", address.present),
        (column if of_district else "district", address.district),
    )
    pieces = [Piece(column, text, asked, part) for asked, part in named if part]
    if not pieces or (of_district and not address.district):
        return whole, [], ""
    asides = [Aside(column, text, part) for part in address.aside]
    return pieces, asides, address.vintage


def _unknown(piece: Piece, gazetteer: Gazetteer) -> Naming:
    """Return what to say of a name that no unit bears."""
    message = _("“{value}” is no unit of former Hậu Giang, neither before nor after 01/07/2025.")
    similar = gazetteer.similar(piece.asked, piece.text)
    if similar and "," not in similar:
        similar = piece.value.replace(piece.text, similar)
    sentence = message.format(value=piece.text)
    return Naming((), piece.column, piece.value, UNKNOWN_RULE, sentence, similar)


def _of_aside(at: int, aside: Aside) -> Remark:
    """Return the notice that a part of a cell is not kept."""
    message = _("“{part}” of “{value}” names no commune or district and is not taken in.")
    sentence = message.format(part=aside.text, value=aside.value)
    return Remark(at, aside.column, aside.value, UNKNOWN_RULE, sentence, level=Level.NOTICE)


def _combined(
    meant: Iterable[tuple[Piece, tuple[Unit, ...]]], legacy: pd.DataFrame
) -> tuple[Option, ...]:
    """Return every choice of one unit a piece in which all units lie in each other."""
    options = [Option()]
    for _piece, matches in sorted(meant, key=lambda one: one[0].asked):
        options = [
            merged
            for option in options
            for unit in matches
            if (merged := _merged(option, unit, legacy)) is not None
        ]
    return tuple(dict.fromkeys(options))


def _merged(option: Option, unit: Unit, legacy: pd.DataFrame) -> Option | None:
    """Return an option narrowed to one more unit, None if the two have nothing in common."""
    if unit.level is Tier.DISTRICT:
        asked = Option(district=unit.code)
    elif unit.vintage is Vintage.LEGACY:
        asked = Option(
            units.district_of(legacy, unit.code), unit.code, units.successor(legacy, unit.code)
        )
    else:
        asked = Option(unit.districts[0] if len(unit.districts) == 1 else "", new=unit.code)
    pairs = list(zip(option, asked, strict=True))
    if any(one and other and one != other for one, other in pairs):
        return None
    merged = Option(*(one or other for one, other in pairs))
    if merged.district and merged.new and not merged.legacy:
        inside = units.predecessors(legacy, merged.new)["district_legacy"]
        return merged if (inside == merged.district).any() else None
    return merged


def _preferred(
    options: tuple[Option, ...],
    meant: Iterable[tuple[Piece, tuple[Unit, ...]]],
    hint: str,
) -> tuple[Option, ...]:
    """Return the options left by what else the row says: a district, or when it holds."""
    if len(options) < 2:  # noqa: PLR2004 - nothing to prefer
        return options
    by_district = any(piece.asked in {"district", "district_legacy"} for piece, _units in meant)
    vintage = hint or ("legacy" if by_district else "")
    if vintage:
        of_vintage = tuple(o for o in options if bool(o.legacy) == (vintage == "legacy"))
        options = of_vintage or options
    # An old commune within the new one of its name: the new one is sure, the old one is not.
    sure = {option.new for option in options if not option.legacy}
    return tuple(o for o in options if not (o.legacy and o.new in sure))


def _by_position(
    asked: Mapping[int, tuple[Option, ...]], candidates: pd.DataFrame, outlines: gpd.GeoDataFrame
) -> dict[int, Option]:
    """Return the option of each row in whose area alone some reading of its position lies."""
    fits: dict[int, list[Option]] = {}
    for turn in range(max(map(len, asked.values()), default=0)):
        rows = {at: options[turn] for at, options in asked.items() if turn < len(options)}
        part = candidates[candidates["row"].isin(list(rows))]
        keys = pd.Series({at: option.key for at, option in rows.items()}, dtype=object)
        keys = keys.reindex(range(int(part["row"].max()) + 1 if len(part) else 0), fill_value="")
        near = positions.distances(part, keys, outlines)
        hit = near.loc[near["distance_m"] <= positions.TOLERANCE_M, "row"].unique()
        for at in hit:
            fits.setdefault(int(at), []).append(rows[at])
    return {at: options[0] for at, options in fits.items() if len(options) == 1}


def _remark(
    at: int, finding: Naming, decided: Option | None, gazetteer: Gazetteer
) -> Remark | None:
    """Return what there is to say of the units of one row."""
    if finding.message:
        return Remark(
            at, finding.column, finding.value, finding.rule, finding.message, finding.suggestion
        )
    if len(finding.options) < 2:  # noqa: PLR2004 - no question
        return None
    if decided is not None:
        message = _(
            "“{value}” can be several units; the position lies in {unit}, which was used."
        ).format(value=finding.value, unit=_described(decided, gazetteer))
        return Remark(at, finding.column, finding.value, HOMONYM_RULE, message, level=Level.NOTICE)
    choices = tuple(_choice(option, finding.column, gazetteer) for option in finding.options)
    message = _(
        "“{value}” can be several units: {units}. Choose one, or give the district."
    ).format(value=finding.value, units="; ".join(_labels(choices)))
    return Remark(
        at,
        finding.column,
        finding.value,
        HOMONYM_RULE,
        message,
        level=Level.QUESTION,
        choices=choices,
    )


def _labels(choices: Iterable[Choice]) -> list[str]:
    return [choice.label for choice in choices]


def _choice(option: Option, column: str, gazetteer: Gazetteer) -> Choice:
    """Return an option as an answer for a column."""
    if _ASKED[column][1] is Tier.DISTRICT:
        return Choice(option.district, gazetteer.name(Option(option.district)))
    vintage = Vintage.LEGACY if option.legacy else Vintage.Y2025
    return Choice(f"{vintage}:{option.legacy or option.new}", _described(option, gazetteer))


def _described(option: Option, gazetteer: Gazetteer) -> str:
    """Return an option with the time in which the name meant it."""
    name = gazetteer.name(option)
    if option.legacy:
        return _("{unit} (to 30/06/2025)").format(unit=name)
    return _("{unit} (from 01/07/2025)").format(unit=name) if option.new else name
