"""Print every page and slide small, for eyes that look for faults: ``make contact``.

All kinds of files of real data and of 300 and 3,000 simulated sites, in colour and in grey, on one
sheet a kind in ``docs/pictures``; the pages in full, which stay out of the history, in
``tests/output/contact``. Needs poppler and LibreOffice. ``ONLY=docx`` takes one kind.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

import geopandas as gpd
import pandas as pd
from PIL import Image, ImageDraw

from geodata import intake
from geodata.geography import units
from geodata.outputs.briefing.files import KINDS, ending
from geodata.outputs.field import pdf as field_pdf
from geodata.outputs.field.day import DayMaterial, UnitNames, prepare
from geodata.people.letterhead import Letterhead
from geodata.reading.briefing import Briefing, brief
from geodata.reading.imprint import Imprint
from geodata.reading.view import View
from geodata.rules import plan
from geodata.simulation import simulate

HOME = Path(__file__).parents[1]
SHEETS, PAGES = HOME / "docs" / "pictures", HOME / "tests" / "output" / "contact"
AS_OF, BEFORE = date(2024, 12, 31), date(2024, 6, 30)
IMPRINT = Imprint(
    Letterhead(body="SỞ CÔNG THƯƠNG TỈNH HẬU GIANG"),
    made_at=datetime(2025, 1, 2, 14, 5),  # noqa: DTZ001 - as the clocks in Việt Nam show it
    link="https://ban-do.example.vn/bao-cao?as_of=2024-12-31",
)
STOPS = 12
DPI, WIDE, MOST = 80, 180, 12  # of a page in full; a small page, pixels; small pages in a row
EDGE, QUALITY = 4, 45


class Data(NamedTuple):
    """Sites and evidence with what they are called."""

    name: str
    sites: gpd.GeoDataFrame
    evidence: pd.DataFrame
    simulated: bool


def main() -> None:
    """Make all files, print their pages, and join these to sheets."""
    chosen = os.environ.get("ONLY", "")
    for folder in (SHEETS, PAGES):
        folder.mkdir(parents=True, exist_ok=True)
    rows: dict[str, list[list[Image.Image]]] = {}
    for data in every():
        for kind, content in contents(data, chosen).items():
            pages = printed(content, f"{kind}-{data.name}", ending(kind.removeprefix("field-")))
            rows.setdefault(kind, []).append([small(page) for page in pages])
            sys.stdout.write(f"{kind} {data.name}: {len(pages)}\n")
    for kind, colour in rows.items():
        grey = [[page.convert("L").convert("RGB") for page in row] for row in colour]
        sheet(colour + grey).save(SHEETS / f"{kind}.webp", quality=QUALITY, method=6)


def every() -> Iterator[Data]:
    """Yield real data, and simulated data of two sizes."""
    yield Data("real", intake.shipped_sites(), intake.shipped_evidence(), simulated=False)
    blocks, legacy = units.load_blocks(), units.load_legacy_communes()
    for count in (300, 3000):
        made = simulate.simulate(blocks, legacy, plan.shipped(), count, 1)
        yield Data(str(count), *made[:2], simulated=True)


def contents(data: Data, chosen: str) -> Mapping[str, bytes]:
    """Return the files of each kind asked for."""
    briefing = briefing_of(data)
    makers = {kind: lambda kind=kind: KINDS[kind](briefing) for kind in KINDS}
    makers["field-pdf"] = lambda: field_sheets(data)
    return {kind: make() for kind, make in makers.items() if chosen in {"", kind}}


def briefing_of(data: Data) -> Briefing:
    """Return a briefing of a year beside its middle."""
    view = View(AS_OF, workspace="simulated" if data.simulated else "real", compare=BEFORE)
    made = brief(
        data.sites,
        data.evidence,
        plan.of_year(plan.shipped(), AS_OF.year),
        view,
        units=units.dissolve(units.load_blocks(), view.units_of),
        districts=sorted(units.load_legacy_communes()["district_legacy"].unique()),
        data_version="1-contact",
        compared_to=BEFORE,
    )
    return replace(made, imprint=IMPRINT)


def field_sheets(data: Data) -> bytes:
    """Return the sheets of a day."""
    blocks = units.load_blocks()
    names = UnitNames.of(
        {v.value: units.dissolve(blocks, v) for v in units.Vintage}, units.load_legacy_communes()
    )
    rules = plan.of_year(plan.shipped(), AS_OF.year)
    known = DayMaterial(data.sites, data.evidence, rules, AS_OF, names, "1-contact", data.simulated)
    chosen = list(data.sites.index[:: max(1, len(data.sites) // STOPS)][:STOPS])
    return field_pdf.render(prepare(chosen, known, address="https://ban-do.example.vn/"))


# --- pages -----------------------------------------------------------------------------------


def printed(content: bytes, name: str, kind: str) -> list[Path]:
    """Return the pages of a file as pictures; what is not a PDF is printed by LibreOffice."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"{name}.{kind}")
        path.write_bytes(content)
        if kind != "pdf":
            office = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/user"]
            run([*office, "--convert-to", "pdf", "--outdir", folder, str(path)])
        for old in PAGES.glob(f"{name}-*.png"):
            old.unlink()
        run(["pdftoppm", "-r", str(DPI), "-png", f"{folder}/{name}.pdf", str(PAGES / name)])
    return sorted(PAGES.glob(f"{name}-*.png"))


def run(words: list[str]) -> None:
    """Run a program that has to succeed, and keep quiet of it."""
    subprocess.run(words, check=True, capture_output=True)  # noqa: S603 - words of ours


def small(path: Path) -> Image.Image:
    """Return a page as it lies on a sheet."""
    page = Image.open(path).convert("RGB")
    return page.resize((WIDE, round(WIDE * page.height / page.width)), Image.Resampling.LANCZOS)


def sheet(rows: list[list[Image.Image]]) -> Image.Image:
    """Return pages in rows; of very many in a row, how many more there are is said at its end."""
    shown = [row[:MOST] for row in rows]
    heights = [max(page.height for page in row) + EDGE for row in shown]
    wide = max(map(len, shown)) * (WIDE + EDGE) + EDGE + 30
    joined = Image.new("RGB", (wide, sum(heights) + EDGE), "#8a8f94")
    top = EDGE
    for row, every_page, high in zip(shown, rows, heights, strict=True):
        for n, page in enumerate(row):
            joined.paste(page, (EDGE + n * (WIDE + EDGE), top))
        if more := len(every_page) - len(row):
            place = (EDGE + len(row) * (WIDE + EDGE), top + EDGE)
            ImageDraw.Draw(joined).text(place, f"+{more}", fill="white")
        top += high
    return joined


if __name__ == "__main__":
    main()
