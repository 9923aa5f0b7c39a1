"""The status rules once more, naively: one site at a time, plain Python, no frames, no TOML.

Written from the tables of domain.md §3 and §4 only, to be compared with ``geodata.rules.status``.
Sites and records are dicts of text; dates are ``date``; what is blank is None.
"""

from datetime import date, timedelta

WINDOWS = {year: (date(year, 1, 1), date(year, 12, 31)) for year in (2024, 2025)}
DECISION_889 = date(2021, 1, 1)
FRESH = timedelta(days=365)
RETAIL = ("supermarket", "shopping_centre")
PROFILES = (
    ("P45", date(2024, 1, 1), date(2025, 12, 31), RETAIL, ("R1", "R2")),
    ("ND08-64", date(2026, 1, 1), date(2030, 12, 31), RETAIL, ("R3", "R4")),
    ("CV56", date(2022, 1, 1), date.max, ("craft_village",), ("K1", "K2", "K3", "K4", "K5", "K6")),
)
NEEDS_DECISION = ("industrial_park", "industrial_cluster", "craft_village")
WORST_FIRST = ("non-compliant", "partial", "incomplete", "compliant", "not-applicable")
FURTHEST_FIRST = ("replicated", "accepted", "applied", "building", "proposed")


def known_at(records, k):
    """What the office had entered by the end of day k."""
    return [r for r in records if r["recorded_at"] <= k]


def live(known):
    """L: of what is known, grade A-C, dated, not withdrawn or superseded."""
    dead = {r["supersedes"] for r in known}
    dead |= {r["refers_to"] for r in known if r["kind"] == "withdraw"}
    return [r for r in known if r["event_date"] and r["grade"] in "ABC" and r["id"] not in dead]


def lifecycle(site, day):
    if site["valid_from"] and day < site["valid_from"]:  # not of what had stopped by then
        began = site["lifecycle"] in ("planned", "established", "operating")
        return "planned" if began else "unknown"
    if site["valid_to"] and day > site["valid_to"]:
        return "closed"
    return site["lifecycle"]


def founded(site, day):
    """Is there a decision by that day: yes, no or unknown; kinds that need none have one."""
    if site["kind"] not in NEEDS_DECISION:
        return "yes"
    if site["founding"] == "decided":
        return "no" if site["decision_date"] and day < site["decision_date"] else "yes"
    return {"not_decided": "no"}.get(site["founding"], "unknown")


def membership(site, day):
    """§4.1: out if one of the two says no; open if one is unknown; else in."""
    life = lifecycle(site, day)
    if life not in ("operating", "unknown") or founded(site, day) == "no":
        return "out"
    return "open" if "unknown" in (life, founded(site, day)) else "in"


def out_of_n(site, day):
    return membership(site, day) == "out"


def ids(records):
    return sorted(r["id"] for r in records)


def tags(record):
    return [tag.strip() for tag in (record["topic"] or "").split(";")]


def outreach(site, records, year, t):
    """Return the status and the ids of all records that satisfy the rule that fired."""
    start, last = WINDOWS[year]
    end = min(t, last)
    if site["kind"] == "pilot_model" or out_of_n(site, t):
        return "not-applicable", []
    alive = live(records)
    called_off = {
        r["refers_to"] for r in alive if r["kind"] == "cancelled" and r["event_date"] <= t
    }
    mine = [r for r in alive if r["subject"] == site["id"] and r["axis"] == "outreach"]
    held = [
        r
        for r in mine
        if r["kind"] == "held"
        and r["event_date"] <= end
        and r["scope"] in ("site", "group")
        and "scp" in tags(r)
    ]
    in_window = [r for r in held if r["event_date"] >= start]
    reached = [r for r in in_window if r["grade"] in "AB"]
    lapsed = [r for r in held if r["grade"] in "AB" and DECISION_889 <= r["event_date"] < start]
    intended = [
        r
        for r in mine
        if r["kind"] == "planned"
        and start <= r["event_date"] <= last
        and (r["doc_date"] or r["recorded_at"]) <= t
        and r["id"] not in called_off
    ]
    to_come = [r for r in intended if r["event_date"] >= t]
    none = [
        r
        for r in mine
        if r["kind"] == "none_confirmed" and r["grade"] in "AB" and start <= r["event_date"] <= end
    ]
    for status, fired in (
        ("reached", reached),
        ("reported", in_window),
        ("lapsed", lapsed),
        ("planned", to_come),
        ("overdue", intended),
        ("not-reached", none),
    ):
        if fired:
            return status, ids(fired)
    return "no-data", []


def profile_of(kind, t):
    for profile in PROFILES:
        _code, start, end, kinds, _criteria = profile
        if kind in kinds and start <= t <= end:
            return profile
    return None


def evaluate(answers, criteria):
    given = dict(part.split("=") for part in answers.split(";")) if answers else {}
    said = [given.get(criterion, "not_checked") for criterion in criteria]
    said = [answer for answer in said if answer != "na"]
    if not said:
        return "not-applicable"
    if "no" in said:
        return "partial" if "yes" in said or "partial" in said else "non-compliant"
    if "partial" in said:
        return "partial"
    return "incomplete" if "not_checked" in said else "compliant"


def verified(record):
    how = record["method"] in ("inspection", "document")
    return record["kind"] == "check" and record["grade"] in "AB" and how


def latest(records, criteria):
    """Return the evaluation that counts: latest day, then better grade, then worse result."""
    day = max(r["event_date"] for r in records)
    records = [r for r in records if r["event_date"] == day]
    grade = min(r["grade"] for r in records)
    records = [r for r in records if r["grade"] == grade]
    results = {r["id"]: evaluate(r["answers"], criteria) for r in records}
    worst = min(results.values(), key=WORST_FIRST.index)
    return worst, sorted(i for i, result in results.items() if result == worst)


def compliance(site, records, t):
    """Return the status, the profile's code, whether it is a mere claim, and the checks."""
    profile = profile_of(site["kind"], t)
    if profile is None:
        return "not-applicable", None, False, []
    code, start, end, _kinds, criteria = profile
    if out_of_n(site, t):
        return "not-applicable", code, False, []
    usable = [
        r
        for r in live(records)
        if r["subject"] == site["id"]
        and r["axis"] == "compliance"
        and r["kind"] in ("check", "self_declared")
        and r["profile"] == code
        and start <= r["event_date"] <= min(t, end)
    ]
    if not usable:
        return "no-data", code, False, []
    fresh = [r for r in usable if t - r["event_date"] <= FRESH]
    checks = [r for r in fresh if verified(r)]
    if checks:
        status, decided = latest(checks, criteria)
    elif fresh:
        status, decided = latest(fresh, criteria)
        status = "self-declared" if status == "compliant" else status
    else:
        _result, decided = latest(usable, criteria)
        status = "stale"
    return status, code, bool(fresh and not checks), decided


def stage(site, records, t):
    """Return the furthest stage of a pilot model, and the milestones that show it."""
    if site["kind"] != "pilot_model":
        return None, []
    shown = [
        r
        for r in live(records)
        if r["subject"] == site["id"]
        and r["axis"] == "model"
        and r["kind"] == "milestone"
        and r["event_date"] <= t
    ]
    for name in FURTHEST_FIRST:
        if any(name in tags(r) for r in shown):
            return name, ids(r for r in shown if name in tags(r))
    return "no-data", []
