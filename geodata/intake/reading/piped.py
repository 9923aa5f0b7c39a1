"""A table on its way between two processes: as JSON takes it, column by column, there and back.

Not here: the processes (``apart``), or how a table is read (``files``).
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from geodata.intake.reading.grid import LeftOut, Part, Sheet


def plain(sheet: Sheet) -> Iterator[dict[str, Any]]:
    """Yield a table as JSON takes it: first what it is, then column by column."""
    yield {
        "sheet": {
            "name": sheet.name,
            "kind": sheet.kind,
            "index": sheet.cells.index.tolist(),
            "places": dict(sheet.places),
            "headers": dict(sheet.headers),
            "ignored": list(sheet.ignored),
            "notes": list(sheet.notes),
            "left_out": [part.as_dict() for part in sheet.left_out],
            "units": dict(sheet.units),
            "is_layer": sheet.is_layer,
        }
    }
    for part, cells, types in (
        ("cells", sheet.cells, sheet.types),
        ("spare", sheet.spare, sheet.spare_types),
    ):
        for column in cells:
            # Each different text once, and which of them stands in each row: -1 where blank.
            at, texts = pd.factorize(cells[column])
            yield {
                "part": part,
                "column": str(column),
                "texts": texts.tolist(),
                "at": at.tolist(),
                "types": "".join(types[column].tolist()),
            }


class Arriving:
    """A table that comes in column by column."""

    def __init__(self, head: dict[str, Any]) -> None:
        self._head = head
        self._cells: dict[str, dict[str, Any]] = {"cells": {}, "spare": {}}
        self._types: dict[str, dict[str, Any]] = {"cells": {}, "spare": {}}

    def take(self, message: dict[str, Any]) -> None:
        """Take a column: its texts, and the types of its cells."""
        part, column = message["part"], message["column"]
        texts = pd.array([*message["texts"], None], dtype="string")
        at = np.array(message["at"], dtype=np.int64)  # -1 is the last, the blank one
        self._cells[part][column] = texts.take(at)
        self._types[part][column] = list(message["types"])

    def sheet(self) -> Sheet:
        """Return the table, whole."""
        head = self._head
        index = pd.Index(head["index"], dtype="int64")
        cells, spare = (pd.DataFrame(self._cells[p], index=index) for p in ("cells", "spare"))
        types, spare_types = (
            pd.DataFrame(self._types[p], index=index, dtype=object) for p in ("cells", "spare")
        )
        return Sheet(
            *(head["name"], head["kind"], cells, head["places"], head["headers"]),
            tuple(head["ignored"]),
            tuple(head["notes"]),
            types=types,
            left_out=tuple(
                LeftOut(part["sheet"], Part(part["part"]), tuple(part["items"]), part["reason"])
                for part in head["left_out"]
            ),
            spare=spare,
            spare_types=spare_types,
            units=head["units"],
            is_layer=head["is_layer"],
        )
