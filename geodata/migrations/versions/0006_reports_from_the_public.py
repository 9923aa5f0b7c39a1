"""What the public says is wrong, and what the office answered.

Private but for the answer, and deleted in time: so no part of the sealed journal, which never
forgets. That an answer was given, by whom and in which words, is an entry there.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "report",
        sa.Column("workspace", sa.Text, primary_key=True),
        sa.Column("number", sa.Text, primary_key=True),
        sa.Column("site", sa.Text, nullable=False),
        sa.Column("sent", sa.DateTime, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("answer", sa.Text),
        sa.Column("answered", sa.DateTime),
        sa.Column("shown_from", sa.Integer, nullable=False),
        sa.Column("topic", sa.Text, nullable=False),
        sa.Column("words", sa.Text),
        sa.Column("contact", sa.Text),
        sa.Column("photo", sa.LargeBinary),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("taken", sa.DateTime, nullable=False),
        sa.Column("who", sa.Text),
    )
    op.create_index("report_site", "report", ["workspace", "site"])
