"""What the screen ought to show, computed from the store by the model alone."""

from pathlib import Path

import geopandas as gpd
import pandas as pd

from geodata.core.clock import today
from geodata.reading.symbology import GROUPS, STATUSES
from geodata.reading.view import (
    STAGE,
    View,
    counts,
    plan_of,
    selected,
    shown,
    unplaced,
    usual_day,
)
from geodata.register import evidence, sites
from geodata.rules.plan import shipped
from geodata.rules.status import status_of
from geodata.store import Store, known_subjects

START = usual_day(shipped(), today())
"""The day that is shown where an address names none."""


class Truth:
    """One workspace of a store: what the public may see by name, and all that is counted."""

    def __init__(self, store: Path, workspace: str = "real") -> None:
        snapshot = Store(f"sqlite:///{store}").load(workspace, published=True)
        self.workspace = workspace
        self.register, self.records = snapshot.sites, snapshot.evidence
        self.declarations = snapshot.declarations
        self.version = snapshot.version
        self.sites: gpd.GeoDataFrame = sites.public(snapshot.sites)
        self.evidence = evidence.public(snapshot.evidence, known_subjects(self.sites.index))

    def view(self, **choices: object) -> View:
        """Return a view of the day that is shown first, with some choices."""
        return View(**{"as_of": START, "workspace": self.workspace, **choices})

    def status(self, view: View) -> pd.DataFrame:
        """Return every site's status in a view, also of those that are not named."""
        return status_of(self.register, self.records, plan_of(view, shipped()), view.as_of)

    def rows(self, **choices: object) -> gpd.GeoDataFrame:
        """Return the sites of a view."""
        view = self.view(**choices)
        return selected(self.sites, self.status(view), view)

    def drawn(self, **choices: object) -> int:
        """Return how many sites the map of a view draws."""
        rows = self.rows(**choices)
        return len(rows) - len(unplaced(rows))

    def counts(self, **choices: object) -> list[int]:
        """Return the legend's counts of a view."""
        view = self.view(**choices)
        return counts(self.register, self.status(view), view).tolist()

    def legend(self, **choices: object) -> list[int]:
        """Return the numbers of the legend from top to bottom: groups, and in them who occurs."""
        view = self.view(**choices)
        numbers = counts(self.register, self.status(view), view)
        listed = []
        for axis, prefix in ((view.axis, ""), ("stage", STAGE)):
            for keys in GROUPS[axis].values():
                inside = [numbers[prefix + key] for key in STATUSES[axis] if key in keys]
                listed += [sum(inside), *(n for n in inside if n and len(inside) > 1)]
        return [int(n) for n in listed]

    def statuses(self, **choices: object) -> dict[str, str]:
        """Return what each site is shown under in a view."""
        view = self.view(**choices)
        return shown(self.status(view).loc[self.sites.index], view.axis).to_dict()

    def common(self, axis: str) -> str:
        """Return the status most sites of an axis are shown under."""
        return max(keys := list(self.statuses(axis=axis).values()), key=keys.count)
