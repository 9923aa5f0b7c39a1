"""Labels: what each value is called where people read it, once for screens, files and commands.

Not here: what people write for a value (``register.vocabulary``), or sentences (``findings``).
"""

from datetime import date

from geodata.core.text import _, day, number
from geodata.reading.symbology import GROUPS
from geodata.reading.view import STAGE


def kind_label(kind: str) -> str:
    """Return the official term for a kind of site."""
    return {
        "industrial_park": _("Industrial park"),
        "industrial_cluster": _("Industrial cluster"),
        "craft_village": _("Craft village"),
        "supermarket": _("Supermarket"),
        "shopping_centre": _("Shopping centre"),
        "convenience_store": _("Convenience store"),
        "pilot_model": _("Pilot model"),
    }[kind]


def entry_label(entry: str) -> str:
    """Return what an entry of the inventory says of a site."""
    return {
        "listed": _("No public evidence yet"),
        "recorded": _("Has public evidence"),
        "idle": _("Planned or not at work; no public evidence yet"),
        "idle-recorded": _("Planned or not at work; has public evidence"),
    }[entry]


def inventory_label() -> str:
    """Return what the map is called that shows what there is where."""
    return _("What is where")


def topic_label(topic: str) -> str:
    """Return what the public may say is wrong."""
    return {
        "place": _("The place on the map"),
        "name": _("The name"),
        "kind": _("The kind of site"),
        "status": _("The status, or what it rests on"),
        "closed": _("It has closed or moved"),
        "other": _("Something else"),
    }[topic]


def report_label(state: str) -> str:
    """Return where a report from the public stands."""
    return {
        "new": _("New report"),
        "looking": _("Being looked at"),
        "mended": _("Answered: mended"),
        "unmended": _("Answered: not changed"),
        "dropped": _("Put away, no report"),
    }[state]


def axis_label(axis: str) -> str:
    """Return the name of an axis, or of the stage that pilot models have instead."""
    return {
        "outreach": _("Outreach"),
        "compliance": _("Compliance"),
        "stage": _("Stage of pilot models"),
    }[axis]


def status_label(axis: str, status: str) -> str:
    """Return the official term for a status on an axis (domain rules 4.2 and 4.3)."""
    return {
        "outreach": {
            "reached": _("Reached"),
            "reported": _("Reported – awaiting verification"),
            "lapsed": _("Lapsed – reached in an earlier period"),
            "planned": _("Planned"),
            "overdue": _("Plan overdue"),
            "not-reached": _("Not reached (confirmed)"),
            "no-data": _("No data"),
            "not-applicable": _("Outside the denominator"),
        },
        "compliance": {
            "compliant": _("Meets the profile (verified)"),
            "partial": _("Partly meets the profile"),
            "non-compliant": _("Does not meet the profile"),
            "incomplete": _("Not fully checked"),
            "self-declared": _("Self-declared – awaiting verification"),
            "stale": _("Check out of date"),
            "no-data": _("No data"),
            "not-applicable": _("Not applicable"),
        },
        "stage": {
            "replicated": _("Replicated"),
            "accepted": _("Accepted"),
            "applied": _("Applied"),
            "building": _("Being built"),
            "proposed": _("Proposed"),
            "no-data": _("No data"),
        },
    }[axis][status]


def group_label(axis: str, group: str) -> str:
    """Return what a group of statuses is called; one of a single status goes by its name."""
    alone = GROUPS[axis][group]
    if len(alone) == 1:
        return status_label(axis, alone[0])
    return {
        "done": _("Applied, accepted or replicated"),  # of models alone there are several
        "under-way": _("Under way"),
        "to-do": _("To be done"),
    }[group]


def key_label(axis: str, key: str) -> str:
    """Return what a status, or a stage of a model, is called on an axis."""
    if key.startswith(STAGE):
        return status_label("stage", key.removeprefix(STAGE))
    return status_label(axis, key)


