"""The form of a record of evidence, new or in place of others: of one site or unit, or an event's.

Not here: what the answers mean (``stewardship.records``, ``stewardship.events``), which sites took
part (``site_picker``), or the list of records (``record_list``).
"""

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd
import streamlit as st

from geodata.core.errors import ModelError
from geodata.core.text import _, day, number
from geodata.reading.labels import grade_text
from geodata.reading.view import View
from geodata.register import evidence as ev
from geodata.register import topics, vocabulary
from geodata.rules import countable
from geodata.rules.plan import shipped
from geodata.stewardship import events, records, wording
from geodata.stewardship.answers import Edited, Known
from geodata.store import Change, Snapshot
from pages.parts.shared.words import plain
from pages.parts.steward import attaching, before_saving, desk, drafts, site_picker
from pages.parts.steward.drafts import Draft

HEADS = vocabulary.HEADERS["evidence"]
GRADES = ("A", "B", "C", "D")
REQUIRED = ("axis", "kind", "grade")
CHECKS = ("check", "self_declared")  # what is answered criterion by criterion
MANY = "many"  # in place of a subject: an event at several sites
_NAMED = 4  # values named in a sentence


class Aim(NamedTuple):
    """What the form is for: its title and the name of its draft, the subject, and what it mends."""

    title: str
    name: str
    subject: str
    old: pd.DataFrame | None = None


def new(subject: str) -> Aim:
    """Return the aim of entering something new."""
    title = _("New event at several sites") if subject == MANY else _("New evidence")
    return Aim(title, f"new_{subject}", subject)


def in_place_of(record: pd.DataFrame) -> Aim:
    """Return the aim of superseding one record, given as a frame of one row."""
    key, subject = str(record["id"].iloc[0]), str(record["subject"].iloc[0])
    title = _("In place of {record}").format(record=plain(key))
    return Aim(title, f"supersede_{key}", subject, record)


def of_event(event: str, old: pd.DataFrame) -> Aim:
    """Return the aim of correcting all records of an event as one."""
    title = _("Correct event {event} at all its sites").format(event=plain(event))
    return Aim(title, f"event_{event}", MANY, old)


def render(now: Snapshot, known: Known, view: View, aim: Aim) -> bool:
    """Show the form for an aim; return whether something was saved."""
    st.subheader(aim.title, anchor=False)
    at_sites = aim.subject == MANY or aim.subject in known.sites.index
    draft = drafts.opened(f"{now.workspace}_{aim.name}", _start(aim, at_sites), now)
    drafts.restored(draft)
    _settle(draft)
    if at_sites:
        edited = events.edited(draft.answers, known, aim.old)
    else:
        edited = _edited_alone(draft, aim, known)
    if aim.subject == MANY:
        site_picker.render(draft, edited, known, view)
    _event(draft, edited, known)
    if aim.old is not None and len(aim.old) > 1:
        _differing(aim.old)
    if aim.subject in known.sites.index:
        with st.expander(_("The same event at other sites"), expanded=_several(draft)):
            site_picker.render(draft, edited, known, view)
    if draft.answers.get("axis") == "compliance" and draft.answers.get("kind") in CHECKS:
        _criteria(draft, edited, known)
    _proof(draft, edited)
    attaching.render(draft)
    settled = before_saving.render(draft, edited, known)
    if not drafts.saving(draft):
        return False
    if edited.frame is not None and not settled:
        drafts.unanswered()
        return False
    return save(draft, edited, now, _what(aim, edited))


def _start(aim: Aim, at_sites: bool) -> dict[str, str]:
    """Return the answers that a form begins with."""
    if aim.old is not None:
        return events.typed(aim.old) if at_sites else records.typed(aim.old.iloc[0])
    usual = {"axis": "outreach", "kind": "held", "scope": "site"}
    if aim.subject == MANY:
        return usual | {"scope": "group", events.SUBJECTS: ""}
    return usual | {events.SUBJECTS if at_sites else "subject": aim.subject}


def _edited_alone(draft: Draft, aim: Aim, known: Known) -> Edited:
    """Return the record of a district or the province."""
    if aim.old is None:
        return records.new_evidence(draft.answers, known)
    return records.superseding(aim.old.iloc[0], draft.answers, known)


def _several(draft: Draft) -> bool:
    return len(events.sites_of(draft.answers)) != 1


