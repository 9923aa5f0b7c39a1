"""A simulated workspace: invented sites and their evidence, on the real geography.

Who does what in which year stands in tables of "fates" below; functions only play them. Pure:
no clock, no file. Not here: the store, the banner, or anything about a real place.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import cycle
from typing import Any, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geodata.geography import coordinates
from geodata.register import declarations, frames
from geodata.register import evidence as ev
from geodata.register import sites as register
from geodata.register.lifecycle import FOUNDED_KINDS
from geodata.rules.plan import Plan, Profile

FIRST_YEAR = 2021
LAST_YEAR = 2026
SEASON_DAYS = 120  # what is not fixed to a day moves by up to so many days, together in a year …
JITTER_DAYS = 20  # … and each event by up to so many days of its own
NOWHERE, VAGUE, PRIVATE = 0.02, 0.10, 0.02  # shares without position, of the commune only, unnamed
VAGUE_M = 3000.0
EXACT_M = (10.0, 30.0, 100.0)


class SiteKind(NamedTuple):
    """How sites of a kind are called, and between which areas in ha they lie."""

    kind: str
    name_vi: str
    name_en: str
    area_ha: tuple[int, int] | None = None


KINDS = {
    "KCN": SiteKind("industrial_park", "KCN Mô phỏng", "Simulated industrial park", (100, 400)),
    "CCN": SiteKind("industrial_cluster", "CCN Mô phỏng", "Simulated industrial cluster", (10, 75)),
    "LN": SiteKind("craft_village", "Làng nghề Mô phỏng", "Simulated craft village"),
    "ST": SiteKind("supermarket", "Siêu thị Mô phỏng", "Simulated supermarket"),
    "TTTM": SiteKind("shopping_centre", "TTTM Mô phỏng", "Simulated shopping centre"),
    "CH": SiteKind(
        "convenience_store", "Cửa hàng tiện ích Mô phỏng", "Simulated convenience store"
    ),
    "MH": SiteKind("pilot_model", "Mô hình Mô phỏng", "Simulated pilot model"),
}
# Of twenty sites in a row, these; so the shares hold for any number of sites.
TWENTY = (
    *("LN", "ST", "CCN", "MH", "LN", "ST", "TTTM", "LN", "CH", "ST"),
    *("LN", "CCN", "MH", "LN", "ST", "CH", "KCN", "LN", "ST", "LN"),
)


class Life(NamedTuple):
    """A row of lifecycle columns; ``weight`` says how many of the later sites get it."""

    weight: int
    lifecycle: str
    founding: str = "decided"
    valid_from: str | None = None
    valid_to: str | None = None
    history: str | None = None


# The first sites all operate, so that every status shows however few sites there are.
SHOWCASE = 60
LIVES = (
    Life(78, "operating"),
    Life(4, "planned", "unknown"),
    Life(2, "established"),
    Life(3, "suspended"),
    Life(2, "closed"),
    Life(3, "unknown", "unknown"),
    Life(2, "operating", "not_decided"),
    Life(
        2,
        "operating",
        valid_from="2024-05-01",
        history="operating | 2012-03-01; suspended | 2023-06-01",
    ),
    Life(2, "operating", valid_to="2024-09-30"),
    Life(2, "closed", valid_from="2025-09-01", history="operating"),
)


class Event(NamedTuple):
    """One record to be: what happens on about which day of its year, and how it is recorded."""

    day: str  # MM-DD, the earliest day; or, with `fixed`, the very day
    axis: str
    kind: str
    grades: str = "AB"  # one of these; D leaves the record undated
    topic: str | None = None
    scope: str | None = "site"
    says: str = ""  # answers, dealt to the criteria of the profile in turn
    method: str | None = None
    entered: tuple[int, int] = (3, 25)  # days from the event to its entry in the register
    back: int = 0  # the record meant by `supersedes` or `refers_to`: so many events back
    fixed: bool = False
    organiser: str = "Đơn vị mô phỏng"


def _held(day: str, grades: str = "AB", topic: str = "scp", **how: Any) -> Event:
    return Event(day, "outreach", "held", grades, topic, **how)


def _planned(day: str, **how: Any) -> Event:
    return Event(day, "outreach", "planned", "AB", "scp", entered=(-60, -45), **how)


def _check(says: str, grades: str = "AB", day: str = "04-01", **how: Any) -> Event:
    how = {"kind": "check", "method": "inspection", **how}
    return Event(day, "compliance", grades=grades, says=says, **how)


def _milestone(stage: str, grades: str = "AB", **how: Any) -> Event:
    return Event("04-01", "model", "milestone", grades, f"circular_economy;{stage}", **how)


def _district(kind: str, grades: str, scope: str = "group", **how: Any) -> Event:
    # So early in the year that those of 2025 lie before districts ended on 30/06/2025.
    topic = "scp;sustainable_lifestyle"
    organiser = "Đơn vị mô phỏng cấp huyện"
    return Event("02-01", "outreach", kind, grades, topic, scope, organiser=organiser, **how)


def _document(day: str, level: str, organiser: str) -> Event:
    topic = f"{level};scp"
    return Event(day, "policy", "document", "A", topic, None, organiser=organiser)


_PROVINCE = "Đơn vị mô phỏng cấp tỉnh"
_CENTRE = "Cơ quan trung ương mô phỏng"

# What can befall a site (a district, the province) in a year.
FATES: dict[str, tuple[Event, ...]] = {
    "-": (),
    # outreach
    "reached": (_planned("04-01"), _held("04-01")),
    "visited": (_held("04-01", topic="scp;cleaner_production", scope="group"),),
    "reported": (_held("05-01", "C"),),
    "mass": (_held("05-01", "BC", scope="mass"),),
    "plastic": (_held("06-01", topic="plastic_reduction;waste_sorting"),),
    "planned": (_planned("12-31", fixed=True),),
    "overdue": (_planned("05-01"),),
    "cancelled": (
        _planned("05-01"),
        Event("04-10", "outreach", "cancelled", back=1, entered=(0, 9)),
    ),
    "revived": (
        _planned("12-31", fixed=True),
        Event("11-20", "outreach", "cancelled", back=1, entered=(0, 5), fixed=True),
        Event("12-01", "outreach", "withdraw", back=1, entered=(0, 5), fixed=True),
    ),
    "none": (Event("12-15", "outreach", "none_confirmed", entered=(1, 10), fixed=True),),
    "withdrawn": (_held("04-01"), Event("06-01", "outreach", "withdraw", back=1)),
    "corrected": (_held("04-01", "C"), _held("04-01", "A", back=1, entered=(40, 60))),
    "undated": (_held("05-01", "D"),),
    "late": (_held("11-20", fixed=True, entered=(60, 90)),),
    # compliance
    "meets": (_check("yes"),),
    "partly": (_check("yes partial", method="document"),),
    "mixed": (_check("yes no"),),
    "fails": (_check("no"),),
    "unfinished": (_check("yes not_checked", "B"),),
    "exempt": (_check("na"),),
    "declares": (_check("yes", "C", kind="self_declared", method="self"),),
    "admits": (_check("yes no", "C", kind="self_declared", method="self"),),
    "phoned": (_check("yes", "C", method="document"),),
    "unread": (_check("yes", "D"),),
    "disputed": (
        _check("yes", "A", "09-10", fixed=True),
        _check("partial", "A", "09-10", fixed=True),
    ),
    "annulled": (_check("yes"), Event("06-01", "compliance", "withdraw", back=1)),
    "revised": (_check("yes", "B"), _check("yes partial", "A", back=1, entered=(40, 60))),
    # stages of a pilot model
    "proposed": (_milestone("proposed", "BC"),),
    "building": (_milestone("building"),),
    "applied": (_milestone("applied"),),
    "accepted": (_milestone("accepted", "A"),),
    "replicated": (_milestone("replicated"),),
    "rumoured": (_milestone("applied", "D"),),
    "retracted": (_milestone("applied"), Event("06-01", "model", "withdraw", back=1)),
    # districts
    "organised": (_district("planned", "B", entered=(-30, -20)), _district("held", "AB")),
    "claimed": (_district("held", "C"),),
    "broadcast": (_district("held", "B", "mass"),),
    "intended": (_district("planned", "B", entered=(-30, -20)),),
    "idle": (_district("none_confirmed", "A"),),
    # the province
    "answered": (
        _document("01-10", "central", _CENTRE),
        _document("06-01", "provincial", _PROVINCE),
    ),
    "unanswered": (_document("05-01", "central", _CENTRE),),
    "campaign": (_held("06-05", "B", "scp", scope="mass", fixed=True, organiser=_PROVINCE),),
    "conference": (_held("03-01", scope="group", organiser=_PROVINCE),),
}

# Archetypes: weight, then a fate (or several, joined by +) for each year from 2021. The first
# sites get one row each in this order, later ones by weight.
OUTREACH = (
    (24, "reached   visited+mass   reached        reached         visited+mass"),
    (8, " mass      plastic+mass   mass           reported        reported"),
    (12, "reached   mass           visited        mass            plastic+mass"),
    (8, " mass      mass           plastic+mass   planned         planned"),
    (7, " mass      mass+cancelled mass           overdue+mass    overdue"),
    (8, " none      mass           none           none+mass       none"),
    (10, "mass      plastic+mass   mass           undated+mass    mass"),
    (6, " mass      plastic        mass+cancelled reached         reached"),
    (4, " mass      mass           plastic        withdrawn+mass  cancelled"),
    (4, " mass      mass           mass           corrected       visited"),
    (3, " mass      mass           plastic        mass+late       plastic"),
    (3, " mass      mass           plastic        mass+revived    cancelled+revived"),
    (3, " none      overdue        mass           reported+none   overdue+none"),
)
# From 2024 to 2025 and from 2026 on the profile in force is not the same (plan files).
COMPLIANCE = (
    (20, "-  meets    meets       meets       meets       meets"),
    (12, "-  partly   partly      partly      partly      meets"),
    (6, " -  -        fails       fails       fails       mixed"),
    (6, " -  mixed    unfinished  unfinished  unfinished  partly"),
    (10, "-  -        declares    declares    declares    declares"),
    (8, " -  fails    meets       -           -           -"),
    (6, " -  unread   -           unread      annulled    -"),
    (4, " -  -        exempt      exempt      exempt      exempt"),
    (8, " -  partly   -           meets       -           declares"),
    (6, " -  -        meets       admits      phoned      mixed"),
    (6, " -  -        phoned      disputed    revised     meets"),
    (8, " -  fails    mixed       partly      meets       meets"),
)
STAGES = (
    (4, "-                  proposed  building  applied    accepted"),
    (4, "proposed           building  applied   accepted   replicated"),
    (4, "-                  -         -         proposed   building"),
    (4, "-                  -         proposed  building   applied"),
    (2, "proposed+building  applied   accepted  replicated replicated"),
    (2, "rumoured           rumoured  -         rumoured   -"),
    (2, "-                  -         -         -          proposed"),
    (2, "proposed           building  retracted -          applied"),
)
DISTRICTS = (
    (1, "organised broadcast organised           organised           organised"),
    (1, "broadcast organised organised           organised+broadcast organised"),
    (1, "organised organised broadcast           organised           intended"),
    (1, "broadcast claimed   organised           organised           organised"),
    (1, "broadcast broadcast organised           organised           claimed"),
    (1, "claimed   broadcast claimed             claimed+broadcast   organised"),
    (1, "idle      broadcast intended            intended            broadcast"),
    (1, "broadcast idle      broadcast+organised organised           idle"),
)
PROVINCE = (
    (1, "answered unanswered answered answered answered"),
    (1, "campaign conference campaign campaign+conference campaign+conference"),
)

# Villages and models of one trade, so that a model can be suggested to a village.
TRADED = ("LN", "MH")
TRADES = ("đan lát lục bình", "chế biến khóm", "trồng nấm rơm", "hầm than củi", "chế biến gỗ")

# What plants declare of the electricity they use: consumption, unit and grade in each year.
DECLARED_YEARS = (2019, 2024, 2025)
DECLARED = (
    (
        "chế biến thủy sản",
        "tấn",
        (
            "900000/kWh/A 830000/kWh/A 810000/kWh/A",
            "1700000/kWh/B 1600000/kWh/A 1580000/kWh/B",
            "2500000/kWh/A 2360000/kWh/B 2290000/kWh/A",
        ),
    ),
    (
        "rượu bia nước giải khát",
        "nghìn lít",
        (
            "120000/kWh/A 119000/kWh/A 112000/kWh/A",
            "260000/kWh/A 252000/kWh/B 240000/kWh/A",
            "390000/kWh/B 385000/kWh/A 361000/kWh/A",
        ),
    ),
    (
        "giấy",
        "tấn",
        ("700000/kWh/A 640000/kWh/A 630000/kWh/A", "1420000/kWh/A 1300000/kWh/A 1290000/kWh/A"),
    ),
    (
        "nhựa",
        "tấn",
        (
            "500000/kWh/B 470000/kWh/C 465000/kWh/C",
            "980000/kWh/C 915000/kWh/C 900000/kWh/B",
            "1490000/kWh/B 1380000/kWh/B 1370000/kWh/B",
        ),
    ),
    ("dệt may", "nghìn sản phẩm", ("300000/kWh/A 285/MWh/A 280/MWh/A",)),
)

DOCUMENTS = {
    "planned": "KH",
    "held": "BC",
    "cancelled": "TB",
    "none_confirmed": "BC",
    "check": "BB",
    "milestone": "QĐ",
    "document": "QĐ",
    "withdraw": "TB",
}
SUMMARIES = {
    "planned": ("dự kiến tổ chức phổ biến.", "outreach planned."),
    "held": ("đã tổ chức phổ biến.", "outreach held."),
    "cancelled": ("hủy hoạt động đã dự kiến.", "planned activity cancelled."),
    "none_confirmed": (
        "xác nhận chưa phổ biến trong năm.",
        "confirmed that no outreach was held this year.",
    ),
    "check": ("kiểm tra theo từng tiêu chí.", "checked criterion by criterion."),
    "milestone": ("mốc của mô hình.", "milestone of the model."),
    "document": ("ban hành văn bản.", "document issued."),
    "withdraw": ("rút lại bản ghi đã nêu.", "the record named is withdrawn."),
    "self_declared": ("cơ sở tự khai báo.", "declared by the site itself."),
}


def simulate(
    blocks: gpd.GeoDataFrame,
    legacy_communes: pd.DataFrame,
    plans: Sequence[Plan],
    n_sites: int,
    seed: int,
) -> tuple[gpd.GeoDataFrame, pd.DataFrame]:
    """Invent sites and the records about them; the same for the same number and seed.

    Parameters
    ----------
    blocks : GeoDataFrame
        The building blocks, as from `units.load_blocks`, EPSG:4326.
    legacy_communes : DataFrame
        As from `units.load_legacy_communes`.
    plans : sequence of Plan
        The latest says which profile a kind of site is checked against on a day.
    n_sites : int
        How many sites. From about 150 on, every status and stage occurs on 31/12/2024 under
        the plan of 2024 and on 31/12/2025 under that of 2025.
    seed : int
        For the random choices.

    Returns
    -------
    sites : GeoDataFrame
        As from `sites.typed`, with points in EPSG:4326.
    evidence : DataFrame
        As from `evidence.typed`, in the order of entry.
    """
    rng = np.random.default_rng(seed)
    sites = _sites(rng, blocks, legacy_communes, n_sites)
    districts = sorted(blocks["district_legacy"].unique())
    casts = _casts(rng, sites, districts, max(plans, key=lambda plan: plan.year))
    return sites, _perform(rng, casts)


def declare() -> pd.DataFrame:
    """Invent what plants declared for a baseline year, 2019, and for each of three years after.

    By sector, of `DECLARED`: one that uses less, one that does not, one of two plants, one
    only reported, one whose units changed.

    Returns
    -------
    DataFrame
        As from `declarations.typed`, in the order of entry.
    """
    rows = []
    for sector, output_unit, consumptions in DECLARED:
        for plant, years in enumerate(consumptions, 1):
            for year, amount in zip(DECLARED_YEARS, years.split(), strict=True):
                consumption, unit, grade = amount.split("/")
                rows.append(
                    {
                        "plant": f"Nhà máy Mô phỏng {sector} {plant:02}",
                        "sector": sector,
                        "input": "điện",
                        "year": str(year),
                        "consumption": consumption,
                        "consumption_unit": unit,
                        "output": str(1000 * plant),
                        "output_unit": output_unit,
                        "grade": grade,
                        "recorded_at": f"{year}-12-{10 + plant}",
                        "source": "Dữ liệu mô phỏng, không phải cơ sở có thật",
                    }
                )
    table = pd.DataFrame(rows).sort_values(["recorded_at", "plant"], ignore_index=True)
    ids = "SIM-DE-" + (table.index + 1).astype("string").str.zfill(4)
    return declarations.typed(table.assign(id=ids), date(LAST_YEAR, 12, 31))


def _deal(rng: np.random.Generator, weights: Sequence[int], turn: np.ndarray) -> np.ndarray:
    """Return a row of a table for each turn: one after the other, then by weight.

    Turns before 0 get the first row.
    """
    rows = rng.choice(len(weights), size=len(turn), p=np.array(weights) / sum(weights))
    first = turn < len(weights)
    rows[first] = np.maximum(turn[first], 0)
    return rows


# --- sites ---------------------------------------------------------------------------------


def _sites(
    rng: np.random.Generator, blocks: gpd.GeoDataFrame, legacy_communes: pd.DataFrame, n_sites: int
) -> gpd.GeoDataFrame:
    """Return the invented register."""
    turn = np.arange(n_sites)
    prefix = pd.Series(np.resize(TWENTY, n_sites), dtype="str")
    number = prefix.groupby(prefix).cumcount() + 1
    kinds = pd.DataFrame([KINDS[p] for p in prefix], columns=SiteKind._fields)
    lives = pd.DataFrame(LIVES, dtype="object")
    dealt = _deal(rng, [life.weight for life in LIVES], turn - SHOWCASE)
    places = _places(rng, blocks, legacy_communes, n_sites)
    columns = kinds.drop(columns="area_ha").assign(
        id="SIM-" + prefix + "-" + number.astype("str").str.zfill(4),
        name_vi=kinds["name_vi"] + " " + number.astype("str").str.zfill(2),
        name_en=kinds["name_en"] + " " + number.astype("str").str.zfill(2),
        **{column: lives[column].to_numpy()[dealt] for column in Life._fields[1:]},
        area_ha=_areas(rng, kinds["area_ha"]),
        sectors=pd.Series(np.array(TRADES)[number % len(TRADES)]).where(prefix.isin(TRADED)),
        year=rng.integers(1995, 2021, n_sites),
        operator="Đơn vị mô phỏng " + pd.Series(rng.integers(1, 40, n_sites).astype(str)),
        source="Dữ liệu mô phỏng, không phải nơi có thật",
        confidence="high",
        public=np.where(rng.random(n_sites) < PRIVATE, "no", "yes"),
        **places,
    )
    return register.located(_register_types(_founded(columns)))


def _areas(rng: np.random.Generator, bounds: pd.Series) -> np.ndarray:
    """Return areas in ha between the bounds of each kind, missing for kinds without."""
    low, high = np.array([b or (np.nan, np.nan) for b in bounds], dtype=float).reshape(-1, 2).T
    areas: np.ndarray = low + (high - low) * rng.random(len(bounds))
    return areas.round(1)


def _founded(sites: pd.DataFrame) -> pd.DataFrame:
    """Return the sites with a decision where their kind has one and it was taken."""
    has = sites["kind"].isin(FOUNDED_KINDS)
    decided = has & (sites["founding"] == "decided")
    number = pd.Series(np.arange(len(sites)) % 99 + 1).astype("str").str.zfill(2) + "/MP-QĐ"
    return sites.assign(
        founding=sites["founding"].where(has, "unknown"),
        decision=number.where(decided),
        decision_date=(sites["year"].astype(str) + "-06-15").where(decided),
    )


def _register_types(sites: pd.DataFrame) -> pd.DataFrame:
    """Return the columns of the register with the types that `sites.typed` gives them."""
    whole = sites.reindex(columns=list(register.COLUMNS))
    days = {column: frames.days(whole[column].astype("string")) for column in register.DAYS}
    numbers = dict.fromkeys(register.NUMBERS, "float64")
    return whole.assign(**days).astype(dict.fromkeys(register.TEXT, "string") | numbers)


def _places(
    rng: np.random.Generator, blocks: gpd.GeoDataFrame, legacy_communes: pd.DataFrame, n: int
) -> dict[str, Any]:
    """Return unit codes and positions: most exact, some of the commune only, some none."""
    communes = legacy_communes.reset_index()
    keys = ["commune_2025", "district_legacy"]
    block = pd.MultiIndex.from_frame(blocks[keys]).get_indexer(
        pd.MultiIndex.from_frame(communes[keys])
    )
    area = coordinates.to_metres(blocks).area.to_numpy()[block] / np.bincount(block)[block]
    commune = rng.choice(len(communes), size=n, p=area / area.sum())
    # All sites known only to a commune stand on one and the same point of it.
    shared = _points(rng, blocks, block)
    exact = _points(rng, blocks, block[commune])
    lot = rng.random(n)[:, None]
    known = [lot < NOWHERE, lot < NOWHERE + VAGUE]
    lon, lat = np.select(known, [np.nan, shared[commune]], exact).T
    metres = np.select(known, [np.nan, VAGUE_M], rng.choice(EXACT_M, size=n)[:, None])
    codes = {c: communes[c].to_numpy()[commune] for c in (*keys, "commune_legacy")}
    return codes | {"lon": lon, "lat": lat, "position_accuracy_m": metres[:, 0]}


def _points(rng: np.random.Generator, blocks: gpd.GeoDataFrame, block: np.ndarray) -> np.ndarray:
    """Return a random point (lon, lat; 5 decimals) inside the block of each row."""
    bounds = blocks.geometry.bounds.to_numpy()[block]
    points = np.full((len(block), 2), np.nan)
    shapes = blocks.geometry.to_numpy()
    shapely.prepare(shapes)
    missing = np.arange(len(block))
    while len(missing):
        low, high = bounds[missing, :2], bounds[missing, 2:]
        tries = np.round(low + (high - low) * rng.random((len(missing), 2)), 5)
        points[missing] = tries
        missing = missing[~_inside(shapes, block[missing], tries)]
    return points


def _inside(shapes: np.ndarray, block: np.ndarray, points: np.ndarray) -> np.ndarray:
    """Return which points lie inside the block of their row (block by block: prepared, fast)."""
    inside = np.zeros(len(points), dtype=bool)
    for b in np.unique(block):
        rows = np.flatnonzero(block == b)
        inside[rows] = shapely.contains_xy(shapes[b], points[rows])
    return inside


# --- evidence ------------------------------------------------------------------------------


class Cast(NamedTuple):
    """Subjects that play the rows of one table; ``scripts[row]`` are that row's records."""

    subjects: np.ndarray
    rows: np.ndarray
    scripts: list[list[dict[str, Any]]]


