"""Who is signed in, who tries too often, and whom the identity provider means by an address.

Failures are counted by address and source: by address alone a stranger could lock people out.
None of it is data, so none is sealed; open sessions and attempts are in no backup.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    for column in ("failures", "locked_until"):
        op.drop_column("account", column)
    op.create_table(
        "attempt",
        sa.Column("address", sa.Text, primary_key=True),
        sa.Column("source", sa.Text, primary_key=True),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("until", sa.DateTime, nullable=False),
        sa.Column("last", sa.DateTime, nullable=False),
    )
    op.create_table(
        "session",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("email", sa.Text, nullable=False),
        sa.Column("stamp", sa.Text, nullable=False),
        sa.Column("began", sa.DateTime, nullable=False),
        sa.Column("seen", sa.DateTime, nullable=False),
    )
    op.create_table(
        "identity",
        sa.Column("email", sa.Text, primary_key=True),
        sa.Column("issuer", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("since", sa.DateTime, nullable=False),
    )
