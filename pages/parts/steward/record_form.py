"""The form of one record of evidence, new or in place of another, with its documents.

Not here: what the answers mean (``stewardship.records``), or their list (``evidence_form``).
"""

import hashlib
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from geodata.core.errors import DataError, ModelError
from geodata.core.text import _, day
from geodata.intake.attachments import Attachment, check
from geodata.reading.labels import grade_text
from geodata.register import topics, vocabulary
from geodata.rules import countable
from geodata.rules.plan import shipped
from geodata.stewardship import records
from geodata.stewardship.answers import Edited, Known, answers_of
from geodata.store import Change, Snapshot
from pages.parts.shared.words import plain
from pages.parts.steward import desk, drafts
from pages.parts.steward.drafts import Draft

HEADS = vocabulary.HEADERS["evidence"]
GRADES = ("A", "B", "C", "D")
REQUIRED = ("axis", "kind", "grade")
CHECKS = ("check", "self_declared")  # what is answered criterion by criterion
FILES_AT_ONCE = 5


def render(now: Snapshot, known: Known, subject: str, old: pd.Series | None) -> bool:
    """Show the form of a record about a subject; return whether one was saved."""
    if old is None:
        title, key = _("New evidence"), f"new_{subject}"
        start = {"subject": subject, "axis": "outreach", "kind": "held", "scope": "site"}
    else:
        title = _("In place of {record}").format(record=plain(old["id"]))
        key, start = f"supersede_{old['id']}", answers_of(old, records.ANSWERS)
    st.subheader(title, anchor=False)
    draft = drafts.opened(f"{now.workspace}_{key}", start, now.revision)
    _settle(draft)
    if old is None:
        edited = records.new_evidence(draft.answers, known)
    else:
        edited = records.superseding(old, draft.answers, known)
    _event(draft, edited, known)
    if draft.answers.get("axis") == "compliance" and draft.answers.get("kind") in CHECKS:
        _criteria(draft, edited, known, subject)
    _proof(draft, edited)
    _files(draft)
    if not drafts.saving(draft):
        return False
    what = _("evidence about {subject}").format(subject=subject)
    if old is not None:
        what = _("evidence in place of {record}").format(record=old["id"])
    return save(draft, edited, now, what)


def save(draft: Draft, edited: Edited, now: Snapshot, what: str) -> bool:
    """Write a record and its documents; return whether that was done."""
    if edited.frame is None:
        drafts.unsaved(edited.remarks)
        return False
    key = str(edited.frame["id"].iloc[0])
    try:
        kept = {desk.documents().put(content): file for file, content in draft.files.values()}
        attached = records.attached(now.documents, kept, key)
        change = Change(evidence=edited.frame, documents=attached)
        desk.save(now.workspace, change, f"{what} ({key})")
    except ModelError as error:
        st.error(plain(error))
        return False
    drafts.discard(draft)
    return True


# --- the event -----------------------------------------------------------------------------


def _event(draft: Draft, edited: Edited, known: Known) -> None:
    """Show what happened, when, and who was there."""
    kinds = records.EVENTS.get(draft.answers.get("axis", ""), ())
    first = st.columns(3)
    with first[0]:
        _choice(draft, "axis", tuple(records.EVENTS))
        drafts.remarks(draft, edited, "axis")
    with first[1]:
        _choice(draft, "kind", kinds)
        drafts.remarks(draft, edited, "kind")
    with first[2]:
        drafts.text(draft, "event_date", HEADS["event_date"], hint="dd/mm/yyyy")
        drafts.remarks(draft, edited, "event_date")
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
    """Show which of the planned events of the subject was cancelled."""
    about = known.evidence[
        (known.evidence["subject"] == draft.answers.get("subject")).fillna(value=False)
        & (known.evidence["kind"] == "planned")
    ].set_index("id")
    days = about["event_date"].map(lambda d: "–" if pd.isna(d) else day(d.date()))
    words = {key: f"{key} · {days[key]}" for key in about.index}
    drafts.choice(
        draft, "refers_to", _("Planned event"), list(words), lambda key: words.get(key, key)
    )
    drafts.remarks(draft, edited, "refers_to")


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


def _criteria(draft: Draft, edited: Edited, known: Known, subject: str) -> None:
    """Show the criteria of a profile, each with its answers."""
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


def _files(draft: Draft) -> None:
    """Show the documents to attach; each is looked at as soon as it is here."""
    key = f"{draft.name}_files_{draft.turn}"
    st.file_uploader(
        _("Attach documents (PDF, PNG, JPEG; up to 20 MB each)"),
        accept_multiple_files=True,
        key=key,
        on_change=_take_files,
        args=(draft, key),
    )
    for refused in draft.refused:
        st.markdown(drafts.WRONG.format(plain(refused)))
    for digest, (file, _content) in list(draft.files.items()):
        left, right = st.columns([4, 1])
        left.markdown(f":material/attach_file: {plain(desk.file_text(file.name, file.size))}")
        right.button(
            _("Remove"), key=f"{draft.name}_drop_{digest}", on_click=_drop, args=(draft, digest)
        )


def _drop(draft: Draft, digest: str) -> None:
    draft.files.pop(digest)


def _take_files(draft: Draft, key: str) -> None:
    """Take uploaded files over into the draft, where a rerun cannot lose them."""
    draft.refused = []
    for upload in st.session_state[key] or []:
        content = upload.getvalue()
        try:
            file: Attachment = check(content, upload.name)
        except DataError as error:
            draft.refused.append(str(error))
            continue
        if len(draft.files) >= FILES_AT_ONCE:
            sentence = _("At most {n} documents belong to one record; join some into one PDF.")
            draft.refused.append(sentence.format(n=FILES_AT_ONCE))
            break
        draft.files[hashlib.sha256(content).hexdigest()] = (file, content)
    draft.turn += 1
