"""An office for a test: a steward's server and a local account."""

import subprocess
import sys
from pathlib import Path

from tests.browser.server import HOME, Server, shipped_store

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


def steward(folder: Path) -> Server:
    """Start a steward's server on a new store with the shipped data."""
    (folder / "roles.toml").write_text(ROLES, "utf-8")
    store = folder / "store.sqlite"
    shipped_store(store)
    make_account(store, LAN)
    settings = {
        "HG_MODE": "steward",
        "HG_ROLES": str(folder / "roles.toml"),
        "HG_LOCAL_ACCOUNTS": "yes",
        "HG_DOCUMENTS": str(folder / "documents"),
    }
    return Server(store, settings)
