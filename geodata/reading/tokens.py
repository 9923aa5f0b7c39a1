"""The look in one place: each colour by what it is for, in the light and in the dark theme.

Streamlit's theme (``.streamlit/config.toml``, held to this file by a test), the style sheets, the
map page, PDF, PPTX and workbooks take their colours, letters, distances and corners from here;
print is always light. Not here: how a site is drawn (``symbology``).
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
    "coast": Tone("#b9c0bb", "#3b4449"),
    "border": Tone("#bcc5c0", "#4a555c"),
    "edge": Tone("#4d635b", "#8fa79d"),
    "glow": Tone("#4d635b29", "#8fa79d24"),
    # Beneath the sites: waters, roads with what keeps a motorway's lines apart, the country's land.
    "water": Tone("#c6dae5", "#223845"),
    "water-area": Tone("#d3e3ec", "#1b2f3b"),
    "ferry": Tone("#7f99a8", "#5d7c8d"),
    "road": Tone("#d2c6ad", "#4b463b"),
    "motorway": Tone("#b7a67f", "#6d6248"),
    "between": Tone("#f7f1e2", "#2b2a26"),
    "land": Tone("#d5dcd3", "#37413c"),
    # Names on it, with the halo that keeps them apart from what they stand on.
    "unit-name": Tone("#36423d", "#ccd6d1"),
    "town-name": Tone("#4f5b56", "#b3bfba"),
    "water-name": Tone("#44667a", "#9cbdd0"),
    "road-name": Tone("#665a45", "#c9b992"),
    "far-name": Tone("#5c6863", "#95a19c"),
    "halo": Tone("#ffffffd9", "#14191dd9"),
}

# Files only: they are always light.
ACCENT, INK, PAPER, QUIET = (COLOURS[key].light for key in ("accent", "ink", "paper", "quiet"))
ALERT, FRAME, LINE, PANEL = (COLOURS[key].light for key in ("alert", "frame", "line", "panel"))
HATCH = COLOURS["hatch"].light
ASKED = "#fffbe6"  # a cell to fill in
UNSETTLED = "#d3dae1"  # the part of a chart that nobody can judge yet

FAMILY = "Source Sans"
"""The typeface of screens and files: Streamlit's package serves it, with all Vietnamese letters."""
FONT = f'"{FAMILY}", "Noto Sans", "DejaVu Sans", sans-serif'

# In rem, so that who asks their browser for larger letters gets them: 11, 13, 14, 16, 18, 22 and
# 30 px as browsers come.
SIZES: dict[str, float] = {
    "micro": 0.6875,  # scales, credits, the screens' names below their signs
    "small": 0.8125,  # what explains
    "compact": 0.875,  # rows, buttons and cards of the map
    "body": 1,
    "lead": 1.125,
    "title": 1.375,
    "display": 1.875,  # the answer of a screen
}
WEIGHTS: dict[str, int] = {"plain": 400, "strong": 600, "bold": 700}
LEADING: dict[str, float] = {"tight": 1.25, "loose": 1.4}
SPACES: dict[str, float] = {"1": 0.125, "2": 0.25, "3": 0.5, "4": 0.75, "5": 1, "6": 1.5, "7": 2}
RADII: dict[str, str] = {"small": "4px", "sheet": "14px", "round": "999px"}

# A slide is read from the end of a room: the same steps as parts of its width, of which a
# hundredth is 19.2 px at 1920 × 1080, where nothing may be below 20 px.
SLIDE_SIZES: dict[str, float] = {
    "micro": 1.08,
    "small": 1.25,
    "compact": 1.55,
    "body": 1.55,
    "lead": 1.7,
    "title": 2.4,
    "display": 5,
}
SLIDE_SPACES: dict[str, float] = {
    "1": 0.15,
    "2": 0.3,
    "3": 0.5,
    "4": 0.8,
    "5": 1.2,
    "6": 1.6,
    "7": 2.2,
}

SLIDE_LEADING = 1.35

# Names drawn on the map, in pixels at the zoom of the whole province, and their weight.
LETTERING: dict[str, tuple[int, int]] = {
    "district": (13, 600),
    "unit": (12, 500),
    "city": (13, 600),
    "town": (12, 400),
    "place": (11, 400),
    "way": (12, 400),
    "site": (12, 500),
    "beyond": (11, 500),
}
LEAST_PX = 11  # no letter on a screen is smaller

PANEL_PX = 300  # of the panel at the left of every screen
BAR_REM, FOOT_REM = 3.75, 3.5  # the bar with the screens: as high as Streamlit's; on a phone


def theme(name: str) -> dict[str, str]:
    """Return the colours of a theme, “light” or “dark”, by what they are for."""
    return {key: getattr(tone, name) for key, tone in COLOURS.items()}


def faces(regular: str, bold: str) -> str:
    """Return where a page finds the typeface: addresses of two WOFF files."""
    weights = {regular: "400 500", bold: "600 900"}
    return "".join(
        f'@font-face{{font-family:"{FAMILY}";font-weight:{weight};font-display:swap;'
        f'src:url("{address}")format("woff")}}'
        for address, weight in weights.items()
    )


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
    sizes = {
        "font": FONT,
        "panel-width": f"{PANEL_PX}px",
        "bar-height": f"{BAR_REM}rem",
        "foot-height": f"{FOOT_REM}rem",
        **{f"size-{name}": f"{size}rem" for name, size in SIZES.items()},
        **{f"weight-{name}": str(weight) for name, weight in WEIGHTS.items()},
        **{f"leading-{name}": str(height) for name, height in LEADING.items()},
        **{f"space-{name}": f"{space}rem" for name, space in SPACES.items()},
        **{f"radius-{name}": radius for name, radius in RADII.items()},
    }
    return _root(sizes)


def css_slide() -> str:
    """Return the sizes of a slide, by the names that they have elsewhere."""
    steps = {"size": SLIDE_SIZES, "space": SLIDE_SPACES}
    sizes = {
        f"{what}-{name}": f"calc({part}*var(--u))"
        for what, scale in steps.items()
        for name, part in scale.items()
    }
    others = {"leading-loose": str(SLIDE_LEADING), "radius-small": "calc(.4*var(--u))"}
    return _root({**sizes, **others})


def _root(values: dict[str, str]) -> str:
    """Return properties that hold everywhere in a page."""
    return f":root{{{''.join(f'--hg-{name}:{value};' for name, value in values.items())}}}"


def css_font(address: str) -> str:
    """Return where a page of its own finds the letters of the app; nothing without an address."""
    if not address:
        return ""
    return (
        f'@font-face{{font-family:"{FAMILY}";font-weight:200 900;font-display:swap;'
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
# The sizes of Streamlit's six headings, on the page and in its panel.
HEADINGS = ("title", "title", "lead", "lead", "lead", "body")
PANEL_HEADINGS = ("title", "title", "title", "lead", "body", "compact")
