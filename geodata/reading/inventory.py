"""The inventory: what there is where, for as long as little is known of how it stands.

Pure. Not here: statuses (``rules.status``), the records themselves (``records``), how an entry is
drawn (``symbology``).
"""

from datetime import date

import pandas as pd

from geodata.core.lookup import is_in
from geodata.core.text import _, number
from geodata.reading.answer import Bar, MapAnswer
from geodata.reading.symbology import ENTRIES, RECORDED
from geodata.reading.view import AXES, View
from geodata.register.evidence import stands
from geodata.register.lifecycle import lifecycle_on

ENOUGH = 0.3  # of all sites must have a record, else a map of statuses is a map of question marks
_IDLE = ("planned", "established", "suspended", "closed")


def painted(view: View, known: int, sites: int) -> str:
    """Return what colours say on the map of a view: one of `view.PAINTS`.

    What was chosen; else the statuses if one of their choices was made, or if at least `ENOUGH`
    of the sites are `known` by public evidence.
    """
    if view.paint:
        return view.paint
    asked = bool(view.statuses) or view.axis != next(iter(AXES))
    return "statuses" if asked or known >= ENOUGH * sites else "kinds"


def with_public_evidence(sites: pd.DataFrame, evidence: pd.DataFrame, on: date) -> pd.Index:
    """Return the public sites that a record speaks of which stands and is of no later day.

    The same for whoever looks: what stewards see of other sites is not public evidence.

    Parameters
    ----------
    sites, evidence : DataFrame
        All of the register, and the records that are known; one without a day is of no later one.
    on : date
        The day looked at.
    """
    past = ~(evidence["event_date"] > pd.Timestamp(on)).to_numpy(dtype=bool)
    named = sites.index[(sites["public"] == "yes").to_numpy(dtype=bool)]
    # What stands is settled by all records: one of a later day may have replaced another.
    return named[is_in(named, evidence["subject"][past & stands(evidence)])]


def entries(sites: pd.DataFrame, evidence: pd.DataFrame, on: date) -> pd.Series:
    """Return what the inventory says of each site: whether it works, and has public evidence.

    Parameters
    ----------
    sites, evidence : DataFrame
        All of the register, and the records that are known.
    on : date
        The day at which a site is planned, works or is closed, and of which records may be.

    Returns
    -------
    Series
        Categories `symbology.ENTRIES`, indexed as `sites`. Of a site of which it is not known
        whether it works, none says that it does not.
    """
    idle = lifecycle_on(sites, on).isin(_IDLE).to_numpy()
    recorded = is_in(sites.index, with_public_evidence(sites, evidence, on))
    entry = pd.Categorical.from_codes(2 * idle + recorded, pd.Index(ENTRIES))
    return pd.Series(entry, index=sites.index, name="entry")


def known(of_sites: pd.Series) -> int:
    """Return how many of some sites have public evidence, by their `entries`."""
    return int(of_sites.isin(RECORDED).sum())


def answer(known: int, sites: int) -> MapAnswer | None:
    """Return how many sites have public evidence, with a bar; None where there are no sites."""
    if not sites:
        return None
    words = _("{sites} sites on the list; only {known} have public evidence")
    if known >= ENOUGH * sites:
        words = _("{sites} sites on the list; {known} have public evidence")
    left = _("no evidence of {n} yet – not known does not mean not done")
    return MapAnswer(
        target="",
        headline=words.format(sites=number(sites), known=number(known)),
        detail=left.format(n=number(sites - known)) if known < sites else "",
        bar=Bar(known / sites, 1 - known / sites, None),
    )
