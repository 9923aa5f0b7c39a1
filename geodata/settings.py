"""Settings: where the store is, what may be done with it, and by whom.

Read from ``HG_*`` environment variables, else from ``.streamlit/secrets.toml``; who has which role
from the office's roles file. Not here: what the store is (``store``) or a role means (``access``).
"""

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from geodata.core.errors import WrongCallError
from geodata.core.text import _
from geodata.people import access
from geodata.people.letterhead import Letterhead

MODES = ("public", "steward")
ANSWERS = ("no", "yes")
LOGS = ("text", "json")

_ORIGIN = re.compile(r"https?://(\*\.)?[a-z0-9.-]+(:\d{1,5})?")
_SQLITE = "sqlite:///"
_DEFAULT_STORE = "var/haugiang.sqlite"
_DEFAULT_ROLES = "var/roles.toml"
_DEFAULT_DOCUMENTS = "var/documents"


@dataclass(frozen=True)
class Settings:
    """``store`` is an SQLAlchemy URL; ``mode`` is one of `MODES`, public being read-only.

    ``roles`` is the office's roles file; ``local_accounts`` says whether people may sign in with
    an account kept in the store; ``documents`` is the folder of attached files; ``context`` is the
    file of waters and roads to draw beneath the sites, if there is one; `letterhead` says who
    issues papers, and where the office's own templates are. `metrics_token` is the word that opens
    the server's figures, empty for nobody; `log` is one of `LOGS`. `hosts` are the names under
    which people open the app, `embedders` the origins that may show it in a frame; `trusts_email`
    whether an address counts of which the identity provider does not say that it verified it;
    `seals` is the file in which each newest seal is noted, `seal_key` what signs its lines;
    `spool` is the folder through which reports from the public reach the office, `columns` that of
    the store's copies as columns where they are not to lie beside its file.
    """

    store: str
    mode: str
    roles: Path
    local_accounts: bool
    documents: Path
    context: Path | None
    letterhead: Letterhead = field(default_factory=Letterhead)
    metrics_token: str = ""
    log: str = LOGS[0]
    hosts: tuple[str, ...] = ()
    embedders: tuple[str, ...] = ()
    trusts_email: bool = False
    seals: Path | None = None
    seal_key: str = field(default="", repr=False)
    spool: Path | None = None
    columns: Path | None = None


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
    table = _table(folder / ".streamlit" / "secrets.toml")
    secrets = _filled({key: value for key, value in table.items() if isinstance(value, str)})
    given = {**secrets, **_filled(environ)}
    store = _store_url(given.get("HG_STORE", _DEFAULT_STORE), folder)
    return Settings(
        store,
        _one_of(given, "HG_MODE", MODES),
        folder.absolute() / Path(given.get("HG_ROLES", _DEFAULT_ROLES)).expanduser(),
        _one_of(given, "HG_LOCAL_ACCOUNTS", ANSWERS) == "yes",
        _documents(given.get("HG_DOCUMENTS"), store, folder),
        _file(given.get("HG_CONTEXT"), folder),
        _letterhead(given, folder),
        given.get("HG_METRICS_TOKEN", ""),
        _one_of(given, "HG_LOG", LOGS),
        tuple(given.get("HG_HOSTS", "").lower().split()),
        _origins(given.get("HG_EMBED", "")),
        _one_of(given, "HG_TRUST_EMAIL", ANSWERS) == "yes",
        _file(given.get("HG_SEALS"), folder),
        given.get("HG_SEAL_KEY", ""),
        _file(given.get("HG_SPOOL"), folder),
        _file(given.get("HG_COLUMNS"), folder),
    )


def office(path: Path) -> access.Office:
    """Return people and roles from a roles file; without one, nobody has a role.

    Raises
    ------
    WrongCallError
        If the file cannot be read or says what it cannot mean.
    """
    return access.office(_table(path))


def operator(roles: Path) -> access.Person:
    """Return who works at this machine's command line; the office's rule of review holds there."""
    try:  # not by the environment: LOGNAME may say anything
        import pwd  # noqa: PLC0415 - there is none on Windows

        login = pwd.getpwuid(os.getuid()).pw_name
    except ImportError:
        login = os.getlogin()
    except KeyError:  # a container whose user has no name
        login = str(os.getuid())
    return access.operator(login, one_person=office(roles).one_person)


def _letterhead(given: Mapping[str, str], folder: Path) -> Letterhead:
    """Return who issues papers; several recipients are parted by semicolons.

    Raises
    ------
    WrongCallError
        If the public address is none.
    """
    address = given.get("HG_ADDRESS", "")
    if address and not address.startswith(("https://", "http://")):
        sentence = _("HG_ADDRESS is “{address}”; write it as people open it: https://….")
        raise WrongCallError(sentence.format(address=address))
    recipients = map(str.strip, given.get("HG_RECIPIENTS", "").split(";"))
    return Letterhead(
        body=given.get("HG_BODY", ""),
        parent=given.get("HG_BODY_PARENT", ""),
        place=given.get("HG_PLACE", ""),
        sign_for=given.get("HG_SIGN_FOR", ""),
        position=given.get("HG_POSITION", ""),
        signatory=given.get("HG_SIGNATORY", ""),
        recipients=tuple(filter(None, recipients)),
        drafted_by=given.get("HG_DRAFTED_BY", ""),
        address=address,
        contents=_one_of(given, "HG_CONTENTS", ANSWERS) == "yes",
        report=_file(given.get("HG_REPORT_TEMPLATE"), folder),
        slides=_file(given.get("HG_SLIDES_TEMPLATE"), folder),
    )


def _one_of(given: Mapping[str, str], name: str, known: tuple[str, ...]) -> str:
    """Return what a setting says, its first possibility if nothing."""
    chosen = given.get(name, known[0])
    if chosen not in known:
        raise WrongCallError(
            _("{name} is “{chosen}”; write one of: {known}.").format(
                name=name, chosen=chosen, known=", ".join(known)
            )
        )
    return chosen


def _origins(given: str) -> tuple[str, ...]:
    """Return origins as a browser compares them.

    Raises
    ------
    WrongCallError
        If one is none: a stray sign would let a browser misread all that follows.
    """
    for origin in given.split():
        if not _ORIGIN.fullmatch(origin):
            sentence = _("HG_EMBED names “{origin}”; write each as https://name, parted by spaces.")
            raise WrongCallError(sentence.format(origin=origin))
    return tuple(given.split())


def _table(path: Path) -> Mapping[str, Any]:
    """Return what stands in a TOML file; nothing if there is none."""
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise WrongCallError(
            _("The settings file {path} cannot be read: {reason}. Correct it.").format(
                path=path, reason=error
            )
        ) from error


def _filled(table: Mapping[str, str]) -> dict[str, str]:
    return {key: value.strip() for key, value in table.items() if value.strip()}


def _file(given: str | None, folder: Path) -> Path | None:
    """Return where a file lies, if one is named."""
    return folder.absolute() / Path(given).expanduser() if given else None


def _documents(given: str | None, store: str, folder: Path) -> Path:
    """Return the folder of documents: as said, else beside the store's file."""
    if given is None and store.startswith(_SQLITE):
        return Path(store.removeprefix(_SQLITE)).parent / "documents"
    return folder.absolute() / Path(given or _DEFAULT_DOCUMENTS).expanduser()


def _store_url(store: str, folder: Path) -> str:
    """Return a store's URL, an SQLite file by its absolute path."""
    if "://" in store and not store.startswith(_SQLITE):
        return store
    path = folder.absolute() / Path(store.removeprefix(_SQLITE)).expanduser()
    return _SQLITE + path.as_posix()
