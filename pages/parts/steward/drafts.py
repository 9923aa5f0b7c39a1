"""Drafts: what somebody has typed and not saved, kept until it is saved or given up.

The draft is the truth: a widget shows an answer of it and changes it, so that neither a rerun nor
another screen loses anything; the store keeps it for the next time its author signs in. Not here:
what the answers mean.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import streamlit as st

from geodata.core.clock import local
from geodata.core.errors import ModelError
from geodata.core.text import _
from geodata.intake.attachments import Attachment
from geodata.intake.judging.cells import Level, Remark
from geodata.stewardship.answers import REQUIRED, Edited
from geodata.store import Snapshot
from geodata.store.drafts import Drafts, KeptDraft
from pages.parts.shared import access
from pages.parts.shared.data import store
from pages.parts.shared.words import plain, without_folders

DRAFTS, SAVING, RECALLED = "drafts", "saving", "drafts_recalled"


@dataclass
class Draft:
    """Answers by column, those it began with, and the entry of the journal it was made from.

    `seen` is the newest seal of the journal at that time.
    """

    name: str
    answers: dict[str, str]
    based_on: int
    seen: str
    began: dict[str, str] = field(default_factory=dict)
    files: dict[str, tuple[Attachment, bytes]] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)  # on what was done to the files
    tried: bool = False  # whether saving was tried: from then on what is missing is said
    turn: int = 0
    kept: dict[str, str] | None = None  # the answers that the store has
    unkept: str = ""  # why it does not have the newest
    from_before: datetime | None = None  # when they were kept, if in another session; UTC

    @property
    def touched(self) -> bool:
        """Whether there is anything to lose."""
        return self.tried or bool(self.files or self.refused) or self.answers != self.began


def opened(name: str, start: dict[str, str], now: Snapshot) -> Draft:
    """Return the draft of a name, begun with some answers and a state if there is none yet."""
    every = _every(_workspace(name))
    if name in every and not every[name].touched:
        discard(every[name])
    return every.setdefault(name, Draft(name, dict(start), now.revision, now.seal, dict(start)))


def discard(draft: Draft) -> None:
    """Give a draft up, here and in the store."""
    st.session_state.get(DRAFTS, {}).pop(draft.name, None)
    if draft.kept is not None:
        _shelf(_workspace(draft.name)).discard(draft.name)


def listed(workspace: str) -> list[Draft]:
    """Return the drafts there are in a workspace that there is anything to lose of."""
    every = _every(workspace).values()
    return [one for one in every if _workspace(one.name) == workspace and one.touched]


# --- kept in the store ---------------------------------------------------------------------


def _workspace(name: str) -> str:
    """Return the workspace of a draft: its name begins with it."""
    return name.partition("_")[0]


def _shelf(workspace: str) -> Drafts:
    return Drafts(store(), workspace, access.required("steward"))


def _every(workspace: str) -> dict[str, Draft]:
    """Return the drafts of the session, those of earlier ones recalled once."""
    every: dict[str, Draft] = st.session_state.setdefault(DRAFTS, {})
    recalled: set[str] = st.session_state.setdefault(RECALLED, set())
    if workspace not in recalled:
        recalled.add(workspace)
        for kept in _shelf(workspace).listed():
            every.setdefault(kept.name, _recalled(kept))
    return every


def _recalled(kept: KeptDraft) -> Draft:
    answers, began = dict(kept.answers), dict(kept.began)
    draft = Draft(kept.name, answers, kept.based_on, kept.seen, began, kept=dict(answers))
    draft.from_before = kept.changed_at
    return draft


def _keep(draft: Draft) -> None:
    """Have the store keep the answers, if they are other than what it has."""
    wanted = None if draft.answers == draft.began else dict(draft.answers)
    if wanted == draft.kept:
        return
    draft.kept, draft.unkept = wanted, ""
    try:
        shelf = _shelf(_workspace(draft.name))
        if wanted is None:
            shelf.discard(draft.name)
        else:
            shelf.keep(draft.name, wanted, draft.began, draft.based_on, seen=draft.seen)
    except ModelError as error:
        draft.unkept = without_folders(error)


def restored(draft: Draft) -> None:
    """Say of what was typed in an earlier session when that was, and offer to give it up."""
    if draft.from_before is None:
        return
    sentence = _(
        "Your unfinished form of {moment}. Files to attach are not kept; attach them again."
    )
    left, right = st.columns([3, 1], vertical_alignment="center")
    left.info(sentence.format(moment=moment_text(draft.from_before)), icon=":material/history:")
    right.button(
        _("Discard this unfinished form"),
        key=f"{draft.name}_discard_kept",
        width="stretch",
        on_click=discard,
        args=(draft,),
    )


def moment_text(moment: datetime) -> str:
    """Return a moment of the store as the clocks in Việt Nam show it."""
    return f"{local(moment):%d/%m/%Y %H:%M}"


def rebase(draft: Draft, newest: dict[str, str], now: Snapshot) -> None:
    """Carry a draft over to another state: what its author did not touch follows that state."""
    mine = {c: text for c, text in draft.answers.items() if text != draft.began.get(c, "")}
    draft.answers, draft.began = newest | mine, dict(newest)
    draft.based_on, draft.seen = now.revision, now.seal
    draft.kept = {}  # what it began with is another one now


# --- widgets -------------------------------------------------------------------------------


def text(draft: Draft, column: str, label: str, *, area: bool = False, hint: str = "") -> None:
    """Show a line, or a few, to type an answer into."""
    key = _show(draft, column)
    widget = st.text_area if area else st.text_input
    widget(label, key=key, placeholder=hint or None, on_change=_take, args=(draft, column, key))


def tick(draft: Draft, column: str, label: str, *, help_: str) -> None:
    """Show a box that is answered ``yes`` when ticked, and not at all when not."""
    key = f"{draft.name}_{column}"
    st.session_state[key] = draft.answers.get(column, "") == "yes"

    def take() -> None:
        if st.session_state[key]:
            draft.answers[column] = "yes"
        else:
            draft.answers.pop(column, None)

    st.checkbox(label, key=key, help=help_, on_change=take)


def choice(
    draft: Draft,
    column: str,
    label: str,
    options: Sequence[str],
    word: Callable[[str], str],
    *,
    blank: str | None = None,
) -> None:
    """Show a list to choose one answer of; `blank` is what choosing nothing is called."""
    offered = list(options) if blank is None else ["", *options]
    answer = draft.answers.get(column, "")
    if answer not in offered:
        offered = [answer, *offered]
    key = _show(draft, column)
    unsaid = _("Choose …") if blank is None else blank
    st.selectbox(
        label,
        offered,
        key=key,
        format_func=lambda value: word(value) if value else unsaid,
        on_change=_take,
        args=(draft, column, key),
    )


def remarks(draft: Draft, edited: Edited, column: str) -> None:
    """Show what there is to say of an answer; what is missing only once saving was tried."""
    for remark in edited.of(column):
        if remark.rule == REQUIRED and not draft.tried:
            continue
        sign = ":blue[:material/info: {}]" if remark.level is Level.NOTICE else WRONG
        st.markdown(sign.format(plain(remark.message)))
        for choice_ in remark.choices:
            _answer_button(draft, column, choice_.value, choice_.label)
        if remark.suggestion and remark.level is Level.ERROR:
            _answer_button(draft, column, remark.suggestion, remark.suggestion)


WRONG = ":red[:material/error: {}]"


def saving(draft: Draft) -> bool:
    """Show the buttons that save a draft or give it up; return whether to save it now."""
    _keep(draft)
    if draft.unkept:
        st.warning(plain(draft.unkept))
    elif draft.touched:
        st.caption(
            _("Not saved yet; answers are kept as your unfinished form, files to attach are not.")
        )
    save, leave, _rest = st.columns([1, 1, 2])
    save.button(
        _("Save as a draft"),
        key=f"{draft.name}_save",
        type="primary",
        width="stretch",
        on_click=_try,
        args=(draft,),
    )
    if draft.touched:
        leave.button(
            _("Discard the changes"),
            key=f"{draft.name}_discard",
            width="stretch",
            on_click=discard,
            args=(draft,),
        )
    return bool(st.session_state.pop(SAVING, None) == draft.name)


def _try(draft: Draft) -> None:
    """Have what is missing said beside its field, which stands above the button."""
    draft.tried = True
    st.session_state[SAVING] = draft.name


def unsaved(remarks: Sequence[Remark]) -> None:
    """Say that nothing was saved, and what belongs to no single answer."""
    st.error(_("Nothing was saved; correct what is marked in red above."))
    for remark in remarks:
        if not remark.column:
            st.error(plain(remark.message))


def unanswered() -> None:
    """Say that nothing was saved, because a question is open."""
    st.error(_("Nothing was saved; answer the question above."))


def _answer_button(draft: Draft, column: str, value: str, label: str) -> None:
    st.button(
        _("Use “{value}”").format(value=plain(label)),
        key=f"{draft.name}_use_{column}_{value}",
        on_click=draft.answers.update,
        args=({column: value},),
    )


def _show(draft: Draft, column: str) -> str:
    """Have a widget show what the draft says, and return its key."""
    key = f"{draft.name}_{column}"
    st.session_state[key] = draft.answers.get(column, "")
    return key


def _take(draft: Draft, column: str, key: str) -> None:
    draft.answers[column] = st.session_state[key] or ""
