"""The sections of the method: scales, grades, profiles, targets, counting, sources.

Not here: which plan is shown (``pages/method.py``).
"""

import html
from datetime import date

import streamlit as st

from geodata.core.text import _, day
from geodata.reading import method
from geodata.reading.labels import grade_text, kind_label, status_label
from geodata.reading.passport import compliance_rule, outreach_rule
from geodata.rules.plan import Plan
from geodata.rules.status import COMPLIANCE, OUTREACH
from pages.parts.method import pictures
from pages.parts.shared.terms import explained

SECTIONS = (
    "vi-du",
    "hai-truc",
    "mau-so",
    "lich-di",
    "hai-ngay",
    "minh-chung",
    "bo-tieu-chi",
    "thuat-ngu",
)
"""The anchors of the sections, in their order on the page."""


def contents() -> dict[str, str]:
    """Return what each section is called, by its anchor."""
    titles = (
        _("A target worked out"),
        _("Two axes that never mix"),
        _("Denominator and verdict"),
        _("What a visit covers"),
        _("Two dates"),
        _("Grades and sources"),
        _("Targets and profiles"),
        _("Terms"),
    )
    return dict(zip(SECTIONS, titles, strict=True))


def listed() -> None:
    """Show the contents in the panel."""
    with st.container(key="contents"):
        st.markdown("\n".join(f"- [{title}](#{name})" for name, title in contents().items()))


def section(anchor: str) -> None:
    """Begin a section, where the way to it in the contents ends."""
    st.html(f'<div id="{anchor}"></div>')  # an anchor of Streamlit's own is called in English
    st.subheader(contents()[anchor], anchor=False)


def rules(plan: Plan) -> None:
    """Show both scales in the order in which their rules fire, with a picture of each."""
    section("hai-truc")
    st.markdown(
        _(
            "Nobody sets a status. It follows from dated evidence by the rules below, the first "
            "that fires."
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
    fresh = max(profile.fresh_days for profile in plan.profiles) if plan.profiles else 0
    drawn = {"outreach": pictures.lapse(plan), "compliance": pictures.freshness(fresh)}
    for axis, scale in scales.items():
        left, right = st.columns([1.7, 1], gap="large")
        left.markdown(f"**{titles[axis]}**")
        left.html(f'<ol class="hg-ladder">{"".join(_rung(axis, *one) for one in scale)}</ol>')
        right.html(drawn[axis])


def _rung(axis: str, status: str, rule: str) -> str:
    """Return a status with its rule as markup, drawn as on the map."""
    name = f"<b>{html.escape(status_label(axis, status))}</b>"
    return f"<li>{pictures.symbol(axis, status)}{name}<span>{html.escape(rule)}</span></li>"


def visits() -> None:
    """Show what a visit covers."""
    section("lich-di")
    st.html(pictures.radius())


def dates() -> None:
    """Show what the two dates mean, and how late papers and corrections count."""
    section("hai-ngay")
    lines = [
        _(
            "The as-of date is the day in the world that is looked at: what happened after it "
            "does not count."
        ),
        _(
            "By the records entered up to: what the office knew by the end of that day, usually "
            "today. So the papers of an earlier year that are entered today count in that year."
        ),
        _("With both days the same, the picture of that day comes back as it was then reported."),
        _("Corrections and withdrawals count from the day on which they were entered."),
        _(
            "A plan that has closed is counted on its last day; the map shows the state on the "
            "as-of date, and says so."
        ),
    ]
    st.markdown("\n".join(f"- {text}" for text in lines))


def counting() -> None:
    """Show who belongs to a denominator, how a verdict is found, and that all sites count."""
    section("mau-so")
    left, right = st.columns([1.7, 1], gap="large")
    left.markdown("\n".join(f"- {text}" for text in method.counting()))
    right.html(pictures.membership())


def grades() -> None:
    """Show what the grades of evidence mean."""
    section("minh-chung")
    st.markdown("\n".join(f"- {grade_text(grade)}" for grade in "ABCD"))


def profiles(plan: Plan) -> None:
    """Show the criteria of each profile, when it is in force and on what basis."""
    title = _("Profiles")
    st.markdown(f"**{title}**")
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
    section("bo-tieu-chi")
    st.markdown("\n".join(f"{n}. {target.text}" for n, target in enumerate(plan.targets, 1)))


def intensity(plan: Plan) -> None:
    """Show how material and fuel by unit of product is counted, and what the public sees."""
    sectors = [target for target in plan.targets if target.sectors]
    year = sectors[0].baseline_year if sectors else None
    st.markdown(f"**{_('Material and fuel by sector')}**")
    lines = [
        _(
            "Consumption and output are added up over the plants that declared both years in the "
            "same units, then divided; percentages are never averaged."
        ),
        _(
            "A sector meets the target if every material or fuel declared for it does; it does "
            "not if a verified one does not; otherwise nothing can be concluded."
        ),
        _("All sectors present have to meet it; sectors not present are not applicable."),
        _(
            "Sectors with fewer than three plants (plants of one owner are one), or with one of "
            "more than 80% of the output, are counted; their figures are not shown."
        ),
        _("Baseline year: {year}.").format(year=year)
        if year
        else _("No baseline year is set; that is for the plan's owner to decide."),
    ]
    st.markdown("\n".join(f"- {text}" for text in lines))


def terms() -> None:
    """Show what each term means that the screens explain where it stands."""
    section("thuat-ngu")
    st.markdown(explained())


def sources() -> None:
    """Say where places, borders and records come from, and how far to trust them."""
    title = _("Sources and limits")
    st.markdown(f"**{title}**")
    st.markdown(
        _(
            "Sites and evidence were compiled from public pages; each names its source. Borders "
            "are generalised (30 m) for overview maps, not for land matters. Most positions are "
            "known only to the commune and are drawn with a dashed outline."
        )
    )