def _casts(
    rng: np.random.Generator, sites: pd.DataFrame, districts: Sequence[str], plan: Plan
) -> list[Cast]:
    """Deal the rows of the tables to sites, districts and the province."""

    def cast(subjects: Iterable[str], table: Sequence[tuple[int, str]], kind: str = "") -> Cast:
        named = np.array(list(subjects), dtype=object)
        rows = _deal(rng, [weight for weight, _row in table], np.arange(len(named)))
        return Cast(named, rows, [_script(row, kind, plan) for _weight, row in table])

    # A site that is yet to open, or opened or closed within these years, has no history here.
    lasting = sites[["valid_from", "valid_to"]].isna().all(axis=1)
    sites = sites[lasting & ~sites["lifecycle"].isin(["planned", "established"])]
    model = sites["kind"] == "pilot_model"
    checked = sorted({kind for profile in plan.profiles for kind in profile.kinds})
    return [
        cast(sites.index[~model], OUTREACH),
        cast(sites.index[model], STAGES),
        *(cast(sites.index[sites["kind"] == kind], COMPLIANCE, kind) for kind in checked),
        cast(districts, DISTRICTS),
        cast(["province", "province"], PROVINCE),
    ]


def _script(row: str, kind: str, plan: Plan) -> list[dict[str, Any]]:
    """Return the records that a row of a table means, in the order of the years.

    A check in a year in which the kind of site has no profile falls away.
    """
    lines = []
    for year, fates in enumerate(row.split(), FIRST_YEAR):
        profile = plan.profile_for(kind, date(year, 12, 31))
        for event in (e for fate in fates.split("+") for e in FATES[fate]):
            if event.axis != "compliance":
                lines.append(_line(event, year))
            elif profile:
                lines.append(_line(event, year) | _asked(event, profile))
    return lines


