"""``user``: local accounts; ``add, password, remove, unlock, forget, list``.

Not here: what an account is (``store.accounts``), what a role allows (``people.access``), or how
it is written into the roles file (``roles``).
"""

import argparse
import getpass
import sys
from collections.abc import Callable, Mapping
from typing import Any

from geodata import settings
from geodata.commands import place
from geodata.commands.common import DONE, add_json, print_json
from geodata.commands.roles import give_roles
from geodata.core.clock import now
from geodata.core.errors import WrongCallError
from geodata.core.text import _
from geodata.people import access
from geodata.store.accounts import Account, Accounts
from geodata.store.identities import Identities


def add(parser: argparse.ArgumentParser) -> None:
    """Add the commands for one account, and the list of all."""
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, act, summary in (
        ("add", _add, _("make an account; asks for its password")),
        ("password", _password, _("give an account another password")),
        ("remove", _remove, _("remove an account")),
        ("unlock", _unlock, _("let somebody try again after too many wrong passwords")),
        ("forget", _forget, _("let another account of the identity provider have an address")),
    ):
        one = commands.add_parser(name, help=summary)
        one.add_argument("email", metavar="EMAIL", help=_("the address the account is for"))
        one.set_defaults(act=act)
        if name == "add":
            one.add_argument("--name", default="", help=_("the name shown on screen"))
            one.add_argument(
                "--role",
                action="append",
                default=[],
                choices=access.ROLES,
                help=_("also write this role into the roles file; may be repeated"),
            )
    listed = commands.add_parser("list", help=_("accounts and roles there are"))
    add_json(listed)
    listed.set_defaults(act=_list)


def run(options: argparse.Namespace) -> int:
    """Run the command for accounts that was called."""
    act: Callable[[argparse.Namespace], None] = options.act
    act(options)
    return DONE


def _add(options: argparse.Namespace) -> None:
    """Make an account, and give its owner roles."""
    email, accounts = _asked(options)
    accounts.add(email, options.name, _new_password(), now())
    print(_("{email} now has a local account.").format(email=email))
    roles = [role for role in access.ROLES if role in options.role]
    path = place.configuration().roles
    if roles:
        give_roles(path, email, roles)
    if not settings.office(path).people.get(email):
        sentence = _("{email} has no role yet; add --role, or write it into {path}.")
        print(sentence.format(email=email, path=path), file=sys.stderr)


def _password(options: argparse.Namespace) -> None:
    email, accounts = _asked(options)
    accounts.change_password(email, _new_password(), now())
    print(_("{email} has a new password.").format(email=email))


def _remove(options: argparse.Namespace) -> None:
    email, accounts = _asked(options)
    accounts.remove(email)
    print(_("{email} no longer has a local account.").format(email=email))
    path = place.configuration().roles
    if email in settings.office(path).people:
        sentence = _("The roles of {email} still stand in {path}.")
        print(sentence.format(email=email, path=path), file=sys.stderr)


def _unlock(options: argparse.Namespace) -> None:
    email, accounts = _asked(options)
    accounts.unlock(email)
    print(_("{email} may try again.").format(email=email))


def _forget(options: argparse.Namespace) -> None:
    email = access.required_address(options.email)
    if not Identities(place.open_store()).forget(email):
        sentence = _("Nobody has signed in through the identity provider as {email}.")
        raise WrongCallError(sentence.format(email=email))
    print(_("The next who comes from the identity provider as {email} has it.").format(email=email))


def _list(options: argparse.Namespace) -> None:
    """Print everybody with an account or a role."""
    people = settings.office(place.configuration().roles).people
    accounts = {account.email: account for account in _accounts().listed()}
    rows = [_row(email, people, accounts.get(email)) for email in sorted({*people, *accounts})]
    if options.json:
        print_json(rows)
        return
    for row in rows:
        account = _("local account") if row["local_account"] else _("no local account")
        locked = _("locked") if row["locked_until"] else ""
        print(
            row["email"], row["name"] or "–", access.names(row["roles"]), account, locked, sep="\t"
        )


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
    return Accounts(place.open_store())


def _new_password() -> str:
    """Ask for a password twice without showing it; from a pipe read its first line."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    first = getpass.getpass(_("New password (not shown):") + " ")
    if first != getpass.getpass(_("The same once more:") + " "):
        raise WrongCallError(_("The two passwords differ; nothing was changed."))
    return first
