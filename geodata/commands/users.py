"""The command line's part for local accounts: ``user add, password, list, remove, unlock``.

Not here: what an account is (``store.accounts``), what a role allows (``access``).
"""

import argparse
import getpass
import json
import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from geodata import settings
from geodata.core.clock import now
from geodata.core.errors import WrongCallError
from geodata.core.text import _
from geodata.people import access
from geodata.store import Store
from geodata.store.accounts import Account, Accounts

HOME = Path(__file__).parents[2]
_PEOPLE = re.compile(r"^[ \t]*\[[ \t]*people[ \t]*\][ \t]*(#.*)?$", re.MULTILINE)


def register(commands: Any) -> None:
    """Add the command ``user`` to the commands of the command line."""
    user = commands.add_parser("user", help=_("local accounts of those who enter data"))
    of = user.add_subparsers(required=True, metavar="COMMAND")
    for name, run, told in (
        ("add", _add, _("make an account; asks for its password")),
        ("password", _password, _("give an account another password")),
        ("remove", _remove, _("remove an account")),
        ("unlock", _unlock, _("let somebody try again after too many wrong passwords")),
    ):
        one = of.add_parser(name, help=told)
        one.add_argument("email", metavar="EMAIL")
        one.set_defaults(run=run)
        if name == "add":
            one.add_argument("--name", default="", help=_("the name shown on screen"))
            one.add_argument(
                "--role",
                action="append",
                default=[],
                choices=access.ROLES,
                help=_("also write this role into the roles file; may be repeated"),
            )
    listed = of.add_parser("list", help=_("accounts and roles there are"))
    listed.add_argument("--json", action="store_true", help=_("machine-readable output"))
    listed.set_defaults(run=_list)


def give_roles(path: Path, email: str, roles: list[str]) -> None:
    """Write roles of a person into a roles file, in place of those they had.

    What else stands in the file, remarks included, stays; it changes at once or not at all.

    Raises
    ------
    WrongCallError
        If the file is written in a way that only a person can change.
    """
    known = access.required_address(email)
    before = settings.office(path)
    text = path.read_text("utf-8") if path.exists() else "one_person = false\n"
    listed = ", ".join(f'"{role}"' for role in roles)
    line = f'"{known}" = [{listed}]'
    theirs = re.compile(
        rf'^[ \t]*["\']{re.escape(known)}["\'][ \t]*=.*$', re.IGNORECASE | re.MULTILINE
    )
    if theirs.search(text):
        text = theirs.sub(line, text)
    else:
        if not _PEOPLE.search(text):
            text = text.rstrip("\n") + "\n\n[people]"
        text = _PEOPLE.sub(lambda head: f"{head[0]}\n{line}", text, count=1)
    people = {**before.people, known: tuple(roles)}
    _replace(path, text.rstrip("\n") + "\n", access.Office(people, before.one_person))


def _replace(path: Path, text: str, wanted: access.Office) -> None:
    """Put a text in the place of a roles file if it says what is wanted."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(
        "w", encoding="utf-8", dir=path.parent, prefix=f".{path.name}-", delete=False
    ) as draft:
        draft.write(text)
        draft.flush()
        os.fsync(draft.fileno())
    try:
        try:
            right = settings.office(Path(draft.name)) == wanted
        except WrongCallError:
            right = False
        if not right:
            sentence = _("{path} cannot be changed safely; write the role into it by hand.")
            raise WrongCallError(sentence.format(path=path))
        if path.exists():
            Path(draft.name).chmod(path.stat().st_mode & 0o777)
        Path(draft.name).replace(path)
    finally:
        Path(draft.name).unlink(missing_ok=True)


def _add(options: argparse.Namespace) -> int:
    """Make an account, and give its owner roles."""
    known, accounts = _asked(options)
    accounts.add(known, options.name, _new_password(), now())
    print(_("{email} now has a local account.").format(email=known))
    roles = [role for role in access.ROLES if role in options.role]
    path = _settings().roles
    if roles:
        give_roles(path, known, roles)
    if not settings.office(path).people.get(known):
        sentence = _("{email} has no role yet; add --role, or write it into {path}.")
        print(sentence.format(email=known, path=path), file=sys.stderr)
    return 0


def _password(options: argparse.Namespace) -> int:
    known, accounts = _asked(options)
    accounts.change_password(known, _new_password(), now())
    print(_("{email} has a new password.").format(email=known))
    return 0


def _remove(options: argparse.Namespace) -> int:
    known, accounts = _asked(options)
    accounts.remove(known)
    print(_("{email} no longer has a local account.").format(email=known))
    path = _settings().roles
    if known in settings.office(path).people:
        sentence = _("The roles of {email} still stand in {path}.")
        print(sentence.format(email=known, path=path), file=sys.stderr)
    return 0


def _unlock(options: argparse.Namespace) -> int:
    known, accounts = _asked(options)
    accounts.unlock(known)
    print(_("{email} may try again.").format(email=known))
    return 0


def _list(options: argparse.Namespace) -> int:
    """Print everybody with an account or a role."""
    found = _settings()
    people = settings.office(found.roles).people
    accounts = {account.email: account for account in _accounts().listed()}
    rows = [_row(email, people, accounts.get(email)) for email in sorted({*people, *accounts})]
    if options.json:
        print(json.dumps(rows, ensure_ascii=False))
        return 0
    for row in rows:
        account = _("local account") if row["local_account"] else _("no local account")
        locked = _("locked") if row["locked_until"] else ""
        print(
            row["email"], row["name"] or "–", access.names(row["roles"]), account, locked, sep="\t"
        )
    return 0


def _row(
    email: str, people: Mapping[str, tuple[str, ...]], account: Account | None
) -> dict[str, Any]:
    """Return one person as plain data; the end of a lock in UTC, while there is one."""
    until = account.locked_until if account else None
    return {
        "email": email,
        "name": account.name if account else None,
        "roles": list(people.get(email, ())),
        "local_account": account is not None,
        "locked_until": f"{until:%Y-%m-%dT%H:%M:%SZ}" if until and until > now() else None,
    }


def _asked(options: argparse.Namespace) -> tuple[str, Accounts]:
    """Return the address a call is about, and the accounts."""
    return access.required_address(options.email), _accounts()


def _accounts() -> Accounts:
    return Accounts(Store(_settings().store))


def _settings() -> settings.Settings:
    return settings.load(os.environ, HOME)


def _new_password() -> str:
    """Ask for a password twice without showing it; from a pipe read its first line."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    first = getpass.getpass(_("New password (not shown):") + " ")
    if first != getpass.getpass(_("The same once more:") + " "):
        raise WrongCallError(_("The two passwords differ; nothing was changed."))
    return first
