"""Reading foreign files: the only room that does. Here the strict CSV of the what-if calls.

Other files come in by ``files``, as tables of text. Not here: what the columns mean (``sites``,
``evidence``) or the store.
"""

from datetime import date
from importlib import resources
from pathlib import Path
from typing import IO

import geopandas as gpd
import pandas as pd

from geodata.core.errors import DataError
from geodata.core.text import _
from geodata.register import declarations, evidence, sites, topics


def read_sites(path: Path) -> gpd.GeoDataFrame:
    """Return the register that a CSV file holds; see `sites.typed`."""
    return sites.typed(_table(path, "kind"))


def read_evidence(path: Path, entered: date) -> pd.DataFrame:
    """Return the records that a CSV file holds, topics in any spelling; see `evidence.typed`."""
    table = _table(path, "subject")
    if "topic" in table:
        table["topic"] = table["topic"].map(topics.canonical)
    return evidence.typed(table, entered)


def read_declarations(path: Path, entered: date) -> pd.DataFrame:
    """Return the declarations that a CSV file holds; see `declarations.typed`."""
    return declarations.typed(_table(path, "plant"), entered)


def shipped_sites() -> gpd.GeoDataFrame:
    """Return the register that comes with the project."""
    with resources.files("geodata").joinpath("data", "sites.csv").open("rb") as lines:
        return sites.typed(_csv(lines))


def shipped_evidence() -> pd.DataFrame:
    """Return the evidence that comes with the project; each record says when it was entered."""
    with resources.files("geodata").joinpath("data", "evidence.csv").open("rb") as lines:
        return evidence.typed(_csv(lines), date.max)


def _table(path: Path, needed: str) -> pd.DataFrame:
    """Return a CSV file as text, or refuse it in a sentence."""
    try:
        table = _csv(path.open("rb"))
    except OSError as error:
        raise DataError(
            _("The file “{path}” cannot be opened ({reason}).").format(
                path=path, reason=error.strerror
            )
        ) from error
    except (UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise DataError(
            _("“{path}” is not a CSV file in UTF-8; save it as “CSV UTF-8” and try again.").format(
                path=path
            )
        ) from error
    if not isinstance(table.index, pd.RangeIndex):
        raise DataError(
            _("“{path}” has more cells in its lines than columns in its first line.").format(
                path=path
            )
        )
    if missing := {"id", needed} - set(table.columns):
        raise DataError(
            _("“{path}” lacks the column {columns}; its first line must name the columns.").format(
                path=path, columns=", ".join(sorted(missing))
            )
        )
    return table


def _csv(lines: IO[bytes]) -> pd.DataFrame:
    """Return comma-separated UTF-8 text as a table of text."""
    with lines:
        return pd.read_csv(lines, dtype="string", encoding="utf-8-sig", keep_default_na=False)
