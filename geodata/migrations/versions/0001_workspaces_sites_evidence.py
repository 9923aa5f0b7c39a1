"""Workspaces, sites and evidence; evidence is append-only, held by the database itself."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

# A migration says what was, so these lists are its own and never follow those of the model.
SITE_TEXT = [
    "kind",
    "name_vi",
    "name_en",
    "lifecycle",
    "founding",
    "decision",
    "district_legacy",
    "commune_legacy",
    "commune_2025",
    "sectors",
    "operator",
    "details",
    "source",
    "source_note",
    "confidence",
    "public",
]
SITE_DAYS = ["decision_date", "valid_from", "valid_to"]
SITE_NUMBERS = ["lat", "lon", "position_accuracy_m", "area_ha", "year", "enterprises"]
EVIDENCE_TEXT = [
    "subject",
    "axis",
    "kind",
    "grade",
    "scope",
    "topic",
    "profile",
    "answers",
    "method",
    "supersedes",
    "refers_to",
    "organiser",
    "participants",
    "enterprises_present",
    "doc_no",
    "date_text",
    "summary_vi",
    "summary_en",
    "source_url",
]
EVIDENCE_DAYS = ["event_date", "recorded_at", "doc_date"]

# A replaced row fires no DELETE trigger in SQLite, hence the third one.
TRIGGERS = {
    "evidence_never_changes": "BEFORE UPDATE ON evidence",
    "evidence_never_goes": "BEFORE DELETE ON evidence WHEN OLD.workspace <> 'simulated'",
    "evidence_never_replaced": (
        "BEFORE INSERT ON evidence WHEN NEW.workspace <> 'simulated' AND EXISTS"
        " (SELECT 1 FROM evidence WHERE workspace = NEW.workspace"
        " AND (id = NEW.id OR entry = NEW.entry))"
    ),
}


def upgrade() -> None:
    op.create_table(
        "workspace",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("description", sa.Text, nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False, server_default=sa.func.now()),
        sa.Column("changed_at", sa.DateTime, nullable=False, server_default=sa.func.now()),
    )
    op.create_table(
        "site",
        *key(),
        *(sa.Column(name, sa.Text) for name in SITE_TEXT),
        *(sa.Column(name, sa.Date) for name in SITE_DAYS),
        *(sa.Column(name, sa.Double) for name in SITE_NUMBERS),
    )
    op.create_table(
        "evidence",
        *key(),
        *(sa.Column(name, sa.Text) for name in EVIDENCE_TEXT),
        *(sa.Column(name, sa.Date) for name in EVIDENCE_DAYS),
    )
    if op.get_bind().dialect.name == "sqlite":
        for name, occasion in TRIGGERS.items():
            op.execute(
                f"CREATE TRIGGER {name} {occasion}"
                " BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END"
            )


def key() -> list[sa.Column | sa.UniqueConstraint]:
    """Return what names a row; the key keeps the order of entry, in which all is read."""
    return [
        sa.Column("workspace", sa.Text, sa.ForeignKey("workspace.name"), primary_key=True),
        sa.Column("entry", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.UniqueConstraint("workspace", "id"),
    ]
