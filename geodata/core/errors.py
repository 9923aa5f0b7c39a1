"""The exceptions of the model. Each carries one Vietnamese sentence that says what to do.

Not here: the wording itself, which comes from the catalogue where the error is raised.
"""


class ModelError(Exception):
    """Base of all errors meant for people; ``str(error)`` is a sentence to show as it is."""


class WrongCallError(ModelError):
    """The call cannot be answered: an unknown plan, a date outside any plan."""


class DataError(ModelError):
    """The data given has errors; nothing was saved."""


class StoreError(ModelError):
    """The store is missing, broken, of another version, or cannot be written."""


class AccessError(ModelError):
    """Nobody is signed in, or who is has no right to this; nothing was done."""