def _line(event: Event, year: int) -> dict[str, Any]:
    """Return an event in a year as columns."""
    summary_vi, summary_en = SUMMARIES[event.kind]
    return event._asdict() | {
        "day": np.datetime64(f"{year}-{event.day}"),
        "year": year,
        "soonest": event.entered[0],
        "latest": event.entered[1],
        "profile": None,
        "answers": None,
        "date_text": f"trong năm {year}" if event.grades == "D" else None,
        "document": DOCUMENTS.get(event.kind),
        "summary_vi": f"Mô phỏng: {summary_vi}",
        "summary_en": f"Simulated: {summary_en}",
    }


def _asked(event: Event, profile: Profile) -> dict[str, str | None]:
    """Return the profile of a check and its answers, dealt to the criteria in turn."""
    pairs = zip(profile.criteria, cycle(event.says.split()), strict=False)
    answers = ";".join(f"{criterion}={answer}" for criterion, answer in pairs)
    return {"profile": profile.code, "answers": answers or None}


def _perform(rng: np.random.Generator, casts: list[Cast]) -> pd.DataFrame:
    """Return the records of all casts, numbered in the order in which they were entered."""
    records = _described(rng, _numbered(_dated(rng, _played(casts))))
    texts = [c for c in ev.COLUMNS if c not in (*ev.DAYS, *ev.CATEGORIES)]
    types = dict.fromkeys(texts, "string") | dict.fromkeys(ev.DAYS, frames.DAY)
    return ev.categorised(records.reindex(columns=list(ev.COLUMNS)).astype(types))


