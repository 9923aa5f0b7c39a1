"""The register of sites: its columns and its schema.

Not here: what a site was on a day (``lifecycle``), status (``status``), units (``units``), the
store, or reading files (``intake``).
"""

from functools import cache
from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd

from geodata.core.text import N_, _
from geodata.register import frames, lifecycle
from geodata.register.lifecycle import FOUNDINGS, LIFECYCLES

if TYPE_CHECKING:
    import pandera.pandas as pa

KINDS = (
    "industrial_park",
    "industrial_cluster",
    "craft_village",
    "supermarket",
    "shopping_centre",
    "convenience_store",
    "pilot_model",
)

# Column by column: what the register says of a site.
TEXT = (
    "id",
    "kind",
    "name_vi",
    "name_en",
    "lifecycle",  # one of LIFECYCLES, holding from valid_from to valid_to
    "history",  # what it was before, as `lifecycle.spelled` writes it
    "founding",  # is there a decision that establishes or recognises it? one of FOUNDINGS
    "decision",  # that decision, as its source writes it
    "district_legacy",  # unit codes to 30/06/2025 …
    "commune_legacy",
    "commune_2025",  # … and from 01/07/2025
    "sectors",
    "operator",
    "contact_name",  # whom to call; never public
    "contact_phone",
    "contact_email",
    "details",
    "source",
    "source_note",
    "confidence",  # of existence and identity: high, medium, low
    "public",  # may the public see this site by name? yes or no
)
DAYS = ("decision_date", "valid_from", "valid_to")
NUMBERS = ("lat", "lon", "position_accuracy_m", "area_ha", "year", "enterprises")  # degrees, m, ha
COLUMNS = (*TEXT, *DAYS, *NUMBERS)

# The public view is built from these and no others.
CONTACT = ("contact_name", "contact_phone", "contact_email")
PUBLIC_COLUMNS = tuple(c for c in COLUMNS if c not in {"source_note", "public", *CONTACT})

# A position less certain than this is known only to its commune, and drawn as such.
UNCERTAIN_M = 1000


_BOX = {"lat": (8.0, 24.0), "lon": (102.0, 118.0)}  # Việt Nam, islands included
_DECIMALS = 8  # of a degree
_PHONE = r"^(?:\D*\d){6,}[\w\s.,;/()+\-]*$"  # several, and an extension, may stand there
_EMAIL = r"^[^\s@]+@[^\s@]+\.[^\s@]+$"


@cache
def schema() -> "pa.DataFrameSchema":
    """Return what a cell of each column may hold."""
    import pandera.pandas as pa  # noqa: PLC0415 - a quarter of a second of each start

    return pa.DataFrameSchema(
        {
            "id": pa.Column("string", unique=True),
            "kind": pa.Column("string", frames.one_of(KINDS)),
            "name_vi": pa.Column("string"),
            "lifecycle": pa.Column("string", frames.one_of(LIFECYCLES)),
            "founding": pa.Column("string", frames.one_of(FOUNDINGS)),
            "public": pa.Column("string", frames.one_of(("yes", "no"))),
            "history": pa.Column(
                "string",
                pa.Check(
                    lambda column: column.map(_readable).astype(bool),
                    error=N_(
                        "must be written in codes, such as “operating | 2019-05-01” for operating "
                        "since 01/05/2019, statements joined by “;”"
                    ),
                ),
                nullable=True,
            ),
            **{
                column: pa.Column(
                    "float64",
                    pa.Check.in_range(*box, error=N_("lies outside Việt Nam")),
                    nullable=True,
                )
                for column, box in _BOX.items()
            },
            "contact_phone": pa.Column(
                "string",
                pa.Check.str_matches(_PHONE, error=N_("is not a phone number")),
                nullable=True,
            ),
            "contact_email": pa.Column(
                "string",
                pa.Check.str_matches(_EMAIL, error=N_("is not an e-mail address")),
                nullable=True,
            ),
            "position_accuracy_m": pa.Column(
                "float64", pa.Check.gt(0, error=N_("must be greater than zero")), nullable=True
            ),
        },
    )


