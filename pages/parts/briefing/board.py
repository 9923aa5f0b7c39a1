"""The board: the answer in a sentence, a row a target, and what two dates have beside each other.

A row is a thing to choose: the map, the address and the files then look at what it counts.
Not here: the figures (``geodata.reading.briefing``, ``geodata.reading.board``), or the drawings
(``markup``).
"""

import html

import pandas as pd
import streamlit as st

from geodata.core.text import _, day
from geodata.outputs.briefing.wording import sectors
from geodata.reading import board
from geodata.reading.briefing import Briefing
from geodata.reading.glossary import FIGURES
from geodata.reading.labels import key_label, kind_label, target_name
from geodata.rules.plan import default, shipped
from geodata.rules.targets import Result
from pages.parts.briefing import markup
from pages.parts.gaps.data import percent
from pages.parts.shared import heading, state
from pages.parts.shared.terms import explained
from pages.parts.shared.words import plain, today


def target_title(result: Result) -> str:
    """Return which target units are counted for, and its threshold: ``T3 – 70%: …``."""
    target = result.target
    head = target.id if result.goal is None else f"{target.id} – {percent(result.goal)}"
    return f"{head}: {target_name(target.id)}"


def answer(briefing: Briefing) -> None:
    """Say the answer: how many targets are met, and which are not."""
    plan, as_of = briefing.plan, briefing.view.as_of
    words = _("Plan {decision} ({year}) · figures to {day}")
    parts = {"decision": plan.decision, "year": plan.year, "day": day(plan.last_day(as_of))}
    st.markdown(f"{heading.title()} · {words.format(**parts)}")
    heading.simulated(briefing.view)
    st.markdown(f"### {plain(board.headline(briefing.results))}")
    st.markdown(plain(board.rest(briefing.results)), help=explained(*FIGURES))


def render(briefing: Briefing) -> None:
    """Show the targets with a threshold as bars on one scale, and below them the others, small."""
    judged, others = board.rows(briefing)
    seen = board.chosen(briefing.view, briefing.plan.targets)
    with st.container(key="board", gap=None):
        for row in judged:
            with st.container(key=f"target_{row.line.id}", gap=None):
                _way(briefing, row)
                st.html(markup.target(row, on=row.line.id == seen))
        st.html(markup.scale())
        st.html(markup.many(map(_other, others), "hg-others"))


def whole(briefing: Briefing) -> None:
    """Say that targets count the whole province where the view is narrowed, with the way back."""
    narrowed = _narrowed(briefing)
    if not narrowed:
        return
    words = _("Targets always count the whole province; chosen for the map and the lists: {what}.")
    with st.container(key="brief_scope", horizontal=True, vertical_alignment="center"):
        st.caption(words.format(what="; ".join(map(plain, narrowed))), width="content")
        st.button(
            _("Drop these choices"),
            key="w_whole",
            type="tertiary",
            icon=":material/close:",
            on_click=state.change,
            kwargs={"unit": None, "kinds": (), "statuses": ()},
        )


def _narrowed(briefing: Briefing) -> list[str]:
    """Return what a view is narrowed to, but for the kinds of a target chosen on the board."""
    view = briefing.view
    kinds = () if board.chosen(view, briefing.plan.targets) else view.kinds
    return [
        *([str(briefing.units["name"].get(view.unit, view.unit))] if view.unit else []),
        *(kind_label(kind).lower() for kind in kinds),
        *(key_label(view.axis, key).lower() for key in view.statuses),
    ]


def _way(briefing: Briefing, row: board.BoardRow) -> None:
    """Lay over a target the way to see on the map what it counts, if the map can show that."""
    target = next(one for one in briefing.plan.targets if one.id == row.line.id)
    if not board.choosable(target):
        return
    st.button(
        markup.numbered(row.line),
        key=f"w_target_{target.id}",
        type="tertiary",
        on_click=choose,
        args=(briefing, target.id),
    )


def choose(briefing: Briefing, wanted: str) -> None:
    """Have the view look at what a target counts; a second time at everything again."""
    targets = briefing.plan.targets
    view = state.current(today())
    again = board.chosen(view, targets) == wanted
    target = None if again else next(one for one in targets if one.id == wanted)
    to = board.looking_at(view, target, targets)
    state.change(kinds=to.kinds, axis=to.axis, vintage=to.vintage)
    state.change(statuses=())


def _other(row: board.BoardRow) -> str:
    """Return a target without a threshold on one line."""
    text = board.without_threshold(row.line)
    facts = "".join(f" · {html.escape(fact)}" for fact in row.facts)
    return f"<li><b>{html.escape(markup.numbered(row.line))}</b>: {html.escape(text)}{facts}</li>"


def by_sector(briefing: Briefing) -> None:
    """Show what the second target is made of, if anything is."""
    head, rows = sectors(briefing)
    if rows:
        with st.expander(_("Material and fuel by sector")):
            st.table(pd.DataFrame(rows, columns=list(head)), hide_index=True)


def compared(now: Briefing) -> None:
    """Show each target beside what it was on the earlier day, and by how much that has changed."""
    rows, earlier = now.compared, now.compared_to
    if earlier is None:
        return
    if (then := default(shipped(), earlier)) != now.plan:
        words = _("{before} is counted under plan {decision} ({year}), the one of that day.")
        parts = {"before": day(earlier), "decision": then.decision, "year": then.year}
        st.caption(words.format(**parts))
    st.table(
        pd.DataFrame(
            {
                _("Target"): [row.name for row in rows],
                day(earlier): [row.then for row in rows],
                day(now.view.as_of): [row.now for row in rows],
                "±": [row.change or "–" for row in rows],
                _("Verdict"): [row.verdict for row in rows],
            }
        ),
        hide_index=True,
    )