def _played(casts: list[Cast]) -> pd.DataFrame:
    """Return the line of each record, with its `subject` and the number of its `actor`."""
    scripts = [script for cast in casts for script in cast.scripts]
    lines = pd.DataFrame([line for script in scripts for line in script])
    words = lines.columns[lines.dtypes == "str"].union(["method", "profile", "answers"])
    length = np.array([len(script) for script in scripts])
    offset = np.cumsum([0, *(len(cast.scripts) for cast in casts)])
    plays = np.concatenate([cast.rows + o for cast, o in zip(casts, offset, strict=False)])
    # An actor takes the lines of a script one by one: its first line, plus 0, 1, 2 …
    actor = np.repeat(np.arange(len(plays)), length[plays])
    first_line = (np.cumsum(length) - length)[plays]
    first_record = np.cumsum(length[plays]) - length[plays]
    at = (first_line - first_record)[actor] + np.arange(len(actor))
    subjects = pd.array(np.concatenate([cast.subjects for cast in casts]), "string")
    lines = lines.assign(**{word: lines[word].astype("category") for word in words})
    played = lines.take(at).reset_index(drop=True)
    return played.assign(actor=actor, subject=subjects.take(actor))


def _dated(rng: np.random.Generator, played: pd.DataFrame) -> pd.DataFrame:
    """Return the records with grade, day of the event and day of entry."""
    size = len(played)
    years = LAST_YEAR + 1 - FIRST_YEAR
    season = rng.integers(0, SEASON_DAYS + 1, (played["actor"].max() + 1, years))
    moved = season[played["actor"], played["year"] - FIRST_YEAR]
    moved = np.where(played["fixed"], 0, moved + rng.integers(0, JITTER_DAYS + 1, size))
    happened = played["day"] + pd.to_timedelta(moved, unit="D")
    lag = rng.integers(played["soonest"], played["latest"] + 1)
    letters = played["grades"].to_numpy(dtype="U2").view("U1").reshape(size, 2)
    one_or_other = np.where(letters[:, 1] == "", 0, rng.integers(0, 2, size))
    grade = letters[np.arange(size), one_or_other]
    return played.assign(
        grade=grade,
        event_date=happened.mask(grade == "D"),
        recorded_at=happened + pd.to_timedelta(lag, unit="D"),
    )


