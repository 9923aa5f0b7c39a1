"""The box that finds: what it lists on a screen, and where a choice leads."""

import pytest

from geodata.register.sites import KINDS

EVIDENCE, GAPS = "pages/evidence.py", "pages/gaps.py"


@pytest.fixture
def ask(shown):
    """Type into the box; return what it lists."""

    def typed(app, text):
        app.session_state["find_box_asked"] = text
        return shown(app.run()).listed()

    return typed


@pytest.fixture
def choose(shown):
    """Choose in the list; return what is seen then."""

    def chosen(app, key):
        app.session_state["find_box_chosen"] = key
        after = shown(app.run())
        assert not after.app.exception
        return after

    return chosen


def test_nothing_is_sent_before_somebody_asks(open_app, shown):
    assert shown(open_app()).listed() == {}


def test_what_was_typed_is_listed_as_text_with_what_is_left(open_app, ask, shown):
    app = open_app()
    listed = ask(app, "vị thanh")
    assert next(iter(listed)) == "unit:2025:31321"
    assert "site:HG-ST-01" in listed
    assert listed["records:vị thanh"] == "Tìm “vị thanh” trong mọi minh chứng"
    more = {group["title"]: group["more"] for group in shown(app).list()}
    assert more == {
        "Địa bàn": "",
        "Cơ sở": "còn 12 kết quả, gõ thêm",
        "Minh chứng": "còn 8 kết quả, gõ thêm",
    }


def test_before_anything_is_typed_it_offers_units_kinds_and_what_was_chosen(open_app, ask, choose):
    app = open_app()
    kinds = [f"kind:{kind}" for kind in KINDS if kind != "convenience_store"]
    offered = list(ask(app, ""))
    assert [key for key in offered if key.startswith("kind:")] == kinds
    assert offered[0].startswith("unit:2025:")
    choose(app, "unit:legacy:934")
    choose(app, "site:HG-ST-01")
    assert list(ask(app, ""))[:2] == ["site:HG-ST-01", "unit:legacy:934"]


@pytest.mark.parametrize(
    ("start", "key", "address"),
    [
        ({}, "site:HG-ST-01", {"site": "HG-ST-01"}),
        # What hides the site gives way, what does not stays.
        ({"kinds": "craft_village"}, "site:HG-ST-01", {"site": "HG-ST-01"}),
        (
            {"kinds": "supermarket"},
            "site:HG-ST-01",
            {"kinds": "supermarket", "site": "HG-ST-01"},
        ),
        ({"site": "HG-ST-01"}, "unit:2025:31321", {"unit": "31321"}),
        ({}, "unit:legacy:930", {"unit": "930", "vintage": "legacy"}),
        ({"vintage": "legacy"}, "unit:2025:31321", {"unit": "31321", "vintage": "2025"}),
        # A legacy commune is on no map: what holds it is shown.
        ({}, "commune:31450", {"unit": "31441"}),
        ({"vintage": "legacy"}, "commune:31450", {"unit": "935", "vintage": "legacy"}),
        (
            {"unit": "31321", "site": "HG-ST-01"},
            "kind:craft_village",
            {"kinds": "craft_village"},
        ),
        ({}, "site:NOBODY", {}),
        ({}, "kind:casino", {}),
    ],
)
def test_the_map_shows_what_is_chosen(open_app, choose, start, key, address):
    assert choose(open_app(**start), key).address() == address


def test_a_site_found_twice_moves_the_map_twice(open_app, choose):
    app = open_app()
    choose(app, "site:HG-ST-01")
    told = choose(app, "site:HG-ST-01").map()["state"]["find"]
    assert told == {"site": "HG-ST-01", "turn": 2}


@pytest.mark.parametrize("key", ["record:EV-009", "records:EV-009"])
def test_a_record_is_shown_among_the_evidence(open_app, choose, key):
    after = choose(open_app(kinds="supermarket"), key)
    assert after.address() == {"kinds": "supermarket", "search": "EV-009"}
    assert "45&#47;KH&#45;UBND" in after.text()


def test_a_site_opens_on_the_map_from_a_screen_without_one(open_app, choose):
    app = open_app().switch_page(EVIDENCE).run()
    after = choose(app, "site:HG-ST-01")
    assert after.address() == {"site": "HG-ST-01"}
    assert after.map()["state"]["site"] == "HG-ST-01"


def test_the_gaps_show_a_unit_themselves_and_leave_kinds_to_the_map(open_app, choose):
    app = open_app().switch_page(GAPS).run()
    after = choose(app, "unit:2025:31321")
    assert "shades" in after.map()["state"]
    after = choose(app, "kind:supermarket")
    assert "shades" not in after.map()["state"]
    assert after.address() == {"kinds": "supermarket"}
