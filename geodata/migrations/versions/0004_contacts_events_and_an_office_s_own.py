"""Whom to call about a site, which records tell of one event, and what an office keeps for itself.

Drafts belong to a person, headings to a workspace; neither is data, so neither is sealed.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    for column in ("contact_name", "contact_phone", "contact_email"):
        op.add_column("site", sa.Column(column, sa.Text))
    op.add_column("evidence", sa.Column("event", sa.Text))
    op.create_table(
        "draft",
        sa.Column("workspace", sa.Text, primary_key=True),
        sa.Column("person", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("answers", sa.Text, nullable=False),
        sa.Column("began", sa.Text, nullable=False),
        sa.Column("based_on", sa.Integer, nullable=False),
        sa.Column("changed_at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "heading",
        sa.Column("workspace", sa.Text, primary_key=True),
        sa.Column("spelling", sa.Text, primary_key=True),
        sa.Column("kind", sa.Text, primary_key=True),
        sa.Column("header", sa.Text, nullable=False),
        sa.Column("column", sa.Text, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
    )
