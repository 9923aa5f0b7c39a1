"""What is said and asked before records are saved: what they would do, and whether they are new.

Not here: what follows from a record (``stewardship.effects``), or what repeats another one
(``stewardship.repeating``).
"""

import streamlit as st

from geodata.core.text import _
from geodata.register import vocabulary
from geodata.rules.plan import shipped
from geodata.stewardship import effects, events, repeating
from geodata.stewardship.answers import REQUIRED, Edited, Known
from geodata.stewardship.repeating import Repeated
from pages.parts.shared.words import plain
from pages.parts.steward import drafts
from pages.parts.steward.drafts import Draft

HEADS = vocabulary.HEADERS["evidence"]


def render(draft: Draft, edited: Edited, known: Known) -> bool:
    """Show what saving would do; return whether no question is left open."""
    if edited.frame is None:
        missing = [one.column for one in edited.remarks if one.rule == REQUIRED]
        words = {events.SUBJECTS: _("Sites that took part"), **HEADS}
        if missing and draft.touched:
            listed = ", ".join(words.get(column, column) for column in dict.fromkeys(missing))
            sentence = _("What this record will count for is said once these are filled in: {what}")
            st.caption(plain(sentence.format(what=listed)))
        return False
    lines = effects.sentences(known, edited.frame, shipped())
    st.info("  \n".join(plain(line) for line in lines), icon=":material/rule:")
    repeated = repeating.events(edited.frame, known)
    return not repeated or _not_twice(draft, repeated)


def _not_twice(draft: Draft, repeated: tuple[Repeated, ...]) -> bool:
    """Ask whether what there is already is the same; return whether that is answered."""
    many = len(events.sites_of(draft.answers)) > 1
    same = _("The same: do not save this record")
    if many:
        same = _("The same: take these {n} sites out").format(n=len(repeated))
    out = {one.subject for one in repeated} if many else set()
    other = _("Two different events: save both")
    return _asked(draft, repeated, repeating.question(repeated, many=many), (same, other), out)


def new_site(draft: Draft, edited: Edited, known: Known) -> bool:
    """Ask of a new site whether it is one of the register; return whether no question is open."""
    if edited.frame is None:
        return True
    repeated = repeating.sites(edited.frame, known)
    question = repeating.site_question(repeated, known)
    same, other = _("The same: do not save this site"), _("Two different sites: save both")
    return _asked(draft, repeated, question, (same, other), set())


def _asked(
    draft: Draft,
    repeated: tuple[Repeated, ...],
    question: str,
    labels: tuple[str, str],
    out: set[str],
) -> bool:
    """Show a question with two answers; the first gives the draft up, or takes some sites out."""
    seen = repeating.spelled(repeated)
    if not repeated or draft.answers.get(repeating.ANSWER) == seen:
        return True
    st.warning(plain(question), icon=":material/help:")
    same, other = st.columns(2)
    same.button(
        labels[0], key=f"{draft.name}_same", width="stretch", on_click=_leave, args=(draft, out)
    )
    other.button(
        labels[1],
        key=f"{draft.name}_other",
        width="stretch",
        on_click=draft.answers.update,
        args=({repeating.ANSWER: seen},),
    )
    return False


def _leave(draft: Draft, out: set[str]) -> None:
    """Give the draft up, or take the sites out that have the event already."""
    kept = [site for site in events.sites_of(draft.answers) if site not in out]
    if not out or not kept:
        drafts.discard(draft)
        return
    draft.answers[events.SUBJECTS] = ";".join(kept)
