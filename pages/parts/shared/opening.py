"""What every screen of a view starts from: the view, its data, its plan."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from geodata.reading.view import View, plan_of
from geodata.rules.plan import Plan, shipped
from pages.parts.shared import state
from pages.parts.shared.data import Data, data, store
from pages.parts.shared.words import today


class Opened(NamedTuple):
    """A view with the workspaces there are, the data it shows and the plan it looks at."""

    view: View
    workspaces: Sequence[str]
    data: Data
    plan: Plan


def begun() -> tuple[View, Sequence[str]]:
    """Return the session's view in a workspace that there is, and which there are.

    Raises
    ------
    geodata.errors.ModelError
        If there is no store to read.
    """
    view = state.current(today())
    workspaces = tuple(store().workspaces())
    return (view if view.workspace in workspaces else state.forget("workspace")), workspaces


def opened() -> Opened:
    """Return the session's view, rid of choices that the data at hand does not have.

    Raises
    ------
    geodata.errors.ModelError
        If there is no store to read, or no plan for the date.
    """
    view, workspaces = begun()
    if view.known_at == today():
        view = replace(view, known_at=None)  # as is usual, and not worth a word
    at_hand = data(view.workspace, view.known_at)
    if view.site and view.site not in at_hand.sites.index:
        view = state.forget("site")
    return Opened(view, workspaces, at_hand, plan_of(view, shipped()))
