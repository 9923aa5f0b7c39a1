"""``briefing``: a briefing of the whole province, of one unit or of every unit, as files.

Not here: what a briefing is made of (``basis``) and says (``reading.briefing``), how all units are
gone through (``each``), or the files (``outputs.briefing``).
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from geodata.commands import place
from geodata.commands.basis import basis_of
from geodata.commands.common import CANCELLED, DONE, add_question, add_sectors, iso_day
from geodata.commands.each import write_each
from geodata.commands.question import question_of
from geodata.core import progress
from geodata.core.errors import WrongCallError
from geodata.core.text import _, day, number
from geodata.outputs.briefing import files
from geodata.people.letterhead import Letterhead
from geodata.reading.briefing import Briefing
from geodata.reading.view import AXES, VINTAGES, View, statuses
from geodata.register.sites import KINDS
from geodata.stewardship import history

_TEMPLATES = {".docx": "report", ".pptx": "slides"}


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument(
        "path",
        type=Path,
        metavar="OUT.(pdf|pptx|docx|xlsx)",
        help=_("the file to write; its ending says which kind. With --each: a folder"),
    )
    parser.add_argument(
        "--each", choices=["unit"], help=_("a briefing of every unit, into a folder")
    )
    parser.add_argument(
        "--files",
        metavar="pdf,pptx,…",
        help=_("with --each, which kinds of files; pdf by default"),
    )
    parser.add_argument("--paper", choices=files.PAPERS, help=_("of a PDF; a4 by default"))
    parser.add_argument("--unit", metavar="CODE", help=_("only this unit"))
    parser.add_argument("--compare", type=iso_day, metavar="YYYY-MM-DD", help=_("beside this day"))
    _add_view(parser)
    parser.add_argument(
        "--template",
        type=Path,
        metavar="FILE.(docx|pptx)",
        help=_("the office's own template of the report or the slides"),
    )
    parser.add_argument("--given", action="store_true", help=_("note that it was given"))
    add_question(parser)
    add_sectors(parser)


def _add_view(parser: argparse.ArgumentParser) -> None:
    """Add what a view is narrowed to, as its address says it."""
    parser.add_argument("--axis", choices=list(AXES), default="outreach", help=_("which question"))
    parser.add_argument("--kinds", metavar="KIND,…", help=_("only these kinds of sites"))
    parser.add_argument("--statuses", metavar="STATUS,…", help=_("only sites that stand so"))
    parser.add_argument(
        "--vintage", choices=VINTAGES, default="date", help=_("units of which time; else the day's")
    )


def run(options: argparse.Namespace) -> int:
    """Write a briefing of the whole province or of one unit, or one of every unit."""
    question = question_of(options)
    if options.compare and options.compare >= question.as_of:
        raise WrongCallError(
            _("The day to compare with must lie before {as_of}.").format(as_of=day(question.as_of))
        )
    view = View(
        question.as_of,
        known_at=question.named_known_at,
        workspace=place.workspace(options),
        axis=options.axis,
        kinds=_listed(options.kinds, KINDS, "--kinds"),
        statuses=_listed(options.statuses, statuses(options.axis), "--statuses"),
        unit=options.unit,
        vintage=options.vintage,
        plan=question.plan.year,
        compare=options.compare,
    )
    kinds = _kinds(options)
    basis = basis_of(options, question, view, _letterhead(options, kinds))
    given: list[View] = []
    try:
        if options.each:
            write_each(basis, view, kinds, options.path, given.append)
        else:
            _write(basis.briefing(view), options.path, kinds[0])
            given.append(view)
    except KeyboardInterrupt:
        sentence = _("Cancelled; the files of {n} units are there, none is half-written.")
        done = sentence.format(n=number(len(given)))
        print(done if options.each else _("Cancelled; no file was written."), file=sys.stderr)
        return CANCELLED
    finally:
        _remember(given if options.given else [])
    return DONE


def _write(made: Briefing, path: Path, kind: str) -> None:
    """Write one briefing, tell of its steps, and name the file."""
    with progress.line(sys.stderr) as listener:
        files.write(made, path, kind, listener=listener)
    print(path)


def _remember(given: Sequence[View]) -> None:
    """Note in the journal which briefings were given."""
    for view in given:
        store, who = place.open_store(), place.operator()
        store.remember(view.workspace, history.noted(view), who=who)


def _kinds(options: argparse.Namespace) -> tuple[str, ...]:
    """Return the kinds of files a call asks for: by the path's ending, or by --files for many."""
    if not options.each:
        if options.files:
            raise WrongCallError(
                _("--files is for --each; a single file is what its name ends in.")
            )
        return (files.kind_of(options.path, options.paper),)
    if options.unit:
        raise WrongCallError(_("--each makes the briefings of all units; leave out --unit."))
    endings = tuple(dict.fromkeys(map(files.ending, files.KINDS)))
    chosen = _listed(options.files or "pdf", endings, "--files")
    if options.paper and "pdf" not in chosen:
        files.kind_of(Path(f"{options.path}.{chosen[0]}"), options.paper)
    return tuple(
        files.PAPERS[options.paper] if options.paper and kind == "pdf" else kind for kind in chosen
    )


def _listed(text: str | None, known: Sequence[str], option: str) -> tuple[str, ...]:
    """Return the words of a list, each of which has to be known."""
    given = tuple(filter(None, (text or "").split(",")))
    if strange := [word for word in given if word not in known]:
        raise WrongCallError(
            _("{option} does not know “{word}”; choose from: {known}.").format(
                option=option, word=strange[0], known=", ".join(known)
            )
        )
    return given


def _letterhead(options: argparse.Namespace, kinds: Sequence[str]) -> Letterhead:
    """Return who issues a file, with the template that the call names."""
    letterhead = place.configuration().letterhead
    if options.template:
        ending = options.template.suffix.lower()
        if ending not in _TEMPLATES or ending.removeprefix(".") not in kinds:
            sentence = _(
                "A template is for slides (.pptx) or a report (.docx), each by its own kind."
            )
            raise WrongCallError(sentence)
        letterhead = replace(letterhead, **{_TEMPLATES[ending]: options.template})
    return letterhead
