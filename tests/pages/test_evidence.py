"""The screen of evidence: all that is public and nothing else, found and filtered by address."""

import re
from pathlib import Path

import pytest
import streamlit as st

from geodata.core.text import _
from geodata.people.access import Person
from geodata.store import SIMULATED
from pages.parts.evidence import cards, filters
from pages.parts.shared import access
from tests.pages.conftest import HIDDEN, PRIVATE
from tests.pages.opening import screen_at

SCREEN = "pages/evidence.py"
HOME = Path(__file__).parents[2]


@pytest.fixture
def open_evidence(store_path):  # noqa: ARG001 - the app opens it
    """Open the screen at an address."""

    def run(**query):
        app = screen_at("evidence", **query).run()
        assert not app.exception
        return app

    return run


def ids(app):
    """The records shown, by the end of each card."""
    return [
        match[1]
        for caption in app.caption
        if (match := re.match(r"\u2068((?:EV|T|SIM&#45;EV)&#45;\d+)\u2069", str(caption.value)))
    ]


def sentence(app):
    """The answer: of how many sites there is evidence, and how many records that is."""
    head = next(at for at, m in enumerate(app.markdown) if str(m.value).startswith("### "))
    return " – ".join(str(m.value) for m in app.markdown[head : head + 2])


def test_the_public_records_are_listed_the_newest_first(open_evidence):
    app = open_evidence()
    assert len(ids(app)) == 50
    assert ids(app)[0] == "EV&#45;049"
    assert "51 bản ghi minh chứng" in sentence(app)
    assert any("1 bản ghi nói về cơ sở không công khai" in str(c.value) for c in app.caption)


def test_nothing_private_reaches_the_browser(open_evidence, shown):
    for query in ({}, {"rows": "100"}, {"search": PRIVATE.summary}, {"subject": HIDDEN}):
        app = open_evidence(**query)
        sent = shown(app).payload().decode(errors="replace")
        if "search" not in query and "subject" not in query:
            assert HIDDEN not in sent
        secrets = {**vars(PRIVATE)}
        if "search" in query:
            secrets.pop("summary")  # what was asked for stands in the search itself
            assert not ids(app)
        assert [secret for secret in secrets.values() if secret in sent] == []


def test_the_office_sees_every_record_and_the_same_sentence(open_evidence, monkeypatch):
    public = sentence(open_evidence())
    lan = Person("lan@example.vn", "Lan", frozenset({"steward"}))
    monkeypatch.setenv("HG_MODE", "steward")
    monkeypatch.setattr(access, "person", lambda: lan)
    st.cache_resource.clear()  # one process serves one of the two
    try:
        app = open_evidence(subject=HIDDEN)
        assert ids(app) == ["T&#45;2"]
        assert sentence(app) == public
    finally:
        st.cache_resource.clear()


def test_a_search_and_filters_stand_in_the_address_and_narrow_the_list(open_evidence, shown):
    app = open_evidence(search="vi thanh", grades="C")
    assert app.text_input(key="w_record_text").value == "vi thanh"
    few = ids(app)
    assert 0 < len(few) < 10
    app.multiselect(key="w_record_years").set_value(["2023"]).run()
    assert 0 < len(ids(app)) < len(few)
    assert shown(app).address() == {"search": "vi thanh", "grades": "C", "years": "2023"}
    app.button(key="w_record_clear").click().run()
    assert shown(app).address() == {}
    assert len(ids(app)) == 50


def test_the_way_to_another_screen_and_back_keeps_the_choice(open_evidence):
    app = open_evidence(grades="A")
    before = ids(app)
    app.switch_page("pages/method.py").run()
    app.query_params["grades"] = "A"  # as the way back has it
    app.switch_page(SCREEN).run()
    assert ids(app) == before


def test_more_is_shown_when_asked_for(open_evidence, shown):
    app = open_evidence(workspace=SIMULATED)
    assert len(ids(app)) == 50
    app.button(key="w_record_more").click().run()
    assert len(ids(app)) == 100
    assert shown(app).address()["rows"] == "100"


def test_where_nothing_matches_it_says_what_to_do(open_evidence):
    app = open_evidence(search="zzzz")
    assert ids(app) == []
    assert app.info[0].value == _(
        "No record matches; search for one word of it, or remove a filter."
    )
    app.button(key="w_record_none").click().run()
    assert len(ids(app)) == 50


def test_what_the_address_cannot_mean_is_said(open_evidence):
    app = open_evidence(grades="Z", subject="HG-XX-99", rows="many")
    assert len(app.warning) == 3
    assert len(ids(app)) == 50


def test_a_site_leads_to_its_passport_with_the_same_choices(open_evidence, shown):
    app = open_evidence(search="12/bc-sct", as_of="2025-03-01")
    links = [e.proto.query_string for e in shown(app).elements if e.type == "page_link"]
    assert "as_of=2025-03-01&site=HG-ST-01" in links


def test_the_files_hold_all_that_the_choice_leaves(open_evidence, monkeypatch):
    seen = []
    monkeypatch.setattr(cards.sorted_list, "files", lambda table, *_rest: seen.append(table()))
    open_evidence(grades="D")
    (table,) = seen
    assert len(table) == 20
    assert set(table[_("Why it does not count")].str.len() > 0) == {True}


def test_what_is_not_known_is_said_with_its_reason(open_evidence):
    app = open_evidence()
    text = "\n".join(str(m.value) for m in app.markdown)
    assert _("Targets of which nothing can be concluded yet") in text
    assert _("Where one paper would change most") in text
    assert len(re.findall(r"(?m)^\d\. \*\*", text)) == 3


def test_of_too_many_sites_only_the_chosen_one_is_offered(open_evidence, monkeypatch):
    monkeypatch.setattr(filters, "_MOST_SUBJECTS", 1)
    chooser = open_evidence(subject="HG-ST-01").selectbox(key="w_record_subject")
    every = chooser.options
    assert chooser.help == _("Of so many sites none is listed here: the search finds each.")
    assert "Co.opmart Vị Thanh" in every
    assert len(every) == 10  # with the province, seven districts, and all of them
