"""Scenarios of next visits as a small file, there and back.

Not here: what a scenario means and how its words are read (``scenario``).
"""

import json
from collections.abc import Sequence

from geodata.core.errors import DataError
from geodata.core.text import _
from geodata.planning.scenario import Scenario
from geodata.planning.words import from_words, to_words

LARGEST = 200_000  # bytes
MOST = 20  # scenarios
_FORM = "hau-giang-visits-1"


def write(scenarios: Sequence[Scenario]) -> bytes:
    """Return scenarios as a JSON file."""
    document = {"format": _FORM, "scenarios": [to_words(scenario) for scenario in scenarios]}
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def read(content: bytes, name: str) -> tuple[tuple[Scenario, ...], list[str]]:
    """Return the scenarios of a file, and a sentence for each word that is of no use.

    Raises
    ------
    DataError
        If the file is not one that `write` made.
    """
    refused = DataError(
        _("“{name}” is not a file of scenarios saved here; choose another file.").format(
            name=name[:100]
        )
    )
    if len(content) > LARGEST:
        raise refused
    try:
        document = json.loads(content)
        listed = document["scenarios"] if document["format"] == _FORM else None
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise refused from error
    if not isinstance(listed, list) or not all(isinstance(words, dict) for words in listed):
        raise refused
    made, problems = [], []
    for words in listed[:MOST]:
        scenario, strange = from_words({str(key): str(value) for key, value in words.items()})
        made.append(scenario)
        problems += strange
    return tuple(made), problems
