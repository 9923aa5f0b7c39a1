"""Reports from the public, as the public may see them: how many wait, and what was answered.

Nothing else of them is even read here. Not here: keeping and answering them (``inbox``).
"""

from collections import defaultdict
from collections.abc import Mapping

import sqlalchemy as sa

from geodata.core.clock import local
from geodata.register.reports import ANSWERED, PublicAnswer, Reported
from geodata.store import entries

TABLE = sa.Table(
    "report",
    sa.MetaData(),
    sa.Column("workspace", sa.Text, primary_key=True),
    sa.Column("number", sa.Text, primary_key=True),
    sa.Column("site", sa.Text, nullable=False),
    sa.Column("sent", sa.DateTime, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("answer", sa.Text),
    sa.Column("answered", sa.DateTime),
    sa.Column("shown_from", sa.Integer, nullable=False),  # the entry that mends, to be published
    # What follows is the office's own, and gone in time.
    sa.Column("topic", sa.Text, nullable=False),
    sa.Column("words", sa.Text),
    sa.Column("contact", sa.Text),
    sa.Column("photo", sa.LargeBinary),
    sa.Column("digest", sa.Text, nullable=False),
    sa.Column("taken", sa.DateTime, nullable=False),
    sa.Column("who", sa.Text),
)
_OF = TABLE.c


def reported(
    connection: sa.Connection, workspace: str, site: str | None = None
) -> Mapping[str, Reported]:
    """Return what the public sees of the reports on each site, or on one.

    What is said to be mended is shown once that is published; until then it waits.
    """
    columns = (_OF.site, _OF.sent, _OF.state, _OF.answer, _OF.answered, _OF.shown_from)
    of_site = _OF.site == site if site is not None else sa.true()
    published, _content = entries.state(connection, workspace, published=True)
    query = sa.select(*columns).where(_OF.workspace == workspace, _OF.state != "dropped", of_site)
    waiting: dict[str, int] = defaultdict(int)
    answers: dict[str, list[PublicAnswer]] = defaultdict(list)
    for row in connection.execute(query.order_by(_OF.answered.desc(), _OF.sent.desc())):
        if row.state not in ANSWERED or row.shown_from > published:
            waiting[row.site] += 1
            continue
        days = local(row.sent).date(), local(row.answered).date()
        answers[row.site].append(PublicAnswer(*days, row.state == "mended", row.answer))
    return {one: Reported(waiting[one], tuple(answers[one])) for one in {*waiting, *answers}}
