"""By which column each list is sorted, and the same as a word of an address.

Pure. Not here: the lists, or sorting them (``pages``).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from geodata.core.names import fold
from geodata.reading.address import unusable

WORD = "sort"
_DOWN = "down"
_ONE = re.compile(r"[a-z0-9-]{1,60}:[a-z0-9-]{1,120}(:down)?", re.ASCII)
_MOST = 20  # lists


@dataclass(frozen=True)
class Orders:
    """The lists that are not in their usual order: the name of each, its column, whether down."""

    by_list: tuple[tuple[str, str, bool], ...] = ()

    def of_list(self, name: str) -> tuple[str, bool]:
        """Return the column of a list as `spelled`, empty for the usual order, and whether down."""
        return next(((by, down) for one, by, down in self.by_list if one == name), ("", False))

    def changed(self, name: str, column: str, *, down: bool) -> "Orders":
        """Return the orders with that of one list changed; no column is the usual order."""
        others = tuple(one for one in self.by_list if one[0] != name)
        return replace(self, by_list=(*others, (name, column, down)) if column else others)


def spelled(column: str) -> str:
    """Return the heading of a column as an address names it: ``Số ngày`` is ``so-ngay``."""
    return "-".join(re.findall("[a-z0-9]+", fold(column)))


def to_words(orders: Orders) -> dict[str, str]:
    """Return orders as words of an address."""
    parts = [":".join([name, by, *([_DOWN] if down else [])]) for name, by, down in orders.by_list]
    return {WORD: ",".join(parts)} if parts else {}


def from_words(words: Mapping[str, str]) -> tuple[Orders, list[str]]:
    """Return the orders that words describe, and a sentence for each that is of no use."""
    orders, strange = Orders(), []
    for part in filter(None, words.get(WORD, "").split(",")[:_MOST]):
        if not _ONE.fullmatch(part):
            strange.append(part)
            continue
        name, column, *down = part.split(":")
        orders = orders.changed(name, column, down=bool(down))
    return orders, [unusable(WORD, ",".join(strange))] if strange else []
