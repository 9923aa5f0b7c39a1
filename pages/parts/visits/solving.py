"""The solver at work beside the screen: a thread a question, looked at now and then.

Small questions are answered before the screen is drawn; larger ones show what was found so far
and can be stopped. Not here: the mathematics (``geodata.planning.visits``).
"""

import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import TypeVar

import streamlit as st

from geodata.core.errors import DataError
from geodata.core.text import _, language, number, speaking
from geodata.planning import covering, reasons, visits
from geodata.planning.scenario import Prepared, towards
from pages.parts.shared.words import plain, without_folders
from pages.parts.visits.data import Asked

WAIT = 1.5  # seconds within which an answer comes before the screen does
KEPT = 6  # answers a session keeps
MORE = 5  # venues beyond those asked for that the curve goes on for
QUICK = (1.0, 3.0)  # seconds for each point of the curve
JOBS = "visits_jobs"
_Step = TypeVar("_Step")
_turns = threading.BoundedSemaphore(2)  # however many readers ask, so many solvers run


class Job:
    """One question and what is known of its answer so far."""

    def __init__(self, ready: Prepared, about: Asked) -> None:
        self.ready, self.about, self.spoken = ready, about, language()
        self.choice: visits.Solution | None = None
        self.smallest = ""
        self.curve: list[tuple[int, visits.Solution]] = []
        self.error = ""
        self.began = time.monotonic()
        self.stopped, self._ended = threading.Event(), threading.Event()
        threading.Thread(target=self._speak, daemon=True).start()

    @property
    def done(self) -> bool:
        """Whether nothing more will come."""
        return self._ended.is_set() or self.stopped.is_set()

    @property
    def news(self) -> tuple[object, ...]:
        """Something that changes whenever more is known."""
        return self.choice, self.smallest, len(self.curve), self.done

    def wait(self, seconds: float) -> None:
        """Wait for the end, but no longer than this."""
        self._ended.wait(seconds)

    def _speak(self) -> None:
        """Work in the language of who asked: a thread begins anew."""
        with speaking(self.spoken):
            self._run()

    def _run(self) -> None:
        try:
            problem, count = self.ready.problem, self.ready.scenario.count
            for choice in self._steps(visits.improving(problem, count)):
                self.choice = choice
            for sentence in self._steps(self._fewest()):
                self.smallest = sentence
            for point in self._steps(visits.growing(problem, count + MORE, QUICK)):
                self.curve.append(point)
        except DataError as error:
            self.error = without_folders(error)
        finally:
            self._ended.set()

    def _fewest(self) -> Iterator[str]:
        """Give the sentence about the smallest number of venues that meets the target."""
        needed = self.about.needed
        problem = towards(self.ready, self.about.counted)
        most = covering.reachable(problem)
        enough = 0 < needed <= most
        fewest = visits.least(problem, needed, visits.PATIENCE[2]) if enough else None
        yield reasons.of_smallest(needed, fewest, most)

    def _steps(self, steps: Iterator[_Step]) -> Iterator[_Step]:
        """Give one step after another, each in its turn, until stopped."""
        while not self.stopped.is_set():
            with _turns:
                step = next(steps, None)
            if step is None:
                return
            yield step


def job(ready: Prepared, about: Asked) -> Job:
    """Return the job of a question, begun if it is new."""
    jobs: dict[object, Job] = st.session_state.setdefault(JOBS, {})
    key = (about.key, replace(ready.scenario, name=""), language())
    at_hand = jobs.pop(key, None) or Job(ready, about)
    jobs[key] = at_hand
    while len(jobs) > KEPT:
        jobs.pop(next(iter(jobs))).stopped.set()
    at_hand.wait(WAIT)
    return at_hand


def leave(*used: Job | None) -> None:
    """Stop the jobs that nobody looks at any more; what is answered stays known."""
    jobs: dict[object, Job] = st.session_state.get(JOBS, {})
    for key, one in list(jobs.items()):
        if one not in used and not one.done:
            one.stopped.set()
            del jobs[key]


def progress(at_work: Job) -> None:
    """Show how far a job is, with a button that stops it, until it is done."""
    if at_work.done:
        return
    seen = at_work.news

    @st.fragment(run_every=1.0)
    def watch() -> None:
        if at_work.news != seen:
            st.rerun()
        with st.container(horizontal=True, vertical_alignment="center"):
            sentence = _("Still looking for a better choice …")
            if at_work.choice and at_work.choice.proven:
                sentence = _("The curve is still being computed …")
            elif at_work.choice:
                sentence += " " + reasons.of_proof(at_work.ready, at_work.choice)
            words = _("{n} s so far")
            seconds = words.format(n=number(round(time.monotonic() - at_work.began)))
            with st.container(key="visits_work", width="content"):
                st.markdown(f":material/progress_activity: {plain(sentence)} {seconds}")
            if st.button(_("Stop; take the best found"), key="visits_stop"):
                at_work.stopped.set()
                st.rerun()

    watch()
