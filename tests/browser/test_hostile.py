"""Names that look like orders – to a browser, to markdown, to a line of text – stay names."""

import csv
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from geodata import intake
from geodata.core.text import _
from geodata.store import Store
from tests.browser.screen import PHONE, Screen, overflow, plain
from tests.browser.server import Server

# A name that is changed anywhere is no longer read as it is: several orders in each.
NAMES = {
    "tag": "Chợ <img src=x onerror=alert(1)> & <b>đậm</b> </script><script>alert(2)</script>"
    " &lt;b&gt; &#60;i&#62; &amp;nbsp;",
    "quotes": "Siêu thị \"A\" 'B' `C` \\ {{ D }} ${E} A -> B <- C -- D >= E ... (c)",
    "turned": "🏭 Khu công nghiệp 👩‍🌾 Làng \u202egnort gnàl\u202c nghề",
    "long": "Dài " + "ô" * 480 + " hết dòng",
    "link": "[bấm](javascript:alert(1)) ![x](x) <https://foreign.example/a>"
    " www.foreign.example https://foreign.example/b ai@foreign.example",
    "stress": "$x^2$ $$y$$ =cmd|' /C calc'!A0 :red[x] :blue-background[y] :material/home: :smile:"
    " :streamlit: _nghiêng_ __đậm__ *a* **b** ~~c~~ ==d== # e",
}
FINDS = {
    "onerror": "tag",
    "javascript": "link",
    "x quotes": "quotes",
    "lang": "turned",
    "khu cong": "turned",
    "het dong": "long",
    "foreign": "link",
    "nghieng": "stress",
    "nbsp": "tag",
}
UNSEEN = re.compile("[\u2060\u202a-\u202e\u2066-\u2069]")


def fill(path: Path) -> None:
    """Make a store of sites with such names, one of them without a position."""
    places = [
        {
            "id": f"X-{key}",
            "kind": "supermarket",
            "name_vi": name,
            "lifecycle": "operating",
            "lat": "" if key == "long" else 9.70 + n / 50,
            "lon": "" if key == "long" else 105.5 + n / 100,
            "position_accuracy_m": 100,
            "operator": name,
            "details": name,
            "source": f"{name} https://foreign.example/)<b>",
        }
        for n, (key, name) in enumerate(NAMES.items())
    ]
    records = [
        {
            "id": f"E-{key}",
            "subject": f"X-{key}",
            "axis": "outreach",
            "kind": "held",
            "event_date": "2025-05-05",
            "recorded_at": "2025-05-06",
            "grade": "A",
            "scope": "site",
            "topic": "scp",
            "organiser": name,
            "summary_vi": name,
            "doc_no": name,
            "source_url": f"javascript:alert(3) {name}",
        }
        for key, name in NAMES.items()
    ]
    sites, evidence = path.with_name("sites.csv"), path.with_name("evidence.csv")
    for file, rows in ((sites, places), (evidence, records)):
        with file.open("w", encoding="utf-8", newline="") as lines:
            table = csv.DictWriter(lines, rows[0])
            table.writeheader()
            table.writerows(rows)
    Store(f"sqlite:///{path}").create(
        intake.read_sites(sites), intake.read_evidence(evidence, date(2025, 6, 1))
    )


@pytest.fixture(scope="module")
def hostile(serve: Callable[[Callable[[Path], None]], Server]) -> Server:
    return serve(fill)


def read(text: str) -> str:
    """Return a text as it reads: without marks that nobody sees, all blanks alike."""
    return " ".join(UNSEEN.sub("", plain(text)).split())


def expect_plain(screen: Screen) -> None:
    """Make sure that nothing on the page was made from a name."""
    for part in (screen.page, screen.map):
        for made in ("img", "a[href^='javascript:']", ".katex", "em", "del"):
            within = part.locator(f":is([data-testid=stApp], .folium-map) {made}")
            expect(within).to_have_count(0)
        expect(part.locator("script", has_text=re.compile(r"^alert\(2\)"))).to_have_count(0)


def texts(parts: Locator) -> list[str]:
    return [read(text) for text in parts.all_inner_texts()]


def test_tooltips_search_table_and_list_show_names_as_text(
    reader: Callable[..., Screen], hostile: Server
) -> None:
    screen = reader(hostile).open()
    for key, name in NAMES.items():
        if key != "long":  # it has no position
            screen.page.mouse.move(*screen.site_at(f"X-{key}"))
            expect_tooltip(screen, read(name))
    wanted = {key: read(name) for key, name in NAMES.items()}
    assert [read(screen.table_row(n)[0]) for n in range(len(wanted))] == list(wanted.values())
    lost = screen.unfold(_("Not on the map: {n}").format(n=1))
    screen.eventually(lambda: texts(lost.locator("button")), [wanted["long"]])
    for words, keys in FINDS.items():
        sites = screen.search(words).and_(screen.page.locator("[data-key^='site:']"))
        names = sites.evaluate_all("(all) => all.map((one) => one.firstChild.textContent)")
        assert {read(name) for name in names} == {wanted[key] for key in keys.split()}
    expect_plain(screen)


def test_passports_show_names_as_text(reader: Callable[..., Screen], hostile: Server) -> None:
    screen = reader(hostile, PHONE).open("?site=X-long")  # it has no position
    for key, name in sorted(NAMES.items(), key=lambda one: one[0] != "long"):
        if key != "long":
            screen.close_passport()  # on a phone it lies over the lower half of the map
            screen.click_site(f"X-{key}")
        expect_passport(screen, f"X-{key}", read(name))
        expect_plain(screen)
        assert (key, overflow(screen.page), overflow(screen.frame)) == (key, 0, 0)


def expect_tooltip(screen: Screen, name: str) -> None:
    """See a name above the site it belongs to."""
    label = screen.map.locator("#hg-label")
    expect(label).to_be_visible()
    first = label.locator("div").first
    screen.eventually(lambda: read(first.inner_text()), name)
    expect(label.locator("div *")).to_have_count(0)


def expect_passport(screen: Screen, site: str, name: str) -> None:
    """See a passport that holds a name, and nothing made of it."""
    passport = screen.passport()
    expect(passport.get_by_text(site)).to_be_visible()
    details = passport.get_by_test_id("stExpander").first
    if not details.get_by_text(_("Operator")).is_visible():
        details.locator("summary").click()
    expect(details).to_contain_text(_("Operator"))
    heading = passport.get_by_role("heading").first
    screen.eventually(lambda: read(heading.inner_text()), name)
    # Name, organiser, summary, document, operator, details.
    screen.eventually(lambda: read(passport.inner_text()).count(name), 6)
    links = passport.locator("a:not([href^='#'])")
    assert all(text.startswith(_("source")) for text in links.all_inner_texts())