def typed(table: pd.DataFrame) -> gpd.GeoDataFrame:
    """Return a table of text as the register, or refuse it whole.

    Columns may come in any order and be absent (the compiled figures lack some): a blank
    lifecycle or founding is ``unknown``, a named decision means ``decided``, and a site is
    public unless it says ``no``.

    Parameters
    ----------
    table : DataFrame
        Text, one row a site, columns as in `COLUMNS`.

    Returns
    -------
    GeoDataFrame
        `COLUMNS` indexed by site id, with points in EPSG:4326; a site without a
        position has an empty geometry.

    Raises
    ------
    DataError
        If any cell is wrong; the sentence names the first ones.
    """
    register, faults = read(table)
    frames.refuse(_("Sites"), faults)
    return register


def read(table: pd.DataFrame) -> tuple[gpd.GeoDataFrame, list[frames.Fault]]:
    """Return a table of text as the register, as in `typed`, and every cell that is wrong."""
    text = frames.blank_to_missing(table, COLUMNS)
    founding = text["decision"].notna().map({True: "decided", False: "unknown"})
    text["lifecycle"] = text["lifecycle"].fillna("unknown")
    text["founding"] = text["founding"].fillna(
        founding.where(text["lifecycle"] != "planned", "unknown")
    )
    text["public"] = text["public"].fillna("yes")
    register = text.copy()
    faults = []
    for column in DAYS:
        register[column] = frames.days(text[column])
        faults += frames.unreadable(text[column], register[column], _("is not a day (YYYY-MM-DD)"))
    for column in NUMBERS:
        register[column] = _kept(pd.to_numeric(text[column], errors="coerce").astype("float64"))
        faults += frames.unreadable(text[column], register[column], _("is not a number"))
    faults += frames.broken(register, schema()) + _backward(register)
    return located(register), faults


def _backward(register: pd.DataFrame) -> list[frames.Fault]:
    """Return a fault for each state that ends before it begins."""
    at = (register["valid_to"] < register["valid_from"]).to_numpy().nonzero()[0]
    ends = register["valid_to"].dt.strftime("%Y-%m-%d")
    rule = _("lies before the day on which the state began")
    return [frames.Fault(int(i) + 1, "valid_to", str(ends.iloc[i]), rule) for i in at]


def _readable(history: str) -> bool:
    """Say whether a cell holds dated statements."""
    try:
        lifecycle.read(history)
    except ValueError:
        return False
    return True


def _kept(numbers: pd.Series) -> pd.Series:
    """Return numbers with the digits that every kind of file gives back.

    Degrees have eight decimals, a millimetre; other numbers the 15 digits of a cell of Excel.
    """
    if numbers.name in _BOX:
        return numbers.round(_DECIMALS)
    return numbers.map(lambda value: float(f"{value:.15g}"), na_action="ignore").astype("float64")


def located(register: pd.DataFrame) -> gpd.GeoDataFrame:
    """Return register rows indexed by id, with points in EPSG:4326 made from lat and lon."""
    points = gpd.points_from_xy(register["lon"], register["lat"], crs="EPSG:4326")
    points[(register["lon"].isna() | register["lat"].isna()).to_numpy()] = None
    return gpd.GeoDataFrame(register, geometry=points).set_index("id", drop=False).rename_axis(None)


def placed(sites: pd.DataFrame) -> pd.Series:
    """Return which sites have a position."""
    return sites["lat"].notna() & sites["lon"].notna()


def uncertain(sites: pd.DataFrame) -> pd.Series:
    """Return which positions are known only to the commune (or have no stated accuracy)."""
    return ~(sites["position_accuracy_m"] < UNCERTAIN_M)


def public(sites: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return what the public may see of the register: public sites, allow-listed columns."""
    rows = (sites["public"] == "yes").to_numpy()
    return sites.loc[rows, [*PUBLIC_COLUMNS, "geometry"]]
