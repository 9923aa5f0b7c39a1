"""What a site was before: dated statements of its lifecycle beside its row."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    # Old rows stay as they were sealed: what is missing is no part of a seal.
    op.add_column("site", sa.Column("history", sa.Text))
    if op.get_bind().dialect.name == "postgresql":
        # Replaced, not made anew: who may read it still may. The new column stands last in both.
        op.execute(
            "CREATE OR REPLACE VIEW site_published AS SELECT * FROM"
            " (SELECT DISTINCT ON (s.workspace, s.id) s.*"
            " FROM site s JOIN workspace w ON w.name = s.workspace AND s.entry <= w.published"
            " ORDER BY s.workspace, s.id, s.entry DESC) last WHERE NOT removed"
        )