def _what(aim: Aim, edited: Edited) -> str:
    """Return what is saved, for the journal."""
    names = [] if edited.frame is None else edited.frame["event"].dropna().unique().tolist()
    if aim.old is not None and len(aim.old) == 1:
        return _("evidence in place of {record}").format(record=aim.old["id"].iloc[0])
    if names and edited.frame is not None:
        count = edited.frame["subject"].nunique()
        return _("event {event}: records of {n} sites").format(event=names[0], n=number(count))
    subject = aim.subject if edited.frame is None else edited.frame["subject"].iloc[0]
    # A site keeps its code: the form names it anyway, and the journal is looked through by code.
    return _("evidence about {subject}").format(subject=wording.subject_name(subject, {}))


def save(draft: Draft, edited: Edited, now: Snapshot, what: str) -> bool:
    """Write records and the documents of them all as one entry; return whether that was done."""
    if edited.frame is None:
        drafts.unsaved(edited.remarks)
        return False
    ids = edited.frame["id"].tolist()
    proven = edited.frame.loc[(edited.frame["kind"] != "withdraw").to_numpy(dtype=bool), "id"]
    named = ids[0] if len(ids) == 1 else f"{ids[0]}–{ids[-1]}"
    try:
        kept = {desk.documents().put(content): file for file, content in draft.files.values()}
        attached = records.attached(now.documents, kept, ";".join(proven) or ids[0])
        change = Change(evidence=edited.frame, documents=attached)
        desk.save(now, change, f"{what} ({named})")
    except ModelError as error:
        st.error(plain(error))
        return False
    drafts.discard(draft)
    return True


def _differing(old: pd.DataFrame) -> None:
    """Say in what the records of an event differ: each keeps its own unless it is changed here."""
    for column, values in events.differing(old).items():
        shown = [value or "–" for value in values[:_NAMED]] + ["…"] * (len(values) > _NAMED)
        words = "; ".join(wording.term_text(column, value) for value in shown)
        sentence = _("{column} differs between the sites ({values}) and stays so if not changed.")
        st.caption(plain(sentence.format(column=HEADS.get(column, column), values=words)))


# --- the event -----------------------------------------------------------------------------


def _event(draft: Draft, edited: Edited, known: Known) -> None:
    """Show what happened, when, and who was there."""
    kinds = records.EVENTS.get(draft.answers.get("axis", ""), ())
    first = st.columns(4)
    with first[0]:
        _choice(draft, "axis", tuple(records.EVENTS))
        drafts.remarks(draft, edited, "axis")
    with first[1]:
        _choice(draft, "kind", kinds)
        drafts.remarks(draft, edited, "kind")
    with first[2]:
        drafts.text(draft, "event_date", HEADS["event_date"], hint="dd/mm/yyyy")
        drafts.remarks(draft, edited, "event_date")
    with first[3]:
        drafts.text(draft, records.LAST_DAY, _("Last day, if several"), hint="dd/mm/yyyy")
        drafts.remarks(draft, edited, records.LAST_DAY)
    words = draft.answers.get("date_text", "")
    if words not in {"", draft.answers.get("event_date")}:
        st.caption(plain(_("Time as it was written: {text}").format(text=words)))
    if draft.answers.get("kind") == "cancelled":
        _cancelled(draft, edited, known)
    second = st.columns([2, 1, 1, 1])
    with second[0]:
        drafts.text(draft, "organiser", HEADS["organiser"])
        drafts.remarks(draft, edited, "organiser")
    with second[1]:
        _choice(draft, "scope", vocabulary.VALUES["scope"], blank=_("Not said"))
        drafts.remarks(draft, edited, "scope")
    for place, column in zip(second[2:], ("participants", "enterprises_present"), strict=True):
        with place:
            drafts.text(draft, column, HEADS[column])
            drafts.remarks(draft, edited, column)
    _topics(draft)
    drafts.remarks(draft, edited, "topic")


def _settle(draft: Draft) -> None:
    """Take the usual kind of event where another axis was chosen."""
    axis = draft.answers.get("axis", "")
    kinds = records.EVENTS.get(axis, ())
    if axis != draft.began.get("axis") and draft.answers.get("kind") not in kinds:
        draft.answers["kind"] = kinds[0] if kinds else ""


def _choice(draft: Draft, column: str, options: Sequence[str], *, blank: str | None = None) -> None:
    label = HEADS[column] + (" *" if column in REQUIRED else "")
    word = grade_text if column == "grade" else lambda v: vocabulary.label_of(column, v)
    drafts.choice(draft, column, label, options, word, blank=blank)


def _cancelled(draft: Draft, edited: Edited, known: Known) -> None:
    """Show which of the planned events of the subject, or of all the sites, was cancelled."""
    words = _planned(draft, known)
    drafts.choice(
        draft, "refers_to", _("Planned event"), list(words), lambda key: words.get(key, key)
    )
    drafts.remarks(draft, edited, "refers_to")


