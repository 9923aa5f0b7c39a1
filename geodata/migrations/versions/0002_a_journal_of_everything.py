"""A sealed journal; versions of every row; declarations, documents, accounts; PostGIS points."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

# A migration says what was, so these lists are its own and never follow those of the model.
SITE_TEXT = [
    *("kind", "name_vi", "name_en", "lifecycle", "founding", "decision", "district_legacy"),
    *("commune_legacy", "commune_2025", "sectors", "operator", "details", "source"),
    *("source_note", "confidence", "public"),
]
SITE_DAYS = ["decision_date", "valid_from", "valid_to"]
SITE_NUMBERS = ["lat", "lon", "position_accuracy_m", "area_ha", "year", "enterprises"]
EVIDENCE_TEXT = [
    *("subject", "axis", "kind", "grade", "scope", "topic", "profile", "answers", "method"),
    *("supersedes", "refers_to", "organiser", "participants", "enterprises_present", "doc_no"),
    *("date_text", "summary_vi", "summary_en", "source_url"),
]
EVIDENCE_DAYS = ["event_date", "recorded_at", "doc_date"]
DECLARATION_TEXT = [
    *("plant", "sector", "input", "consumption_unit", "output_unit", "grade", "supersedes"),
    "source",
]
DECLARATION_NUMBERS = ["year", "consumption", "output"]
DOCUMENT_TEXT = ["evidence", "name", "type"]

KEPT = ("journal", "site", "evidence", "declaration", "document")
OLD_TRIGGERS = ("evidence_never_changes", "evidence_never_goes", "evidence_never_replaced")


def upgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    if sqlite:
        for name in OLD_TRIGGERS:
            op.execute(f"DROP TRIGGER {name}")
        for name in ("site", "evidence"):
            op.rename_table(name, f"{name}_0001")
    else:  # servers were not accepted before this revision, so there is nothing to move
        for name in ("site", "evidence"):
            op.drop_table(name)
    workspaces()
    tables()
    if sqlite:
        move()
        protect_sqlite()
    else:
        protect_postgresql()
        locate()


def workspaces() -> None:
    """Give each workspace the digests of its newest and its published data."""
    for column in ("content", "published_content", "seal"):
        op.add_column("workspace", sa.Column(column, sa.Text, nullable=False, server_default=""))
    op.add_column(
        "workspace", sa.Column("published", sa.Integer, nullable=False, server_default="0")
    )
    op.execute("UPDATE workspace SET published = revision")
    op.drop_column("workspace", "digest")


def tables() -> None:
    op.create_table(
        "journal",
        sa.Column("workspace", sa.Text, sa.ForeignKey("workspace.name"), primary_key=True),
        sa.Column("entry", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.DateTime, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("who", "origin", "action")),
        sa.Column("about", sa.Integer),
        sa.Column("note", sa.Text, nullable=False),
        *(
            sa.Column(name, sa.Integer, nullable=False)
            for name in ("sites", "evidence", "declarations", "documents")
        ),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("content", "seal")),
    )
    data("site", SITE_TEXT, SITE_DAYS, SITE_NUMBERS)
    data("evidence", EVIDENCE_TEXT, EVIDENCE_DAYS, [])
    data("declaration", DECLARATION_TEXT, ["recorded_at"], DECLARATION_NUMBERS)
    data("document", DOCUMENT_TEXT, [], ["size"], also=("evidence",))
    op.create_table(
        "account",
        sa.Column("email", sa.Text, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("name", "password_hash")),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("locked_until", sa.DateTime),
        *(sa.Column(name, sa.DateTime, nullable=False) for name in ("created_at", "changed_at")),
    )


def data(
    name: str, text: list[str], days: list[str], numbers: list[str], also: tuple[str, ...] = ()
) -> None:
    """Make a table of versions; its primary key keeps the order of entry, in which all is read."""
    op.create_table(
        name,
        sa.Column("workspace", sa.Text, primary_key=True),
        sa.Column("entry", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("line", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("removed", sa.Boolean, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        *(sa.Column(column, sa.Text) for column in text),
        *(sa.Column(column, sa.Date) for column in days),
        *(sa.Column(column, sa.Double) for column in numbers),
        sa.ForeignKeyConstraint(["workspace"], ["workspace.name"], name=f"{name}_of_workspace"),
        sa.UniqueConstraint("workspace", "id", *also, "entry", name=f"{name}_once_an_entry"),
    )


def move() -> None:
    """Take what there is as the one entry of each workspace; the store seals it."""
    op.execute(
        "INSERT INTO journal SELECT name, revision, changed_at, 'init', '', 'fill', NULL, '',"
        " 0, 0, 0, 0, '', '' FROM workspace"
    )
    for name, columns in (
        ("site", [*SITE_TEXT, *SITE_DAYS, *SITE_NUMBERS]),
        ("evidence", [*EVIDENCE_TEXT, *EVIDENCE_DAYS]),
    ):
        listed = ", ".join(f'"{column}"' for column in ("id", *columns))
        moved = ", ".join(f'o."{column}"' for column in ("id", *columns))
        op.execute(
            f"INSERT INTO {name} (workspace, entry, line, removed, {listed})"  # noqa: S608
            f" SELECT o.workspace, w.revision, o.entry, FALSE, {moved}"
            f" FROM {name}_0001 o JOIN workspace w ON w.name = o.workspace"
        )
        op.drop_table(f"{name}_0001")


def protect_sqlite() -> None:
    """Let nothing be changed or taken away; a replaced row fires no DELETE trigger in SQLite."""
    for name in KEPT:
        key = "entry = NEW.entry" + ("" if name == "journal" else " AND line = NEW.line")
        unsealed = " WHEN OLD.seal <> ''" if name == "journal" else ""
        occasions = {
            "changes": f"BEFORE UPDATE ON {name}{unsealed}",
            "goes": f"BEFORE DELETE ON {name} WHEN OLD.workspace <> 'simulated'",
            "replaced": (
                f"BEFORE INSERT ON {name} WHEN NEW.workspace <> 'simulated' AND EXISTS"  # noqa: S608
                f" (SELECT 1 FROM {name} WHERE workspace = NEW.workspace AND {key})"
            ),
        }
        for what, occasion in occasions.items():
            op.execute(
                f"CREATE TRIGGER {name}_never_{what} {occasion}"
                f" BEGIN SELECT RAISE(ABORT, '{name} is append-only'); END"
            )


def protect_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
    )
    for name in KEPT:
        unsealed = " WHEN (OLD.seal <> '')" if name == "journal" else ""
        op.execute(
            f"CREATE TRIGGER {name}_never_changes BEFORE UPDATE ON {name}"
            f" FOR EACH ROW{unsealed} EXECUTE FUNCTION append_only()"
        )
        op.execute(
            f"CREATE TRIGGER {name}_never_goes BEFORE DELETE ON {name} FOR EACH ROW"
            " WHEN (OLD.workspace <> 'simulated') EXECUTE FUNCTION append_only()"
        )
        op.execute(
            f"CREATE TRIGGER {name}_never_emptied BEFORE TRUNCATE ON {name}"
            " EXECUTE FUNCTION append_only()"
        )


def locate() -> None:
    """Keep each version's point, and a view of the register as it is, for QGIS to open."""
    op.execute("CREATE EXTENSION IF NOT EXISTS postgis")
    op.execute(
        "ALTER TABLE site ADD COLUMN geom geometry(Point, 4326)"
        " GENERATED ALWAYS AS (ST_SetSRID(ST_MakePoint(lon, lat), 4326)) STORED"
    )
    op.execute("CREATE INDEX site_geom ON site USING gist (geom)")
    op.execute(
        "CREATE VIEW site_published AS SELECT * FROM (SELECT DISTINCT ON (s.workspace, s.id) s.*"
        " FROM site s JOIN workspace w ON w.name = s.workspace AND s.entry <= w.published"
        " ORDER BY s.workspace, s.id, s.entry DESC) last WHERE NOT removed"
    )
