"""The catalogue: every text of the code is in it, in Vietnamese, and nothing else is."""

from pathlib import Path
from string import Formatter

import pytest
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po

HOME = Path(__file__).parents[1]
PO = HOME / "geodata" / "locale" / "vi" / "LC_MESSAGES" / "messages.po"
ROOMS = ("geodata", "layers", "pages")
KEYWORDS = {"_": None, "N_": None}
SAME_IN_BOTH: set[str] = set()  # texts that may stay as they are in English


@pytest.fixture(scope="module")
def in_code():
    """Every text of the code, and where it stands."""
    paths = [HOME / "app.py", *(path for room in ROOMS for path in (HOME / room).rglob("*.py"))]
    templates = list((HOME / "layers/site/templates").glob("*.html"))
    return {
        message: f"{path.relative_to(HOME)}:{line}"
        for how, some in (("python", paths), ("jinja2.ext:babel_extract", templates))
        for path in some
        for line, message, _notes, _context in extract_from_file(how, path, KEYWORDS)
    }


@pytest.fixture(scope="module")
def catalogue():
    with PO.open("rb") as lines:
        return read_po(lines, locale="vi")


@pytest.fixture(scope="module")
def translations(catalogue):
    return {message.id: message.string for message in catalogue if message.id}


def placeholders(text):
    return sorted({name for _text, name, _spec, _how in Formatter().parse(text) if name})


def test_the_texts_of_every_room_are_found(in_code):
    assert {place.split("/")[0].split(":")[0] for place in in_code.values()} == {*ROOMS, "app.py"}


def test_every_text_of_the_code_is_translated(in_code, translations):
    missing = {text: place for text, place in in_code.items() if not translations.get(text)}
    assert missing == {}


def test_nothing_is_translated_in_vain(catalogue, in_code, translations):
    assert [text for text in translations if text not in in_code] == []
    assert list(catalogue.obsolete) == []


def test_no_translation_is_a_guess(catalogue):
    assert [message.id for message in catalogue if message.id and message.fuzzy] == []


def test_both_sides_have_the_same_placeholders(translations):
    wrong = {
        text: said
        for text, said in translations.items()
        if said and placeholders(text) != placeholders(said)
    }
    assert wrong == {}


def test_nothing_is_left_in_english(translations):
    same = {text for text, said in translations.items() if text == said}
    assert same <= SAME_IN_BOTH


def test_the_program_never_speaks_of_a_violation(translations):
    assert [text for text, said in translations.items() if "vi phạm" in said.lower()] == []


@pytest.mark.parametrize("place", ["geodata", "layers", "pages"])
def test_nor_do_the_texts_beside_the_catalogue(place):
    speaking = {".py", ".toml", ".js", ".css"}
    files = [path for path in (HOME / place).rglob("*") if path.suffix in speaking]
    assert [path for path in files if "vi phạm" in path.read_text("utf-8").lower()] == []
