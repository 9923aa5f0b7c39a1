"""The scale: no size of letters, distance or corner is typed where a screen is styled."""

import re
from pathlib import Path

from geodata.reading import tokens

ROOT = Path(__file__).parents[2]
SHEETS = [path for room in ("layers", "pages") for path in (ROOT / room).rglob("*.css")]
SCALED = re.compile(
    r"(?<![\w-])(font|font-size|font-weight|line-height|gap|(?:row|column)-gap"
    r"|(?:padding|margin|border)(?:-[a-z]+)*)\s*:\s*([^;}]+)"
)
LENGTH = re.compile(r"(?<![\w.-])\d*\.?\d+(?:px|rem|vw|vh)|\d\s*\*\s*var\(--u\)")
# What stands by itself, and why.
APART = {
    "padding: 0 20rem 0 0": "as wide as the two buttons beside the title of the briefing",
    "border-radius: calc(4 * var(--map-edge, 1px))": "no corners where the map has no edge",
    "line-height: 13px": "a window of a plan is a row of the slider's axis",
    "line-height: 14px": "a year is one, too",
    "line-height: 22px": "a number in the middle of its pin",
    "line-height: 34px": "the arrows in the middle of the line's handle",
    "font-size: clamp(var(--hg-size-small), 1.05vw, var(--hg-size-display))": "for a room: 20 px "
    "at 1920, like the slide that the map stands on",
    "font-size: clamp(var(--hg-size-micro), 1.05vw, var(--hg-size-display))": "likewise",
}


def typed():
    """Each declaration that has a size of its own."""
    for path in SHEETS:
        for name, value in SCALED.findall(path.read_text("utf-8")):
            said = f"{name}: {value.removesuffix(' !important').strip()}"
            if name.startswith("border") and "radius" not in name:
                continue  # how thick a line is
            if LENGTH.search(value) or (name == "font-weight" and value[0].isdigit()):
                yield said


def test_no_size_is_typed_anywhere_but_among_the_tokens():
    assert set(typed()) == set(APART)


def test_no_name_means_both_a_size_and_a_colour():
    named = re.findall(r"--hg-([\w-]+):", tokens.css_sizes())
    assert set(named) & set(tokens.COLOURS) == set()


def test_no_script_and_no_screen_sets_letters_by_itself():
    rooms = [path for room in ("layers", "pages") for path in (ROOT / room).rglob("*.[jp][sy]")]
    asked = re.compile(r"font-?[sS]ize|font-?[wW]eight|\b\d+px \$\{")
    assert [path.name for path in rooms if asked.search(path.read_text("utf-8"))] == []


def test_no_letter_is_too_small():
    root_px = 16
    written = [size * root_px for size in tokens.SIZES.values()]
    drawn = [size for size, _ in tokens.LETTERING.values()]
    assert min(written + drawn) >= tokens.LEAST_PX


def test_on_a_slide_of_a_meeting_room_no_letter_is_below_20_px():
    hundredth_px = 19.2  # of a screen 1920 wide
    assert min(tokens.SLIDE_SIZES.values()) * hundredth_px >= 20
    assert set(tokens.SLIDE_SIZES) == set(tokens.SIZES)
    assert set(tokens.SLIDE_SPACES) == set(tokens.SPACES)
