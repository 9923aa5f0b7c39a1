"""Settings: where the store is and what may be done with it.

Read from ``HG_*`` environment variables, else from ``.streamlit/secrets.toml``. Not here: what
the store is (``store``) or who is let in (the pages).
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geodata.errors import WrongCallError
from geodata.text import _

MODES = ("public", "steward")

_SQLITE = "sqlite:///"
_DEFAULT_STORE = "var/haugiang.sqlite"


@dataclass(frozen=True)
class Settings:
    """``store`` is an SQLAlchemy URL; ``mode`` is one of `MODES`, public being read-only."""

    store: str
    mode: str


def load(environ: Mapping[str, str], folder: Path) -> Settings:
    """Return the settings in force.

    Parameters
    ----------
    environ : Mapping
        The process's environment; a blank variable is as good as none.
    folder : Path
        The project's folder, from which relative paths count.

    Returns
    -------
    Settings
        The store as a URL that means the same wherever the process stands.

    Raises
    ------
    WrongCallError
        If the mode is unknown or the secrets file cannot be read.
    """
    said = {**_secrets(folder / ".streamlit" / "secrets.toml"), **_filled(environ)}
    mode = said.get("HG_MODE", MODES[0])
    if mode not in MODES:
        raise WrongCallError(
            _("HG_MODE is “{mode}”; write one of: {known}.").format(
                mode=mode, known=", ".join(MODES)
            )
        )
    return Settings(_store_url(said.get("HG_STORE", _DEFAULT_STORE), folder), mode)


def _secrets(path: Path) -> dict[str, str]:
    try:
        table: Mapping[str, Any] = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise WrongCallError(
            _("The settings file {path} cannot be read: {reason}. Correct it.").format(
                path=path, reason=error
            )
        ) from error
    return _filled({key: value for key, value in table.items() if isinstance(value, str)})


def _filled(table: Mapping[str, str]) -> dict[str, str]:
    return {key: value.strip() for key, value in table.items() if value.strip()}


def _store_url(store: str, folder: Path) -> str:
    """Return a store's URL, an SQLite file by its absolute path."""
    if "://" in store and not store.startswith(_SQLITE):
        return store
    path = folder.absolute() / Path(store.removeprefix(_SQLITE)).expanduser()
    return _SQLITE + path.as_posix()
