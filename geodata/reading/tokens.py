"""The look in one place: each colour by what it is for, in the light and in the dark theme.

Streamlit's theme (``.streamlit/config.toml``, held to this file by a test), the style sheets, the
map page, PDF, PPTX and workbooks take their colours, letters and corners from here; print is
always light. Not here: how a site is drawn (``symbology``).
"""

from typing import NamedTuple


class Tone(NamedTuple):
    """A colour by theme."""

    light: str
    dark: str


COLOURS: dict[str, Tone] = {
    # Letters, from what is read first to what is read last.
    "ink": Tone("#1f2933", "#e6eaee"),
    "soft": Tone("#3e4c59", "#c3ccd4"),
    "quiet": Tone("#52606d", "#a7b2bc"),
    # What they stand on.
    "paper": Tone("#ffffff", "#14191d"),
    "panel": Tone("#f1f4f7", "#1c2328"),
    "hover": Tone("#e8eef4", "#29333b"),
    # Lines: around a part, between two parts, around a bar.
    "line": Tone("#cbd2d9", "#3a454e"),
    "thin": Tone("#e4e7eb", "#2b343b"),
    "frame": Tone("#7b8794", "#8793a0"),
    "hatch": Tone("#9aa5b1", "#77838e"),
    "rim": Tone("#00000033", "#ffffff33"),
    "shadow": Tone("#1f293338", "#00000080"),
    # What is chosen or can be pressed, and what it stands on.
    "accent": Tone("#0b4f8a", "#62a8e5"),
    "accent-paper": Tone("#eef4fa", "#1a2a38"),
    "on-accent": Tone("#ffffff", "#14191d"),
    # That figures are not real.
    "alert": Tone("#7a4b00", "#7a4b00"),
    "on-alert": Tone("#ffffff", "#ffffff"),
    # Verdicts and what a bar holds.
    "done": Tone("#06604a", "#2a9d7c"),
    "met": Tone("#0b5c3f", "#7fd6b2"),
    "met-paper": Tone("#e6f4ee", "#12352a"),
    "not-met": Tone("#8a3b00", "#f5b27d"),
    "not-met-paper": Tone("#fdf0e3", "#3a2512"),
    "undetermined": Tone("#0b4f8a", "#9ccbf3"),
    "undetermined-paper": Tone("#eaf2fa", "#16293a"),
    # The ground of the map: around the study area, in it, and beside a chosen unit.
    "ground": Tone("#edeeea", "#1a1f22"),
    "sea": Tone("#dbe6ec", "#10171c"),
    "area": Tone("#fffefb", "#262d31"),
    "aside": Tone("#f4f4ef", "#1f2528"),
    "land": Tone("#d5dcd3", "#343e43"),
    "coast": Tone("#b9c0bb", "#3b4449"),
    "border": Tone("#bcc5c0", "#4a555c"),
    "edge": Tone("#4d635b", "#8fa79d"),
    "glow": Tone("#4d635b29", "#8fa79d24"),
    # Waters and roads.
    "river": Tone("#c6dae5", "#2c4350"),
    "ferry": Tone("#7f99a8", "#6d8796"),
    "lane": Tone("#d9d0bf", "#474338"),
    "road": Tone("#cdbf9f", "#5a5340"),
    "highway": Tone("#b7a67f", "#7a6d4c"),
    "water-name": Tone("#4a6c7f", "#8fb6ca"),
    "road-name": Tone("#6b5f4a", "#c2b48f"),
    # Names on it, with the halo that keeps them apart from what they stand on.
    "unit-name": Tone("#36423d", "#ccd6d1"),
    "town-name": Tone("#4f5b56", "#b3bfba"),
    "far-name": Tone("#5c6863", "#95a19c"),
    "halo": Tone("#ffffffd9", "#14191dd9"),
}

# Files only: they are always light.
ACCENT, INK, PAPER, QUIET = (COLOURS[key].light for key in ("accent", "ink", "paper", "quiet"))
ALERT, FRAME, LINE, PANEL = (COLOURS[key].light for key in ("alert", "frame", "line", "panel"))
ASKED = "#fffbe6"  # a cell to fill in

RADIUS_PX = 4
PANEL_PX = 300  # of the panel at the left of every screen
FONT = '"Source Sans", "Noto Sans", "DejaVu Sans", sans-serif'
"""The letters of the app: Streamlit's own package serves them, with every Vietnamese letter."""


def theme(name: str) -> dict[str, str]:
    """Return the colours of a theme, “light” or “dark”, by what they are for."""
    return {key: getattr(tone, name) for key, tone in COLOURS.items()}


def css() -> str:
    """Return all tokens as properties of style sheets: ``var(--hg-ink)``.

    They follow the `color-scheme` of where they are used. Browsers from before 2024 do not
    know ``light-dark`` and stay light.
    """
    plain = "".join(f"--hg-{key}:{tone.light};" for key, tone in COLOURS.items())
    both = "".join(
        f"--hg-{key}:light-dark({tone.light},{tone.dark});"
        for key, tone in COLOURS.items()
        if tone.light != tone.dark
    )
    return f"{css_sizes()}:root{{{plain}}}@supports(color:light-dark(red,red)){{:root{{{both}}}}}"


def css_sizes() -> str:
    """Return what does not depend on the theme as properties of style sheets."""
    return f":root{{--hg-radius:{RADIUS_PX}px;--hg-font:{FONT}}}"


def css_font(address: str) -> str:
    """Return where a page of its own finds the letters of the app; nothing without an address."""
    if not address:
        return ""
    family = FONT.split(",", maxsplit=1)[0]
    return (
        f"@font-face{{font-family:{family};font-weight:200 900;font-display:swap;"
        f'src:url("{address}")format("woff2")}}'
    )


# What Streamlit's own options are called, and which colours they have.
STREAMLIT = {
    "primaryColor": "accent",
    "textColor": "ink",
    "backgroundColor": "paper",
    "secondaryBackgroundColor": "panel",
    "borderColor": "line",
    "linkColor": "accent",
}
