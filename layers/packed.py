"""The columns of very many sites as one compact file, which the page unpacks (``columns.js``).

Whole numbers go as their steps, a byte of all before the next byte of all, and texts by what they
differ from the last one of the same kind: what is alike lies together, for whoever compresses it
on the way. Not here: which columns there are (``sites``).
"""

import json
from collections.abc import Sequence
from typing import Any

import numpy as np

TEXTS = ("id", "name")
_HIGHEST = "\uffff"  # a browser counts what lies beyond as two letters


def packed(columns: dict[str, list[Any]]) -> bytes:
    """Return columns as made by `sites.columns` in one piece.

    A line of JSON says how many rows there are and which columns, each with its bytes a row, then
    follow those bytes, then the endings of the texts as JSON.
    """
    numbers = {name: cells for name, cells in columns.items() if name not in TEXTS}
    shared = [cell or [0, 0] for cell in numbers.pop("shared")]
    placed = [int(cell is not None) for cell in numbers["lat"]]
    for axis in ("lat", "lon"):
        numbers[axis] = [cell or 0 for cell in numbers[axis]]
    numbers |= {"placed": placed, "which": [k for k, _n in shared], "many": [n for _k, n in shared]}
    texts = {}
    for name in TEXTS:
        numbers[name], texts[name] = _endings(columns[name], columns["kind"])
    bodies = {name: _steps(cells) for name, cells in numbers.items()}
    rows = len(columns["id"])
    head = {"rows": rows, "columns": [[k, len(body) // (rows or 1)] for k, body in bodies.items()]}
    tail = json.dumps(texts, ensure_ascii=False, separators=(",", ":")).encode()
    return json.dumps(head).encode() + b"\n" + b"".join(bodies.values()) + tail


def _steps(cells: Sequence[int]) -> bytes:
    """Return the steps from cell to cell, negative ones as odd numbers, byte by byte."""
    steps: np.ndarray = np.diff(np.array(cells, dtype=np.int64), prepend=0)
    folded = (steps << 1) ^ (steps >> 63)
    width = (int(folded.max(initial=0)).bit_length() + 7) // 8
    return bytes(folded.astype("<u8").view(np.uint8).reshape(-1, 8)[:, :width].T.tobytes())


def _endings(texts: Sequence[str], kinds: Sequence[int]) -> tuple[list[int], list[str]]:
    """Return how many letters each text has in common with the last of its kind, and its others."""
    kept, endings, last = [], [], dict.fromkeys(kinds, "")
    for text, kind in zip(texts, kinds, strict=True):
        kept.append(_alike(last[kind], text))
        endings.append(text[kept[-1] :])
        last[kind] = text
    return kept, endings


def _alike(one: str, other: str) -> int:
    """Return how many first letters of two texts are the same, and one each for a browser too."""
    # A plain count: of a hundred thousand sites it takes less than half of what iterators do.
    same = 0
    for mine, its in zip(one, other, strict=False):
        if mine != its or mine > _HIGHEST:
            break
        same += 1
    return same
