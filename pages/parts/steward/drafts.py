"""Drafts: what somebody has typed and not saved, kept until it is saved or given up.

The draft is the truth: a widget shows an answer of it and changes it, so that neither a rerun nor
another screen loses anything. Not here: what the answers mean.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import streamlit as st

from geodata.core.text import _
from geodata.intake.attachments import Attachment
from geodata.intake.judging.cells import Level, Remark
from geodata.stewardship.answers import REQUIRED, Edited
from pages.parts.shared.words import plain

DRAFTS, SAVING = "drafts", "saving"


@dataclass
class Draft:
    """Answers by column, those it began with, and the entry of the journal it was made from."""

    name: str
    answers: dict[str, str]
    based_on: int
    began: dict[str, str] = field(default_factory=dict)
    files: dict[str, tuple[Attachment, bytes]] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    tried: bool = False  # whether saving was tried: from then on what is missing is said
    turn: int = 0

    @property
    def touched(self) -> bool:
        """Whether there is anything to lose."""
        return self.tried or bool(self.files or self.refused) or self.answers != self.began


def opened(name: str, start: dict[str, str], based_on: int) -> Draft:
    """Return the draft of a name, begun with some answers if there is none yet."""
    every: dict[str, Draft] = st.session_state.setdefault(DRAFTS, {})
    if name not in every or not every[name].touched:
        every[name] = Draft(name, dict(start), based_on, dict(start))
    return every[name]


def discard(draft: Draft) -> None:
    """Give a draft up."""
    st.session_state.get(DRAFTS, {}).pop(draft.name, None)


def rebase(draft: Draft, now: dict[str, str], revision: int) -> None:
    """Carry a draft over to a newer state: what its author did not touch follows that state."""
    mine = {c: text for c, text in draft.answers.items() if text != draft.began.get(c, "")}
    draft.answers, draft.began, draft.based_on = now | mine, dict(now), revision


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
    if draft.touched:
        st.caption(_("There are changes that are not saved yet."))
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
