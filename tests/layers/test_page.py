"""The map page: whole in itself, the same for the same data, and deaf to hostile names."""

import json
import re
from html.parser import HTMLParser

import pytest

from geodata import leaflet
from geodata.reading.legend import legend
from layers import page

HOSTILE = (
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "\"><img src=x onerror='alert(2)'>",
    "';alert(3);//",
    "{{ 7 * 7 }} {{{ {# ${8 * 8}",
    "{% for x in y %}",
    "{{ cycler.__init__.__globals__.os.getcwd() }}",
    "line\u2028separator\u2029and\x00nul",
    "\u202eevil\u202c \u200fRTL",
    "🏭🧑‍🌾 Làng nghề",
    "Ở" * 500,
    "&lt;b&gt; &amp; \\ \\u003c",
)


class Reader(HTMLParser):
    """Collects the elements of a page and where they point."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.links, self.handlers, self.policy = [], [], [], None
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        self.tags.append(tag)
        self.links += [said[name] for name in ("src", "href", "action", "data") if said.get(name)]
        self.handlers += [name for name in said if name.startswith("on")]
        if said.get("http-equiv") == "Content-Security-Policy":
            assert "script" not in self.tags, "the policy comes before any script"
            self.policy = said["content"]


@pytest.fixture(scope="module")
def render(unit_frames, statuses, view):
    def made(sites):
        state = {"axis": "outreach", "vintage": "2025", "unit": None, "day": "day.json"}
        state |= {"kinds": None, "statuses": None, "banner": ""}
        state["legend"] = legend(sites, statuses.loc[sites.index], view)
        return page.render(sites, unit_frames, state, "../leaflet")

    return made


@pytest.fixture(scope="module")
def html(render, sites):
    return render(sites)


def columns_of(html):
    """The columns of the sites as the page's script is called with them."""
    start = html.index("hg.page(map_hau_giang, ") + len("hg.page(map_hau_giang, ")
    return json.JSONDecoder().raw_decode(html[start:])[0]


def test_nothing_points_to_another_host(html):
    namespaces = {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xhtml"}
    assert set(re.findall(r"(?:https?|wss?)://[^\s\"'<>)]*", html)) <= namespaces
    assert sorted(Reader(html).links) == ["../leaflet/leaflet.css", "../leaflet/leaflet.js"]
    assert not re.findall(r"url\((?!#)|@import|[\"'(]//\w", html)


def test_leaflet_itself_comes_from_no_other_host():
    for path in leaflet.located().values():
        assert not re.findall(r"url\([\"']?(?:https?:)?//", path.read_text("utf-8"))


def test_the_browser_is_told_to_load_from_here_only(html):
    policy = Reader(html).policy
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert set(" ".join(rules.values()).split()) <= {"'none'", "'self'", "'unsafe-inline'", "data:"}
    assert "data:" not in rules["script-src"]


def test_equal_data_makes_an_equal_page(html, render, sites):
    assert render(sites.copy()) == html


def test_other_data_makes_another_page(html, render, sites):
    renamed = sites.copy()
    renamed.loc[renamed.index[0], "name_vi"] = "x-b"
    assert render(renamed) != html


def test_the_page_is_vietnamese(html):
    assert '<html lang="vi">' in html
    assert "<title>Bản đồ" in html


def test_the_page_draws_every_site(html, sites):
    assert columns_of(html)["id"] == list(sites.index)


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_a_name_is_text_whatever_it_holds(html, render, sites, name):
    told = sites.copy()
    told["name_vi"] = name
    attacked = render(told)
    assert columns_of(attacked)["name"] == [name] * len(told)
    plain, hostile = Reader(html), Reader(attacked)
    assert (hostile.tags, hostile.links, hostile.handlers) == (plain.tags, plain.links, [])


def test_a_page_without_sites_is_still_a_map(render, sites):
    assert columns_of(render(sites.head(0)))["id"] == []


def test_a_missing_leaflet_is_told_in_a_sentence(monkeypatch):
    monkeypatch.setattr(leaflet, "PACKAGE", "no-such-package")
    with pytest.raises(leaflet.MissingLeafletError, match="no-such-package"):
        leaflet.located()