def _planned(draft: Draft, known: Known) -> dict[str, str]:
    """Return what the planned events are called: by record, or by event where sites share one."""
    sites = events.sites_of(draft.answers) or (draft.answers.get("subject", ""),)
    stands = ev.standing(known.evidence)
    planned = (stands["kind"] == "planned") & stands["subject"].isin(sites)
    about = stands[planned.fillna(value=False).to_numpy(dtype=bool)]
    words = {}
    for _at, record in about.iterrows():
        shared = len(sites) > 1 and pd.notna(record["event"])
        key = str(record["event"] if shared else record["id"])
        when = "–" if pd.isna(record["event_date"]) else day(record["event_date"].date())
        words[key] = f"{key} · {when}"
    return words


def _topics(draft: Draft) -> None:
    """Show the topics, those that count on the axis first; a typed one may be spelled anyhow."""
    key = f"{draft.name}_topics"
    tags = topics.read(draft.answers.get("topic", "")).parts
    st.session_state[key] = list(tags)

    def take() -> None:
        draft.answers["topic"] = topics.canonical(";".join(st.session_state[key]))

    st.multiselect(
        HEADS["topic"],
        list(dict.fromkeys([*_counted(draft), *vocabulary.VALUES["topic"], *tags])),
        key=key,
        format_func=lambda tag: vocabulary.label_of("topic", tag),
        accept_new_options=True,
        placeholder=_("Choose, or type a topic"),
        on_change=take,
    )


def _counted(draft: Draft) -> tuple[str, ...]:
    """Return the topics that count on the axis chosen."""
    axis = draft.answers.get("axis")
    if axis in countable.TAGS:
        return countable.TAGS[axis]
    return tuple(tag for plan in shipped() for tags in plan.topics.values() for tag in tags)


# --- a check -------------------------------------------------------------------------------


def _criteria(draft: Draft, edited: Edited, known: Known) -> None:
    """Show the criteria of a profile, each with its answers."""
    subject = next(iter(events.sites_of(draft.answers)), "")
    kind = known.sites["kind"].get(subject)
    every = {profile.code: profile for plan in shipped() for profile in plan.profiles}
    fitting = [code for code, profile in every.items() if kind in profile.kinds]
    left, right = st.columns([2, 1])
    with left:
        drafts.choice(
            draft,
            "profile",
            HEADS["profile"] + " *",
            fitting or list(every),
            lambda code: f"{code} – {every[code].name}" if code in every else code,
        )
        drafts.remarks(draft, edited, "profile")
    with right:
        _choice(draft, "method", vocabulary.VALUES["method"], blank=_("Not said"))
        drafts.remarks(draft, edited, "method")
    profile = every.get(draft.answers.get("profile", ""))
    if profile:
        for criterion, text in profile.criteria.items():
            _criterion(draft, criterion, text)
    drafts.remarks(draft, edited, "answers")


def _criterion(draft: Draft, criterion: str, text: str) -> None:
    """Show one criterion; the answers of all make one cell."""
    pairs = [part.partition("=") for part in draft.answers.get("answers", "").split(";") if part]
    given = {name.strip(): value.strip() for name, _equals, value in pairs}
    key = f"{draft.name}_answers_{criterion}"
    st.session_state[key] = given.get(criterion)

    def take() -> None:
        answer = st.session_state[key]
        now = {**given, criterion: answer}
        pairs = (f"{name}={value}" for name, value in now.items() if value)
        draft.answers["answers"] = ";".join(pairs)

    st.segmented_control(
        f"{criterion} – {plain(text)}",
        vocabulary.VALUES["answers"],
        format_func=lambda value: vocabulary.label_of("answers", value),
        key=key,
        on_change=take,
    )


# --- proof ---------------------------------------------------------------------------------


def _proof(draft: Draft, edited: Edited) -> None:
    """Show how well the event is proven: document, grade, source, summary."""
    first = st.columns(3)
    with first[0]:
        drafts.text(draft, "doc_no", HEADS["doc_no"])
    with first[1]:
        drafts.text(draft, "doc_date", HEADS["doc_date"], hint="dd/mm/yyyy")
        drafts.remarks(draft, edited, "doc_date")
    with first[2]:
        _choice(draft, "grade", GRADES)
        drafts.remarks(draft, edited, "grade")
    drafts.text(draft, "summary_vi", HEADS["summary_vi"], area=True)
    drafts.text(draft, "source_url", HEADS["source_url"])