def _numbered(played: pd.DataFrame) -> pd.DataFrame:
    """Return the records in the order of entry, with their ids and those they speak of."""
    entry = np.empty(len(played), dtype=int)
    entry[np.argsort(played["recorded_at"].to_numpy(), kind="stable")] = np.arange(len(played))
    ids = ("SIM-EV-" + pd.Series(entry + 1).astype("string").str.zfill(7)).array
    meant = pd.Series(ids.take(np.arange(len(played)) - played["back"]))
    meant = meant.mask(played["back"] == 0)
    refers = played["kind"].isin(["cancelled", "withdraw"])
    linked = played.assign(id=ids, supersedes=meant.mask(refers), refers_to=meant.where(refers))
    return linked.iloc[np.argsort(entry)].reset_index(drop=True)


def _described(rng: np.random.Generator, records: pd.DataFrame) -> pd.DataFrame:
    """Return the records with head-counts of what was held, and documents of grade A."""
    size = len(records)
    held = records["kind"] == "held"
    official = records["grade"] == "A"
    number = pd.Series(rng.integers(1, 100, size).astype("str"), dtype="str").str.zfill(2)
    return records.assign(
        participants=pd.Series(rng.integers(15, 200, size)).astype("str").where(held),
        enterprises_present=pd.Series(rng.integers(1, 40, size)).astype("str").where(held),
        doc_no=(number + "/MP-" + records["document"].astype("str")).where(official),
        doc_date=records["event_date"].where(official),
    )