def shade_label(shade: str) -> str:
    """Return what the shade of a unit means."""
    return {
        "met": _("At least the target"),
        "near": _("From half the target"),
        "far": _("Below half the target"),
        "zero": _("None yet"),
        "no-data": _("No data of any site"),
        "no-sites": _("No sites that count"),
    }[shade]


def target_name(target_id: str) -> str:
    """Return what a target is about, in a few words."""
    return {
        "T1": _("Policies issued in time"),
        "T2": _("Less material and fuel"),
        "T3": _("Parks, clusters and craft villages reached"),
        "T4": _("Models built and applied"),
        "T5": _("Districts organising outreach"),
        "T6": _("Supermarkets and centres with friendly packaging"),
        "T7": _("The subject in teaching"),
    }[target_id]


def short_target_name(target_id: str) -> str:
    """Return a target in very few words, inside a sentence."""
    return {
        "T1": _("policies"),
        "T2": _("material and fuel"),
        "T3": _("parks, clusters, craft villages"),
        "T4": _("models"),
        "T5": _("outreach by districts"),
        "T6": _("packaging at supermarkets"),
        "T7": _("teaching"),
    }[target_id]


def verdict_label(verdict: str | None) -> str:
    """Return the official term for a verdict; a target without threshold has none."""
    if verdict is None:
        return _("No threshold")
    return {
        "met": _("Met"),
        "not-met": _("Not met"),
        "undetermined": _("Undetermined"),
        "undefined": _("Undefined"),
    }[verdict]


def note_text(note: str) -> str:
    """Return what a note on a result means."""
    return {
        "no-baseline": _("No baseline year is set; that is for the plan's owner to decide."),
        "sectors-hidden": _(
            "Sectors with fewer than three plants (plants of one owner are one), or with one of "
            "more than 80% of the output, are counted; their figures are not shown."
        ),
        "kind-below": _("Met in all, but not by each kind on its own."),
        "districts-ended": _("The district level ended on 30/06/2025; the count is frozen there."),
    }[note]


def reason_label(reason: str) -> str:
    """Return why something is outside a denominator."""
    return {
        "planned": _("Planned (master plan)"),
        "established": _("Established or recognised, not operating"),
        "suspended": _("Suspended"),
        "closed": _("Closed"),
        "unknown": _("Not known whether it operates"),
        "not-recognised": _("No decision establishes or recognises it"),
        "applied-earlier": _("Applied before this plan"),
        "no-local-action": _("Needs no local document"),
        "to-be-decided": _("Not decided yet whether it needs a local document"),
        "not-applicable": _("Not applicable"),
        "no-sectors-named": _("No data"),
    }[reason]


def sector_label(status: str) -> str:
    """Return what a sector, or one input of it, is found to be."""
    return {
        "exceeded": _("Met, beyond the range"),
        "met": _("Met"),
        "below": _("Not met"),
        "reported": _("Reported, awaiting verification"),
        "not-comparable": _("Cannot be compared"),
        "undeclared": _("Present; nothing declared"),
        "no-baseline": _("Present; no baseline year"),
    }[status]


def grade_text(grade: str) -> str:
    """Return what a grade of evidence means."""
    return {
        "A": _("A – official document or signed minutes"),
        "B": _("B – organiser's record with a second source"),
        "C": _("C – self-declared or press"),
        "D": _("D – undated or unnamed, never counted"),
    }[grade]


def workspace_label(workspace: str) -> str:
    """Return what a workspace is called."""
    return {"real": _("Real data"), "simulated": _("Simulated data")}[workspace]


def vintage_label(vintage: str) -> str:
    """Return what a vintage of units is called."""
    return {
        "date": _("As in force on the date"),
        "legacy": _("8 districts (to 30/06/2025)"),
        "2025": _("28 communes (from 01/07/2025)"),
    }[vintage]


def event_label(event: str, sites: int) -> str:
    """Return what an event of several sites is called: its id, and how many they are."""
    return _("Event {event} · {n:site|sites}").format(event=event, n=number(sites))


def when_text(on: date | None, words: str) -> str:
    """Return when something took place by the words there are, with the day unless they name it."""
    return words if on is None or day(on) in words else f"{day(on)} ({words})"
