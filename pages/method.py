"""The method: how a status follows from evidence, in the words and numbers the software uses."""

from datetime import date

import pandas as pd
import streamlit as st

from geodata.passport import compliance_rule, outreach_rule
from geodata.plan import Plan, shipped
from geodata.status import COMPLIANCE, OUTREACH
from geodata.symbology import kind_label, status_label
from geodata.text import _, day
from pages.parts.words import grade_text


def rules(plan: Plan) -> None:
    """Show both scales in the order in which their rules fire."""
    st.subheader(_("Two axes that never mix"), anchor=False)
    st.markdown(
        _(
            "Nobody sets a status. It follows from dated evidence by the rules below, the first "
            "that fires; the map shows what was known at the end of the as-of date."
        )
    )
    scales = {
        "outreach": [(status, outreach_rule(status, plan)) for status in OUTREACH],
        "compliance": [(status, compliance_rule(status)) for status in COMPLIANCE],
    }
    titles = {
        "outreach": _("Outreach: was the site reached?"),
        "compliance": _("Compliance: does it meet the profile?"),
    }
    for axis, scale in scales.items():
        st.markdown(f"**{titles[axis]}**")
        st.table(
            pd.DataFrame(
                {
                    _("Status"): [status_label(axis, status) for status, _rule in scale],
                    _("Rule"): [rule for _status, rule in scale],
                }
            ),
            hide_index=True,
        )


def grades() -> None:
    """Show what the grades of evidence mean."""
    st.subheader(_("Grades of evidence"), anchor=False)
    st.markdown("\n".join(f"- {grade_text(grade)}" for grade in "ABCD"))


def profiles(plan: Plan) -> None:
    """Show the criteria of each profile, when it is in force and on what basis."""
    st.subheader(_("Profiles"), anchor=False)
    for profile in plan.profiles:
        kinds = ", ".join(kind_label(kind) for kind in profile.kinds)
        st.markdown(f"**{profile.code} – {profile.name}**")
        st.caption(
            _(
                "{kinds} · from {start} to {end} · a check stays fresh for {n} days · {basis}"
            ).format(
                kinds=kinds,
                start=day(profile.valid.start),
                end=day(profile.valid.end) if profile.valid.end < date.max else _("further notice"),
                n=profile.fresh_days,
                basis=profile.basis,
            )
        )
        st.markdown("\n".join(f"- {code}: {text}" for code, text in profile.criteria.items()))


def targets(plan: Plan) -> None:
    """Show the plan's targets in its own words."""
    st.subheader(_("The seven targets"), anchor=False)
    st.markdown("\n".join(f"{n}. {target.text}" for n, target in enumerate(plan.targets, 1)))


def intensity(plan: Plan) -> None:
    """Show how material and fuel by unit of product is counted, and what the public sees."""
    sectors = [target for target in plan.targets if target.sectors]
    year = sectors[0].baseline_year if sectors else None
    st.markdown(f"**{_('Material and fuel by sector')}**")
    said = [
        _(
            "Consumption and output are added up over the plants that declared both years in the "
            "same units, then divided; percentages are never averaged."
        ),
        _(
            "A sector meets the target if every material or fuel declared for it does; it does "
            "not if a verified one does not; otherwise nothing can be concluded."
        ),
        _("All sectors present have to meet it; sectors not present are not applicable."),
        _("Figures of fewer than three plants are not shown."),
        _("Baseline year: {year}.").format(year=year)
        if year
        else _("No baseline year is set; that is for the plan's owner to decide."),
    ]
    st.markdown("\n".join(f"- {text}" for text in said))


def sources() -> None:
    """Say where places, borders and records come from, and how far to trust them."""
    st.subheader(_("Sources and limits"), anchor=False)
    st.markdown(
        _(
            "Sites and evidence were compiled from public pages; each names its source. Borders "
            "are generalised (30 m) for overview maps, not for land matters. Most positions are "
            "known only to the commune and are drawn with a dashed outline."
        )
    )


st.title(_("Method"), anchor=False)
plans = {plan.year: plan for plan in shipped()}
year = st.segmented_control(
    _("Plan"),
    list(plans),
    default=max(plans),
    required=True,
    format_func=lambda year: f"{plans[year].decision} ({year})",
)
chosen = plans[year]
rules(chosen)
grades()
profiles(chosen)
targets(chosen)
intensity(chosen)
sources()
