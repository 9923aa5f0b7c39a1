"""A site's passport on the screen. Not here: what it says (``geodata.passport``)."""

import pandas as pd
import streamlit as st

from geodata.coordinates import to_vn2000
from geodata.intake import vocabulary
from geodata.lifecycle import Statement, sequence
from geodata.passport import Finding, Passport
from geodata.plan import Profile
from geodata.symbology import axis_label, kind_label, status_label
from geodata.text import _, day, number
from pages.parts.data import unit_names
from pages.parts.words import date_text, grade_text, plain

# On a phone the passport lies over the lower half of the screen, else it would open unseen below
# the map; it scrolls by itself.
SHEET = """<style>@media (max-width:640px){.st-key-passport{
position:fixed;left:0;right:0;bottom:0;z-index:90;max-height:52vh;overflow-y:auto;
padding:.3rem 1rem 1rem;background:#fff;border-top:3px solid #0b4f8a;
box-shadow:0 -4px 16px rgb(31 41 51/.25)}}</style>"""


def show(passport: Passport) -> None:
    """Show a passport: who it is, both statuses with rule and evidence, what did not count."""
    site = passport.site
    st.markdown(f"#### {plain(site['name_vi'])}")
    st.caption(f"{kind_label(site['kind'])} · {plain(site['id'])}")
    if site["kind"] != "pilot_model":
        st.caption(_membership(passport))
    for finding in passport.findings:
        _finding(finding, passport.profile)
    with st.expander(_("Place and register"), expanded=False):
        _register(site)
    if len(passport.others):
        with st.expander(_("Other records ({n})").format(n=len(passport.others))):
            for _id, record in passport.others.iterrows():
                _record(record)


def _finding(finding: Finding, profile: Profile | None) -> None:
    """Show one axis: status, rule, remarks, records."""
    with st.container(border=True):
        st.caption(axis_label(finding.axis))
        st.markdown(f"**{_status(finding)}**")
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
            _record(record)


def _status(finding: Finding) -> str:
    """Return a status in words; what a check found is told with the day of the check."""
    label = status_label(finding.axis, finding.status)
    if finding.axis != "compliance" or finding.records.empty:
        return label
    on = date_text(finding.records["event_date"].iloc[0])
    return _("{status} – by the record of {day}").format(status=label, day=on)


def _record(record: pd.Series) -> None:
    """Show one record: when, who, what, which document, how strong, and where it stands."""
    when = date_text(record["event_date"])
    if pd.isna(record["event_date"]) and pd.notna(record["date_text"]):
        when = plain(record["date_text"])
    parts = [
        f"**{when}** · {plain(record['organiser'])}",
        plain(record["summary_vi"]),
        _answers(record),
        _("Document: {number}").format(number=plain(record["doc_no"]))
        if _has(record, "doc_no")
        else "",
        f"{plain(record['id'])} · {grade_text(record['grade'])}",
        _("Entered {day}").format(day=date_text(record["recorded_at"])),
        f"*{record['reason']}*" if "reason" in record else "",
        _links(record["source_url"]),
    ]
    st.markdown("  \n".join(part for part in parts if part))


def _answers(record: pd.Series) -> str:
    """Return what a check found, criterion by criterion."""
    words = {
        "yes": _("yes"),
        "partial": _("in part"),
        "no": _("no"),
        "na": _("not applicable"),
        "not_checked": _("not checked"),
    }
    if not _has(record, "answers"):
        return ""
    pairs = (part.partition("=") for part in record["answers"].split(";"))
    return " · ".join(f"{plain(name)} {words[value.strip()]}" for name, _equals, value in pairs)


def _register(site: pd.Series) -> None:
    """Show what the register says of the place."""
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
        _("Lifecycle"): " → ".join(states(site)),
        _("Decision"): plain(site["decision"]),
        _("Position"): _position(site),
        _("Area"): f"{number(site['area_ha'], 2)} ha" if _has(site, "area_ha") else "",
        _("Sectors"): plain(site["sectors"]),
        _("Operator"): plain(site["operator"]),
        _("Details"): plain(site["details"]),
        _("Source"): _links(site["source"]) or _("an archived copy without an address"),
    }
    unknown = _("not known")
    st.markdown("  \n".join(f"**{label}:** {text or unknown}" for label, text in rows.items()))


def states(site: pd.Series) -> list[str]:
    """Return what the register says of when a site was what, the earliest first."""
    found = [s for s in sequence(site.to_dict()) if s.state != "unknown" or s.since]
    return [_state(statement) for statement in found] or [_("Not known")]


def _state(statement: Statement) -> str:
    """Return one statement: the state, from which day, by which decision."""
    text = plain(vocabulary.state_label(statement.state))
    if statement.since:
        text += " " + _("from {day}").format(day=day(statement.since))
    return f"{text} ({plain(statement.decision)})" if statement.decision else text


def _membership(passport: Passport) -> str:
    """Return whether a site counts for its target on the day, and what is missing to say so."""
    words = {"decision": _("its decision"), "lifecycle": _("its state")}
    if passport.membership == "open":
        sentence = _("Not known whether it belongs to the denominator: {missing} is not known.")
        return sentence.format(missing=", ".join(words[name] for name in passport.missing))
    return {
        "in": _("Belongs to the denominator."),
        "out": _("Outside the denominator on this day."),
    }[passport.membership]


def _unit(level: str, code: object) -> str:
    """Return a unit's name by level and code."""
    return "" if pd.isna(code) else plain(unit_names().get((level, str(code)), code))


def _position(site: pd.Series) -> str:
    """Return a position in both systems with its accuracy, or that there is none."""
    if not _has(site, "lat") or not _has(site, "lon"):
        return _("no position: listed beside the map")
    grid = to_vn2000(site["lon"], site["lat"])
    text = _("{lat} N, {lon} E · VN-2000 X {x}, Y {y}").format(
        lat=number(site["lat"], 5),
        lon=number(site["lon"], 5),
        x=number(float(grid.north_x)),
        y=number(float(grid.east_y)),
    )
    if _has(site, "position_accuracy_m"):
        text += _(" · accuracy ±{m} m").format(m=number(site["position_accuracy_m"]))
    return text


def _links(addresses: object) -> str:
    """Return web addresses as links; anything else in the cell stays out."""
    if pd.isna(addresses):
        return ""
    web = [word for word in str(addresses).split() if word.startswith(("https://", "http://"))]
    safe = [
        word.translate(str.maketrans({"(": "%28", ")": "%29", "<": "%3C", ">": "%3E"}))
        for word in web
    ]
    label = _("source")
    return " ".join(f"[{label} {n}](<{word}>)" for n, word in enumerate(safe, 1))


def _has(row: pd.Series, column: str) -> bool:
    """Say whether a row has something in a column that it may not even have."""
    return column in row and pd.notna(row[column])
