"""The messy files, and how refusals are looked at."""

from pathlib import Path

import pytest

from geodata.core.errors import DataError
from geodata.core.names import unaccent
from geodata.intake.reading import files

MESSY = Path(__file__).parent / "messy"


@pytest.fixture
def messy():
    """Reads one messy file."""
    return lambda name: files.read(MESSY / name, name)


@pytest.fixture
def refusal():
    """The one Vietnamese sentence with which content is refused."""

    def sentence_for(content, name="tệp.xlsx"):
        with pytest.raises(DataError) as refused:
            files.read(content, name)
        sentence = str(refused.value)
        assert "\n" not in sentence
        assert sentence.endswith(".")
        assert unaccent(sentence) != sentence.lower()
        return sentence

    return sentence_for
