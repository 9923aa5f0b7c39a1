"""The site as a folder: whole, public, the figures of the screens, in both languages."""

import io
import os
import re
import shutil
import zipfile
from html.parser import HTMLParser

import pytest
from markupsafe import escape

from geodata.core.errors import WrongCallError
from geodata.core.files import OutputError
from geodata.core.text import LANGUAGES, _, catalogue, speaking
from geodata.outputs.open import formats
from geodata.reading import board
from geodata.reading.glossary import FIGURES, SITE, glossary
from geodata.reading.labels import kind_label, status_label
from geodata.reading.passport import passport
from geodata.reading.passport_words import standing_text
from layers.site import build, downloads, leaf, sites, units
from layers.site import map as map_page
from layers.site.checked import FIRST_VIEW, LISTING, Faulty, faults, first_view
from tests.canaries import ANSWER, CALLED_OFF
from tests.layers.site.conftest import HOSTILE, HOSTILE_SITE
from tests.pages.conftest import HIDDEN

EMPTY = {
    "br",
    "hr",
    "img",
    "input",
    "link",
    "meta",
    "path",
    "polygon",
    "polyline",
    "rect",
    "circle",
}


class Texts(HTMLParser):
    """Collects what a page says, with the language each text is said to be in."""

    def __init__(self, html):
        super().__init__()
        self.open, self.texts = [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        if tag not in EMPTY:
            before = self.open[-1][1] if self.open else ""
            self.open.append((tag, dict(attrs).get("lang") or before))

    def handle_startendtag(self, tag, attrs):
        """Nothing is written in it."""

    def handle_endtag(self, tag):
        while self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if data.strip() and self.open[-1][0] not in {"script", "style"}:
            self.texts.append((self.open[-1][1], " ".join(data.split())))

    def __str__(self):
        return " ".join(text for _lang, text in self.texts)


def said(files, path):
    return Texts(files[path].decode())


def pages(files):
    return [path for path in files if path.endswith(".html")]


def words_of(path, content):
    """All that can be read in a file."""
    if path.endswith(".xlsx"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return b"\n".join(archive.read(name) for name in archive.namelist())
    return content


def test_it_has_no_fault(site):
    assert faults(site) == []


@pytest.mark.parametrize("path", ["index.html", "en/index.html"])
def test_the_first_view_is_light(site, path):
    assert 60_000 < first_view(site, path) <= FIRST_VIEW


@pytest.mark.parametrize("path", ["index.html", "en/index.html"])
def test_the_map_is_asked_for_while_its_page_is_on_its_way(files, path):
    head, body = files[path].decode().split("<body>", 1)
    early = set(re.findall(r'<link rel="preload" as="script" href="([^"]+)"', head))
    assert set(re.findall(r'<script src="([^"]+)"', body)) <= early
    assert len(early) == 3


def test_nothing_private_is_in_any_file(files, canaried_store):
    every = {path: words_of(path, content) for path, content in files.items()}
    assert any(CALLED_OFF.encode() in content for content in every.values())
    leaks = [(p, c) for p, text in every.items() for c in canaried_store[1] if c.encode() in text]
    assert leaks == []


def test_each_public_site_and_each_unit_has_a_page_in_both_languages(files, edition):
    wanted = {leaf.site_path(site) for site in edition.sites.index}
    wanted |= {leaf.unit_path(v, c) for v, frame in edition.frames.items() for c in frame.index}
    for spoken in LANGUAGES:
        assert {leaf.prefix(spoken) + path for path in wanted} <= set(files)
    assert HIDDEN not in edition.sites.index
    assert len(wanted) == len(edition.register) - 1 + 36


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_the_board_is_that_of_the_briefing(files, edition, spoken):
    text = str(said(files, leaf.prefix(spoken) + leaf.TARGETS))
    with speaking(spoken):
        made = edition.briefing()
        assert board.tally(made.results) in text
        assert all(sentence in text for sentence in made.findings)
        assert all(line.counted in text for line in made.board if line.verdict)


def test_a_page_of_a_site_says_what_its_passport_says(files, edition):
    for site in edition.sites.index:
        text = str(said(files, leaf.site_path(site)))
        one = passport(site, edition.sites, edition.evidence, edition.plan, edition.view.as_of)
        assert kind_label(one.site["kind"]) in text
        for finding in one.findings:
            assert standing_text(finding) in text
            assert finding.rule in text
            assert all(record in text for record in finding.records["id"])


def test_a_page_of_a_site_has_the_answers_and_the_way_to_report(files):
    page = files[f"co-so/{CALLED_OFF}.html"].decode()
    assert ANSWER in page
    assert "Chưa trả lời: 1" in page
    assert f'href="https://app.example.vn/?site={CALLED_OFF}&amp;report=1"' in page
    english = files[f"en/co-so/{CALLED_OFF}.html"].decode()
    assert "Not answered yet: 1" in english
    assert f"?site={CALLED_OFF}&amp;report=1&amp;lang=en" in english


def test_the_legend_counts_all_sites_in_every_unit(edition):
    unit = edition.register["commune_2025"]
    for code in [None, *unit.dropna().unique()]:
        shown = map_page.scene(edition, "outreach", code, ())
        n = sum(row["count"] for group in shown["groups"] for row in group["rows"])
        assert n == (len(unit) if code is None else int((unit == code).sum()))


def test_the_list_has_all_that_the_map_has(files, edition):
    html = files[leaf.LIST].decode()
    assert set(re.findall(r'<tr id="([^"]+)"', html)) == set(edition.sites.index)
    text = str(said(files, leaf.LIST))
    assert all(status_label("outreach", s) in text for s in edition.status["outreach"].unique())


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_every_text_is_in_the_language_of_its_page(files, spoken):
    vietnamese = catalogue()
    foreign = set(vietnamese) if spoken == "vi" else set(vietnamese.values())
    foreign -= set(vietnamese) & set(vietnamese.values())
    for path in pages(files):
        if path.startswith("en/") == (spoken == "en"):
            texts = {text for lang, text in said(files, path).texts if lang == spoken}
            assert texts & foreign == set(), path
            assert f'<html lang="{spoken}">' in files[path].decode()


def test_a_hostile_name_stays_text(files):
    for path in pages(files):
        html = files[path].decode()
        assert "<script>alert" not in html
        assert "<img src=x" not in html
    assert HOSTILE in str(said(files, leaf.site_path(HOSTILE_SITE)))
    assert "</script><" not in files["tep/tim-vi.js"].decode()  # a file of its own: no markup


def test_no_page_but_the_map_has_a_script_or_style_of_its_own(files):
    for path in pages(files):
        html = files[path].decode()
        if not path.endswith(leaf.MAP):
            assert not re.search(r"<style|\sstyle=|\son\w+=", html), path
            assert f'content="{leaf.POLICY}"'.replace("'", "&#39;") in html, path


def test_the_chief_pages_alone_have_a_code_of_their_address(files):
    coded = {path for path, page in files.items() if path.endswith("html") and b"<figure>" in page}
    chief = {"gioi-thieu.html", leaf.TARGETS}
    assert chief <= coded
    assert not any("/" in path.removeprefix("en/") or path.endswith("404.html") for path in coded)


@pytest.mark.parametrize("folder", ["", "en/"])
@pytest.mark.parametrize(
    ("page", "terms"),
    [
        (leaf.TARGETS, FIGURES),
        ("don-vi/legacy-930.html", FIGURES),
        (leaf.RECORDS, SITE),
        ("co-so/HG-MH-01.html", ("stage", *SITE)),
        ("co-so/HG-ST-01.html", ("outreach", "compliance", *SITE)),
    ],
)
def test_a_page_explains_the_terms_that_it_uses(files, folder, page, terms):
    html = files[folder + page].decode()
    with speaking("en" if folder else "vi"):
        for term, meaning in glossary(*terms):
            assert f"<dt>{escape(term)}</dt><dd>{escape(meaning)}</dd>" in html


def test_of_many_sites_each_stands_in_the_table_of_one_unit(edition, monkeypatch):
    monkeypatch.setattr(sites, "MOST_PAGES", 10)
    rows = [row["id"] for page in units.pages(edition) for row in page.content["rows"]]
    somewhere = edition.sites[["commune_2025", "district_legacy"]].notna().any(axis=1)
    assert sorted(rows) == sorted(edition.sites.index[somewhere.to_numpy()])
    old = next(page for page in units.pages(edition) if "legacy-" in page.path)
    assert old.content["elsewhere"]
    words = _(
        "There are too many sites for one table: they stand in those of the units on the map."
    )
    assert words in leaf.rendered(old, edition)


# --- looking over: each thing that can be wrong is noticed ---------------------------------------


def break_link(folder):
    page = folder / leaf.HELP
    page.write_text(page.read_text("utf-8").replace("phuong-phap.html", "mat.html"), "utf-8")


def add_file(folder):
    (folder / "ghi-chu.txt").write_text("x", "utf-8")


def add_column(folder):
    table = folder / "data/sites.csv"
    text = table.read_text("utf-8-sig").replace("id,", "id,contact_phone,", 1)
    table.write_text(text, "utf-8-sig")


def load_foreign(folder):
    page = folder / leaf.ABOUT
    page.write_text(page.read_text("utf-8") + '<script src="https://x.vn/a.js"></script>', "utf-8")


def lose_file(folder):
    (folder / "data/sites.geojson").unlink()


def grow(folder):
    (folder / "tep/map.js").write_bytes(os.urandom(300_000))


def test_each_fault_is_named(site, tmp_path):
    folder = tmp_path / "site"
    shutil.copytree(site, folder)
    for damage in (break_link, add_file, add_column, load_foreign, lose_file, grow):
        damage(folder)
    said = "\n".join(faults(folder))
    for name in ("mat.html", "ghi-chu.txt", "contact_phone", "https://x.vn/a.js"):
        assert name in said
    assert re.search(r"^data/sites\.geojson: .*(thiếu|missing)", said, re.MULTILINE), said
    assert re.search(r"^tep/map\.js: ", said, re.MULTILINE)
    assert re.search(r"^index\.html: .*\d{6} ", said, re.MULTILINE), said


# --- its place ---------------------------------------------------------------------------------


def one_page(_edition):
    yield "index.html", b"<p>new</p>"


def cut_short(_edition):
    yield "index.html", b"<p>new</p>"
    raise OSError(28, "no space")


def test_what_was_not_written_whole_is_not_there(edition, tmp_path, monkeypatch):
    folder = tmp_path / "site"
    monkeypatch.setattr(build, "_files", one_page)
    build.publish(edition, folder)
    before = (folder / LISTING).read_bytes()
    monkeypatch.setattr(build, "_files", cut_short)
    with pytest.raises(OutputError, match="site"):
        build.publish(edition, folder)
    assert (folder / LISTING).read_bytes() == before
    assert list(tmp_path.iterdir()) == [folder]


def test_what_is_looked_over_and_faulty_takes_no_place(files, edition, tmp_path, monkeypatch):
    tables = [(path, content) for path, content in files.items() if path.endswith(".csv")]
    lost = ("index.html", b'<a href="lost.html">')
    monkeypatch.setattr(build, "_files", lambda _edition: iter([*tables, lost]))
    with pytest.raises(Faulty, match=r"lost\.html"):
        build.publish(edition, tmp_path / "site", verify=True)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_of_somebody_else_is_left_alone(edition, tmp_path):
    (tmp_path / "thu.txt").write_text("x", "utf-8")
    with pytest.raises(WrongCallError, match=re.escape(str(tmp_path))):
        build.publish(edition, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thu.txt"]


def test_an_earlier_edition_is_replaced_whole(edition, tmp_path, monkeypatch):
    folder = tmp_path / "site"
    monkeypatch.setattr(
        build, "_files", lambda _edition: iter([("index.html", b"old"), ("a.html", b"")])
    )
    build.publish(edition, folder)
    monkeypatch.setattr(build, "_files", one_page)
    build.publish(edition, folder)
    assert sorted(path.name for path in folder.iterdir()) == [LISTING, "index.html"]


def test_equal_data_on_an_equal_day_makes_equal_files(files, edition):
    again = downloads.files(edition)  # at another moment than those of the site
    assert [n for n, (_title, held) in again.items() if held != files[leaf.DATA + n]] == []


@pytest.mark.parametrize("kind", ["xlsx", "geojson", "kml", "gpkg"])
def test_the_page_of_downloads_says_when_any_format_lacks_a_long_table(edition, monkeypatch, kind):
    assert not downloads.page(edition, {}).content["fewer"]
    monkeypatch.setitem(formats.MOST_ROWS, kind, len(edition.sites))  # there are more records
    assert downloads.page(edition, {}).content["fewer"]
