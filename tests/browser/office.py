"""An office for a test: a steward's and a public server on one store, and a local account."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.browser.server import HOME, Server, command

LAN = "lan@example.vn"
WORDS = "Hậu Giang bốn mùa"
ROLES = f'[people]\n"{LAN}" = ["steward"]\n'


def make_account(store: Path, email: str) -> None:
    """Make a local account with the password of all."""
    subprocess.run(
        [sys.executable, "-m", "geodata", "user", "add", email],
        cwd=HOME,
        env={"HG_STORE": str(store), "HG_ROLES": str(store.with_name("roles.toml"))},
        input=f"{WORDS}\n".encode(),
        check=True,
        stdout=subprocess.DEVNULL,
    )


def servers(folder: Path) -> Iterator[tuple[Server, Server]]:
    """Give a steward's and a public server on a new store with the shipped data."""
    (folder / "roles.toml").write_text(ROLES, "utf-8")
    store = folder / "store.sqlite"
    command(store, "init")
    settings = {
        "HG_MODE": "steward",
        "HG_ROLES": str(folder / "roles.toml"),
        "HG_LOCAL_ACCOUNTS": "yes",
        "HG_DOCUMENTS": str(folder / "documents"),
    }
    make_account(store, LAN)
    both = Server(store, settings), Server(store)
    yield both
    for server in both:
        server.stop()
