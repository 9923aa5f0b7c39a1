"""Every public screen in the language its reader asks for, whoever was served before."""

import re
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from geodata import intake
from geodata.core.text import catalogue, speaking
from geodata.geography import units
from geodata.rules import plan
from geodata.store import REAL, SIMULATED
from pages.parts.map import served
from pages.parts.shared import borrowed

AT = {"workspace": SIMULATED, "as_of": "2024-12-31"}
ADDRESSES = (
    ("", {"workspace": REAL}),
    ("", {"workspace": SIMULATED}),
    ("", {**AT, "axis": "compliance", "site": "SIM-LN-0001", "known_at": "2024-12-31"}),
    ("", {**AT, "unit": "930", "compare": "2024-06-30", "as_of": "1900-01-01"}),
    ("", {"workspace": SIMULATED, "unit": "31342", "paint": "kinds", "kinds": "craft_village"}),
    ("briefing", {"workspace": REAL}),
    ("briefing", {**AT, "compare": "2024-06-30"}),
    ("briefing", {**AT, "axis": "compliance", "slide": "2"}),
    ("gaps", {"workspace": REAL, "axis": "compliance"}),
    ("gaps", {**AT, "unit": "930"}),
    ("visits", {"workspace": REAL, "axis": "compliance"}),
    ("visits", AT),
    ("method", {"workspace": REAL}),
    ("method", AT),
    ("evidence", {"workspace": REAL, "search": "khong co gi"}),
    ("evidence", {"workspace": SIMULATED}),
)
DIACRITICS = "àáạảãăằắặẳẵâầấậẩẫđèéẹẻẽêềếệểễìíịỉĩòóọỏõôồốộổỗơờớợởỡùúụủũưừứựửữỳýỵỷỹ"
WORD = re.compile(rf"[a-z]*[{DIACRITICS}][a-z{DIACRITICS}]*", re.IGNORECASE)
TEXT_OF = {
    "pdf": lambda content: "".join(p.extract_text() for p in PdfReader(BytesIO(content)).pages),
    "xlsx": lambda content: str([*load_workbook(BytesIO(content)).worksheets[0].values]),
}
SCRIPT = re.compile(r"<script>.*?</script>", re.DOTALL)
PARTS = re.compile(r"\{\w*[^{}]*\}|\*\*|\n")
BESIDE = "Tiếng Việt, Tìm, Hoàng Sa"  # the switch, a box before its script has run, an archipelago


@cache
def of_the_data():
    """All that data says: names of places, documents, what the plans cite."""
    home = Path(plan.__file__).parents[1]
    tables = intake.shipped_sites(), intake.shipped_evidence(), units.load_legacy_communes()
    texts = [table.drop(columns="geometry", errors="ignore").to_csv() for table in tables]
    texts += [frame.drop(columns="geometry").to_csv() for frame in _units()]
    texts += [path.read_text("utf-8") for path in home.glob("plans/*.toml")]
    texts += [path.read_text("utf-8") for path in home.glob("**/*.csv")]
    texts += [path.read_text("utf-8") for path in home.glob("simulation/*.py")]
    return "\n".join(texts)


def _units():
    blocks = units.load_blocks()
    return [units.dissolve(blocks, vintage) for vintage in units.Vintage]


@cache
def data_words():
    return {*WORD.findall(of_the_data()), *WORD.findall(BESIDE)}


@cache
def of_data(word):
    """Whether a word is one of data, or several: the cells of a table stand side by side."""
    if not WORD.search(word) or word in data_words():
        return True
    parted = ((word[:at], word[at:]) for at in range(1, len(word)))
    return any(of_data(one) and of_data(other) for one, other in parted)


def parts_of(texts):
    """What stands in sentences as it is, long enough to be none by chance."""
    pieces = {part.strip(" .,:;–()") for text in texts for part in PARTS.split(text)}
    return {piece for piece in pieces if " " in piece and len(piece) > 11}


def sent(seen):
    """All that a screen and its map page say."""
    files = b"".join(file.content for file in served._everybody.files.values())
    return SCRIPT.sub("", (seen.payload() + files).decode(errors="replace"))


@cache
def vietnamese_parts():
    ours = {part for part in parts_of(catalogue("vi").values()) if part not in of_the_data()}
    return {part for part in ours if WORD.search(part)}


@cache
def english_parts():
    kept = of_the_data() + "\n".join(catalogue("vi").values())
    said = set(catalogue("vi")) - {*borrowed.WORDS, *borrowed.OTHERWISE.values()}
    return {part for part in parts_of(said) if part not in kept}


@pytest.mark.parametrize(("screen", "query"), ADDRESSES)
def test_an_english_screen_has_vietnamese_words_of_data_alone(open_app, shown, screen, query):
    text = sent(shown(open_app(screen, lang="en", **query)))
    assert {word for word in set(WORD.findall(text)) if not of_data(word)} == set()
    assert {part for part in vietnamese_parts() if part in text} == set()


@pytest.mark.parametrize(("screen", "query"), ADDRESSES)
def test_a_vietnamese_screen_has_no_english_sentence(open_app, shown, screen, query):
    text = sent(shown(open_app(screen, **query)))
    assert {part for part in english_parts() if part in text} == set()


@pytest.mark.parametrize("screen", ["", "briefing", "gaps", "visits", "evidence"])
def test_two_readers_at_once_never_see_the_words_of_the_other(open_app, shown, screen):
    def words(**query):
        app = open_app(screen, **AT, **query)
        return shown(app).text(), [table.value.to_csv() for table in app.dataframe]

    english, vietnamese = words(lang="en"), words()
    assert english != vietnamese
    assert words(lang="en") == english


def test_a_choice_keeps_the_language(open_app, shown):
    app = open_app(lang="en", **AT)
    with speaking("en"):  # AppTest words what is chosen outside of the run
        app.segmented_control(key="w_axis").set_value("compliance").run()
    assert shown(app).map()["state"]["legend"]["title"].startswith("Legend")
    assert shown(app).address()["lang"] == "en"


def test_a_word_that_is_no_language_is_vietnamese(open_app, shown):
    assert shown(open_app(lang="xx", **AT)).address().get("lang") is None
    assert "Bản đồ" in str(shown(open_app(lang="xx", **AT)).payload().decode(errors="replace"))


@pytest.mark.parametrize("file", ["pdf", "xlsx"])
def test_a_file_is_in_the_language_of_its_reader(open_app, file):
    app = open_app("briefing", lang="en", **AT)
    with speaking("en"):
        app.selectbox(key="w_file").set_value(file)
        app.button[[b.label for b in app.button].index("Make the file")].click().run()
    (_wanted, content) = app.session_state["made_file"]
    assert "Target" in TEXT_OF[file](content)
    assert "Chỉ tiêu" not in TEXT_OF[file](content)
