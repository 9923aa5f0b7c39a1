"""A site's passport on the screen. Not here: what it says (``geodata.reading.passport``)."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from geodata.core.text import _, number
from geodata.reading.glossary import SITE
from geodata.reading.labels import axis_label, event_label, grade_text, kind_label
from geodata.reading.passport import Passport, Standing
from geodata.reading.passport_words import answers, position_text, standing_text
from geodata.reading.records import summary
from geodata.rules.plan import Profile
from pages.parts.map.lifecycle import line
from pages.parts.shared.data import unit_names
from pages.parts.shared.terms import explained
from pages.parts.shared.words import Cell, date_text, links, plain, when


def render(passport: Passport, sizes: Mapping[str, int]) -> None:
    """Show a passport: who it is, both statuses with rule and evidence, what did not count.

    `sizes` says at how many sites each shared event took place.
    """
    site = passport.site
    st.markdown(f"#### {plain(site['name_vi'])}")
    st.caption(f"{kind_label(site['kind'])} · {plain(site['id'])}")
    if passport.membership:
        st.caption(passport.membership)
    for finding in passport.findings:
        _finding(finding, passport.profile, sizes)
    with st.expander(_("Place and register"), expanded=False):
        _register(passport)
    if len(passport.others):
        with st.expander(_("Other records ({n})").format(n=len(passport.others))):
            for _id, record in passport.others.iterrows():
                _record(record, sizes)


def _finding(finding: Standing, profile: Profile | None, sizes: Mapping[str, int]) -> None:
    """Show one axis: status, rule, remarks, records."""
    with st.container(border=True):
        st.caption(axis_label(finding.axis), help=explained(finding.axis, *SITE))
        st.markdown(f"**{standing_text(finding)}**")
        st.markdown(finding.rule)
        if finding.axis == "compliance" and profile:
            st.caption(
                _("Profile {code}: {name} ({basis})").format(
                    code=profile.code, name=profile.name, basis=profile.basis
                )
            )
        if finding.remarks:
            st.caption(" · ".join(finding.remarks))
        for _id, record in finding.records.iterrows():
            _record(record, sizes)


def _record(record: pd.Series, sizes: Mapping[str, int]) -> None:
    """Show one record: when, who, what, which document, how strong, and where it stands."""
    parts = [
        f"**{when(record)}** · {plain(record['organiser'])}",
        plain(event_label(str(record["event"]), sizes[str(record["event"])]))
        if str(record["event"]) in sizes
        else "",
        plain(summary(record)),
        _answers(record),
        _("Document: {number}").format(number=plain(record["doc_no"]))
        if _has(record, "doc_no")
        else "",
        f"{plain(record['id'])} · {grade_text(record['grade'])}",
        _("Entered {day}").format(day=date_text(record["recorded_at"])),
        f"*{record['reason']}*" if "reason" in record else "",
        links(record["source_url"]),
    ]
    st.markdown("  \n".join(part for part in parts if part))


def _answers(record: pd.Series) -> str:
    """Return what a check found, criterion by criterion."""
    if not _has(record, "answers"):
        return ""
    return " · ".join(f"{plain(name)} {word}" for name, word in answers(record["answers"]))


def _register(passport: Passport) -> None:
    """Show what the register says of the place, and of when it was what."""
    site = passport.site
    states = [f"- {line(statement, site)}" for statement in passport.lifecycle]
    st.markdown("\n".join([f"**{_('Lifecycle')}:**", *states]))
    rows = {
        _("To 30/06/2025"): ", ".join(
            filter(
                None,
                (
                    _unit("legacy", site["district_legacy"]),
                    _unit("commune_legacy", site["commune_legacy"]),
                ),
            )
        ),
        _("From 01/07/2025"): _unit("2025", site["commune_2025"]),
        _("Decision"): plain(site["decision"]),
        _("Position"): position_text(site),
        _("Area"): f"{number(site['area_ha'], 2)} ha" if _has(site, "area_ha") else "",
        _("Sectors"): plain(site["sectors"]),
        _("Operator"): plain(site["operator"]),
        _("Details"): plain(site["details"]),
        _("Source"): links(site["source"]) or _("an archived copy without an address"),
    }
    unknown = _("not known")
    st.markdown("  \n".join(f"**{label}:** {text or unknown}" for label, text in rows.items()))


def _unit(level: str, code: Cell) -> str:
    """Return a unit's name by level and code."""
    return "" if pd.isna(code) else plain(unit_names().get((level, str(code)), code))


def _has(row: pd.Series, column: str) -> bool:
    """Say whether a row has something in a column that it may not even have."""
    return column in row and pd.notna(row[column])
