"""What an office enters: written by one person, reviewed and published by another."""

from geodata.people.access import Person
from geodata.store import REAL, Change

STEWARD = Person("lan@example.vn", "Lan", frozenset({"steward"}))
REVIEWER = Person("minh@example.vn", "Minh", frozenset({"reviewer"}))


def drafted(store, records=None, register=None, *, workspace=REAL, **change):
    """Write a draft and return the number of its entry."""
    return store.write(
        workspace,
        Change(register, records, **change),
        who=STEWARD,
        origin="a list.xlsx",
        action="import",
    )


def reviewed(store, *numbers, workspace=REAL):
    """Review entries and publish; return the number of the publication."""
    for number in numbers:
        store.review(workspace, number, who=REVIEWER)
    return store.publish(workspace, who=REVIEWER)


def entered(store, records=None, register=None, *, workspace=REAL, **change):
    """Write and publish; return the data version that the public then sees."""
    number = drafted(store, records, register, workspace=workspace, **change)
    reviewed(store, number, workspace=workspace)
    return store.version(workspace, published=True)
