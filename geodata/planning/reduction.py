"""What can be left out of a covering problem without changing how much can be covered.

Pure. Not here: the problem and its solving (``visits``, ``solver``).
"""

from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

LARGEST = 60_000_000
"""Cells of venues by groups of sites up to which venues are compared with each other."""

_AT_ONCE = 2048  # venues compared in one product of matrices


def grouped(reach: sparse.csc_array, apart: NDArray[np.int64] | None = None) -> NDArray[np.int64]:
    """Return the number of each site's group: those that the very same venues reach.

    Parameters
    ----------
    reach : csc_array
        A row a venue, a column a site.
    apart : array of int, optional
        A number for each site; sites whose numbers differ are never one group.
    """
    keys = _keys(reach.indptr, reach.indices)
    if apart is not None:
        keys = [key + b"/%d" % number for key, number in zip(keys, apart, strict=True)]
    return np.asarray(pd.factorize(pd.Series(keys, dtype=object))[0])


def needed(reach: sparse.csr_array, open_: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return which venues are worth a thought: no other reaches all that they reach, and more.

    Of venues that reach the same sites the first one stays. Whoever chooses a venue that is left
    out does no worse with the one that outdoes it, so the optimum stays what it was – as long as
    one visit can take any number of sites.

    Parameters
    ----------
    reach : csr_array of bool
        A row a venue, a column a site that is still to be covered.
    open_ : array of bool
        Which venues may be chosen.
    """
    sizes = np.diff(reach.indptr)
    at = np.flatnonzero(open_ & (sizes > 0))
    kept = np.zeros(len(open_), dtype=bool)
    if not len(at):
        return kept
    part = sparse.csr_array(reach[at])
    part.sort_indices()
    at = at[~pd.Series(_keys(part.indptr, part.indices), dtype=object).duplicated().to_numpy()]
    columns = sparse.csc_array(reach[at])
    columns.sort_indices()
    groups = grouped(columns)
    first = np.unique(groups, return_index=True)[1]
    seen = columns[:, first]
    if seen.shape[0] * seen.shape[1] > LARGEST:
        kept[at] = True
        return kept
    kept[at] = ~_outdone(seen.toarray().astype(np.float32))
    return kept


def _outdone(seen: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Return which rows, no two alike, lie wholly within another one."""
    sizes = seen.sum(axis=1)
    outdone = np.zeros(len(seen), dtype=bool)
    for start in range(0, len(seen), _AT_ONCE):
        stop = min(start + _AT_ONCE, len(seen))
        shared = seen[start:stop] @ seen.T
        within = shared >= sizes[start:stop, None]
        within[np.arange(stop - start), np.arange(start, stop)] = False
        outdone[start:stop] = within.any(axis=1)
    return outdone


def _keys(starts: NDArray[np.int32], indices: NDArray[np.int32]) -> list[bytes]:
    return [indices[a:b].tobytes() for a, b in pairwise(starts)]
