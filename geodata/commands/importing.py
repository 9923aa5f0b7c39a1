"""``import``: a file into the store, all of it or nothing, as a draft.

Not here: the diagnosis (``intake.judging``), or what becomes of it (``stewardship.entering``).
"""

import argparse

from geodata.commands import place
from geodata.commands.common import DONE
from geodata.commands.diagnosed import add_file, diagnosed, tell, tell_reading
from geodata.core.errors import DataError
from geodata.core.text import _
from geodata.people.access import Person, require_other
from geodata.stewardship import entering
from geodata.store import Store
from geodata.store.headings import Headings
from geodata.store.refusals import unpublishable, waiting


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("--publish", action="store_true", help=_("review and publish it at once"))
    parser.add_argument("--note", default="", help=_("a remark for the journal"))
    add_file(parser)


def _refuse_unpublishable(store: Store, workspace: str, who: Person) -> None:
    """Refuse before anything is saved what could not be published afterwards."""
    require_other(who, who.email)
    if left := waiting(store.journal(workspace)):
        raise unpublishable(left)


def run(options: argparse.Namespace) -> int:
    """Take a file into the store, all or nothing."""
    store, workspace = place.open_store(), place.workspace(options)
    before = store.load(workspace)
    sheets, diagnosis = diagnosed(options, before, Headings(store, workspace).ways())
    if not diagnosis.ok:
        tell(options, sheets, diagnosis)
        raise DataError(_("Nothing was saved; correct the file and try again."))
    tell_reading(sheets, diagnosis)
    if options.blank_clears and (blanks := entering.blanks_text(diagnosis, clears=True)):
        print(blanks)
    change = entering.change_of(diagnosis)
    if change is None:
        print(_("The file changes nothing."))
        return DONE
    who = place.operator()
    if options.publish:
        _refuse_unpublishable(store, workspace, who)
    entry = store.write(
        workspace,
        change,
        who=who,
        origin=options.path.name,
        action="import",
        note=options.note,
        based_on=before.revision,
        seen=before.seal,
    )
    counts = entering.counted(diagnosis)
    print(_("Saved as entry {entry}, a draft: {counts}.").format(entry=entry, counts=counts))
    if options.publish:
        store.review(workspace, entry, who=who)
        store.publish(workspace, who=who)
        print(_("Reviewed and published."))
    return DONE
