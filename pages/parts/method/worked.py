"""A target worked out on the screen from the figures in view, and two sites as examples.

Not here: what the steps say (``geodata.reading.worked``).
"""

import html
from dataclasses import replace

import pandas as pd
import streamlit as st

from geodata.core.lookup import is_in
from geodata.core.text import _, day, number
from geodata.reading import worked
from geodata.reading.labels import kind_label, short_target_name
from geodata.reading.passport import passport
from geodata.reading.view import UNIT_COLUMN, View
from geodata.rules.plan import Plan
from geodata.rules.targets import Result
from pages.parts.method.pictures import symbol
from pages.parts.shared import heading
from pages.parts.shared.data import Data, targets, unit_names
from pages.parts.shared.state import spelled
from pages.parts.shared.words import grade_text, links, plain, today, when

CHOICE, RECORDS = "w_worked", 2


def render(data: Data, view: View, plan: Plan) -> None:
    """Show one target step by step, from the day and the place in view."""
    chosen = st.pills(
        _("Target worked out"),
        worked.WORKED,
        default=worked.WORKED[0],
        required=True,
        key=CHOICE,
        format_func=lambda code: f"{code[1:]}. {short_target_name(code)}",
        label_visibility="collapsed",
    )
    result = next(one for one in targets(data, plan, view.as_of) if one.target.id == chosen)
    place = _("whole province")
    if view.unit and chosen in worked.OF_SITES:
        result = worked.within(result, _here(data, view))
        place = unit_names()[view.units_of.value, view.unit]
    facts = _("Plan {decision} · as of {day} · {place}")
    parts = {"decision": plan.decision, "day": day(plan.last_day(view.as_of)), "place": place}
    st.caption(plain(facts.format(**parts)))
    heading.simulated(view)
    steps = worked.steps(result, data.register["kind"])
    if not steps:
        st.info(_("Nothing is counted for this target yet."))
        return
    st.html(f'<ol class="hg-steps-of">{"".join(_step(one) for one in steps)}</ol>')
    _examples(result, data, view, plan)


def _here(data: Data, view: View) -> pd.Index:
    """Return the sites of the unit in view, named or not."""
    register = pd.DataFrame(data.register)
    here = register[UNIT_COLUMN[view.units_of]] == view.unit
    return register[here.fillna(value=False).to_numpy(dtype=bool)].index


def _step(step: worked.Step) -> str:
    """Return a step as markup."""
    rows = "".join(_row(one) for one in step.rows)
    listed = f"<ul>{rows}</ul>" if rows else ""
    return (
        f"<li><h4>{html.escape(step.title)}</h4><b>{html.escape(step.figure)}</b>"
        f"<p>{html.escape(step.sentence)}</p>{listed}</li>"
    )


def _row(row: worked.Row) -> str:
    """Return a line of a step; what it is in the count stands there as a sign and a word."""
    sign = symbol(row.axis, row.status) if row.status else ""
    part = f'<i class="hg-part-{row.part}">{_parts()[row.part]}</i>' if row.part else ""
    words = f"<span>{sign}{html.escape(row.label)}</span>"
    return f"<li>{words}{part}<b>{html.escape(row.figure)}</b></li>"


def _parts() -> dict[str, str]:
    return {"yes": _("yes"), "unknown": _("not known"), "no": _("no")}


# --- two sites -------------------------------------------------------------------------------


def _examples(result: Result, data: Data, view: View, plan: Plan) -> None:
    """Show two sites, and the records that gave each its status."""
    about = data.evidence["subject"].value_counts()
    named = data.sites.index[is_in(data.sites.index, result.counted.index)]
    order = about.reindex(named).fillna(0).sort_values(ascending=False, kind="stable").index
    ids = worked.examples(result, order)
    if not ids:
        return
    title = _("Two sites as examples") if len(ids) > 1 else _("One site as an example")
    st.markdown(f"**{title}**")
    with st.container(key="worked_sites"):
        for column, site in zip(st.columns(len(ids), gap="medium"), ids, strict=True):
            with column, st.container(border=True, gap="xsmall"):
                _example(site, result, data, view, plan)


def _example(site: str, result: Result, data: Data, view: View, plan: Plan) -> None:
    """Show a site: its status, the rule, the records behind, the way to its passport."""
    on, axis = plan.last_day(view.as_of), worked.AXES[result.target.id]
    seen = passport(site, data.sites, data.evidence, plan, on)
    standing = next(one for one in seen.findings if one.axis == axis)
    st.markdown(f"**{plain(seen.site['name_vi'])}**  \n{kind_label(seen.site['kind'])}")
    st.html(f'<ul class="hg-steps-of">{_row(_said(result, site, axis))}</ul>')
    lines = [_record(record) for _id, record in standing.records.head(RECORDS).iterrows()]
    more = len(standing.records) - RECORDS
    if more > 0:
        lines.append(_("and {n} more records").format(n=number(more)))
    st.markdown("\n".join([standing.rule, "", *(f"- {line}" for line in lines)]))
    st.page_link(
        "pages/map.py",
        label=_("Its passport on the map"),
        icon=":material/map:",
        query_params=spelled(replace(view, site=site, axis=axis, paint="statuses"), today()),
    )


def _said(result: Result, site: str, axis: str) -> worked.Row:
    """Return the status of a site, as a line of a step."""
    return worked.status_row(
        axis, str(result.counted["status"][site]), str(result.counted["part"][site])
    )


def _record(record: pd.Series) -> str:
    """Return a record in a line: its day, its grade, where it is from."""
    grade = grade_text(str(record["grade"]))
    words = _("{day} · grade {grade}").format(day=when(record), grade=grade)
    return " · ".join(filter(None, (words, plain(record["doc_no"]), links(record["source_url"]))))
