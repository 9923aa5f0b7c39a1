"""Access: who may do what, from an e-mail address and the office's list of people and roles.

Not here: who somebody is (``passwords``, the sign-in screen), or reading the list (``settings``).
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from geodata.core.errors import AccessError, WrongCallError
from geodata.core.text import _

ROLES = ("steward", "reviewer", "admin")
"""A steward enters and corrects, a reviewer lets that be published, an admin may do both."""

# Letters of other scripts that look or fold like Latin ones would let a stranger pass for
# somebody else; the signs allowed also need no escape in a file or an address.
_ADDRESS = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-z0-9.-]{1,190}", re.ASCII)


@dataclass(frozen=True)
class Person:
    """Somebody known: the address that stands beside their entries, a name, their roles.

    ``one_person`` says that the office lets them review what they entered themselves.
    """

    email: str
    name: str
    roles: frozenset[str]
    one_person: bool = False

    def may(self, *roles: str) -> bool:
        """Say whether the person has one of some roles; an admin has them all."""
        return "admin" in self.roles or not self.roles.isdisjoint(roles)


@dataclass(frozen=True)
class Office:
    """Roles by e-mail address, and whether one person may review what they entered."""

    people: Mapping[str, tuple[str, ...]]
    one_person: bool = False

    def person(self, email: str, name: str = "") -> Person:
        """Return whom an address belongs to.

        Raises
        ------
        AccessError
            If the office has no role for the address.
        """
        known = address(email)
        roles = self.people.get(known) if known else None
        if not roles:
            # No names: a stranger is not told whose accounts are worth guessing.
            sentence = _("{email} has no role here; ask who runs this server for your office.")
            raise AccessError(sentence.format(email=email))
        return Person(known, name.strip() or known, frozenset(roles), self.one_person)


def address(email: str) -> str:
    """Return an e-mail address as it is compared, in small letters; empty if it is none."""
    text = email.strip()
    return text.lower() if text.isascii() and _ADDRESS.fullmatch(text.lower()) else ""


def required_address(email: str) -> str:
    """Return an e-mail address as it is compared, or refuse what is none."""
    if not (known := address(email)):
        raise WrongCallError(
            _("“{email}” is not an e-mail address; write it like lan@example.vn.").format(
                email=email
            )
        )
    return known


def operator(login: str, *, one_person: bool = False) -> Person:
    """Return who works at the command line: who has the machine has the store, so any role."""
    return Person(f"cli:{login}", login, frozenset(ROLES), one_person)


def require(person: Person | None, *roles: str) -> Person:
    """Return the person if they have one of the roles; every write asks this first.

    Parameters
    ----------
    person : Person or None
        Who is signed in; None is nobody.
    *roles : str
        Some of `ROLES`; one of them is enough. An admin has them all.

    Raises
    ------
    AccessError
        If nobody is signed in, or none of the roles is theirs.
    """
    if person is None:
        raise AccessError(_("Nobody is signed in; sign in first."))
    if not person.may(*roles):
        raise AccessError(
            _("This needs the role {roles}; your roles: {own}. Ask an administrator.").format(
                roles=names(roles), own=names(person.roles)
            )
        )
    return person


def require_other(person: Person, author: str) -> Person:
    """Return the person unless they entered what they are about to review.

    Parameters
    ----------
    person : Person
        Who wants to review.
    author : str
        Whose entry it is, as `Person.email` of that day.

    Raises
    ------
    AccessError
        If that is the same person, and the office asks for two.
    """
    if person.email == (address(author) or author) and not person.one_person:
        raise AccessError(
            _("You entered this yourself; another person has to review it (see one_person).")
        )
    return person


def office(table: Mapping[str, Any]) -> Office:
    """Return the office that a roles file describes.

    Parameters
    ----------
    table : Mapping
        ``one_person``, yes or no, and ``people``: a list of roles by e-mail address. Addresses
        are compared without regard to capitals.

    Raises
    ------
    WrongCallError
        If something else stands in it, or an address twice.
    """
    if unknown := set(table) - {"one_person", "people"}:
        raise _wrong(", ".join(sorted(unknown)))
    one_person, people = table.get("one_person", False), table.get("people", {})
    if not isinstance(one_person, bool):
        raise _wrong("one_person")
    if not isinstance(people, Mapping):
        raise _wrong("people")
    listed: dict[str, tuple[str, ...]] = {}
    for email, roles in people.items():
        known = required_address(str(email))
        if known in listed or not isinstance(roles, list):
            raise _wrong(str(email))
        if wrong := [str(role) for role in roles if role not in ROLES]:
            sentence = _("{email} has the unknown role “{role}”; write some of: {known}.")
            raise WrongCallError(
                sentence.format(email=email, role=", ".join(wrong), known=", ".join(ROLES))
            )
        listed[known] = tuple(role for role in ROLES if role in roles)
    return Office(listed, one_person)


def role_label(role: str) -> str:
    """Return what people call a role."""
    return {
        "steward": _("data steward"),
        "reviewer": _("reviewer"),
        "admin": _("administrator"),
    }[role]


def names(roles: Collection[str]) -> str:
    """Return roles in words, in the order of `ROLES`."""
    return ", ".join(role_label(role) for role in ROLES if role in roles) or "–"


def _wrong(entry: str) -> WrongCallError:
    sentence = _(
        "In the roles file “{entry}” is unknown, stands there twice or is of the wrong kind; "
        "correct it after the example in README."
    )
    return WrongCallError(sentence.format(entry=entry))
