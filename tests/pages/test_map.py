"""The map's screen: what it shows, what its widgets change, and what it never gives away."""

import html
import re
from datetime import date

import pandas as pd
import pytest

from geodata import intake
from geodata.core.clock import today
from geodata.core.names import unaccent
from geodata.core.text import _
from geodata.reading.labels import axis_label, status_label
from geodata.reading.view import usual_day
from geodata.register import sites
from geodata.rules.plan import shipped
from pages.parts.shared import data
from tests.entering import entered

HIDDEN = "HG-ST-02"
EVERY = len(intake.shipped_sites())
PUBLIC = EVERY - 1  # the test store keeps one of them private


def one_sentence(messages):
    (message,) = (html.unescape(element.value) for element in messages)
    assert unaccent(message) != message.lower()
    assert "Traceback" not in message
    return message


def counts(shown):
    rows = [row for group in shown.map()["state"]["legend"]["groups"] for row in group["rows"]]
    return {row["key"]: row["count"] for row in rows}


# --- opening -------------------------------------------------------------------------------


def test_it_opens_with_the_number_of_sites_and_the_day(open_app, shown):
    app = open_app(paint="statuses")
    assert not app.exception
    assert not app.error
    assert not app.warning
    (heading,) = (line.value for line in app.markdown if "chốt ngày" in line.value)
    assert f"**{EVERY} cơ sở**" in heading
    assert f"chốt ngày **{usual_day(shipped(), today()):%d/%m/%Y}**" in heading
    assert sum(counts(shown(app)).values()) == EVERY
    assert len(app.dataframe[0].value) == PUBLIC


def test_beside_an_earlier_day_stands_no_evidence_of_a_later_one(open_app):
    app = open_app(as_of="2024-06-30", paint="kinds")
    heads = [line.value for line in app.sidebar.markdown if " · hạng " in line.value]
    days = [day[::-1] for day in re.findall(r"(\d\d)/(\d\d)/(\d{4})", " ".join(heads))]
    assert len(heads) == 3
    assert max(days) <= ("2024", "06", "30")


def test_the_usual_view_has_a_short_address(open_app, shown):
    assert shown(open_app()).address() == {}


def test_sites_without_a_position_are_listed(open_app):
    labels = [expander.label for expander in open_app().sidebar.expander]
    register = intake.shipped_sites()
    lost = (~sites.placed(register) | (register.index == HIDDEN)).sum()
    assert f"Chưa có trên bản đồ: {lost}" in labels


# --- choices -------------------------------------------------------------------------------


def paint(app):
    return app.button_group(key="w_axis").set_value("kinds")


def axis(app):
    return app.button_group(key="w_axis").set_value("compliance")


def kinds(app):
    return app.multiselect(key="w_kinds").set_value(["supermarket", "craft_village"])


def statuses(app):
    return app.multiselect(key="w_statuses").set_value(["no-data"])


def unit(app):
    return app.selectbox(key="w_unit").set_value("31321")


def vintage(app):
    return app.selectbox(key="w_vintage").set_value("legacy")


def as_of(app):
    return app.date_input(key="w_as_of").set_value(date(2024, 12, 31))


def plan(app):
    return app.selectbox(key="w_plan").set_value(2024)


def workspace(app):
    return app.radio(key="w_workspace").set_value("simulated")


@pytest.mark.parametrize(
    ("choose", "address", "told"),
    [
        (paint, {"paint": "kinds"}, {"axis": "entry", "statuses": None}),
        (axis, {"axis": "compliance", "paint": "statuses"}, {"axis": "compliance"}),
        (
            kinds,
            {"kinds": "supermarket,craft_village"},
            {"kinds": ["supermarket", "craft_village"]},
        ),
        (statuses, {"statuses": "no-data", "paint": "statuses"}, {"statuses": ["no-data"]}),
        (unit, {"unit": "31321"}, {"unit": "31321"}),
        (vintage, {"vintage": "legacy"}, {"vintage": "legacy"}),
        (as_of, {"as_of": "2024-12-31"}, {"vintage": "legacy"}),
        (plan, {"plan": "2024"}, {}),
        (workspace, {"workspace": "simulated"}, {}),
    ],
)
def test_a_choice_changes_the_map_and_the_address_which_restores_it(
    open_app, shown, choose, address, told
):
    start = {"paint": "statuses"} if "paint" in address else {}
    before = shown(open_app(**start))
    after = shown(choose(open_app(**start)).run())
    assert not after.app.exception
    assert after.address() == address
    state = after.map()["state"]
    assert {name: state[name] for name in told} == told
    assert (before.map(), before.text()) != (after.map(), after.text())
    assert (before.map()["page"] == after.map()["page"]) == (choose is not workspace)
    again = shown(open_app(**address))  # in a fresh browser
    assert (again.map(), again.text()) == (after.map(), after.text())
    assert not again.app.warning


def test_a_kind_that_is_chosen_away_leaves_counts_that_add_up(open_app, shown):
    app = kinds(open_app(paint="statuses")).run()
    drawn = len(app.dataframe[0].value)
    assert sum(counts(shown(app)).values()) == drawn + 1 < PUBLIC  # one shop has no name


def test_the_plan_of_a_later_year_falls_away_with_an_earlier_day(open_app, shown):
    app = open_app(plan="2025")
    app = as_of(app).run()
    assert not app.error
    assert shown(app).address() == {"as_of": "2024-12-31"}


def test_statuses_of_one_axis_fall_away_with_the_other(open_app, shown):
    after = shown(axis(open_app(statuses="reached")).run())
    assert after.address() == {"axis": "compliance", "paint": "statuses"}


def test_a_unit_falls_away_with_its_vintage(open_app, shown):
    assert shown(vintage(open_app(unit="31321")).run()).address() == {"vintage": "legacy"}


# --- addresses that cannot be followed -----------------------------------------------------


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("axis", "money"),
        ("kinds", "casino"),
        ("as_of", "yesterday"),
        ("known_at", "2999-12-31"),
        ("unit", "999"),
        ("workspace", "secret"),
        ("site", "HG-ST-99"),
        ("site", HIDDEN),  # answered like one that is not there
    ],
)
def test_a_wrong_address_gets_one_sentence_and_the_usual_map(open_app, shown, name, text):
    app = open_app(**{name: text}, paint="statuses")
    assert text in one_sentence(app.warning)
    assert shown(app).address() == {"paint": "statuses"}
    assert sum(counts(shown(app)).values()) == EVERY


def test_the_sentence_goes_with_the_next_choice(open_app):
    assert not axis(open_app(kinds="casino")).run().warning


def test_a_missing_store_says_what_to_do(open_app, store_path, seen_from):
    seen_from(None)
    store_path.unlink()
    app = open_app()
    assert "python -m geodata init" in one_sentence(app.error)
    assert not app.exception
    assert not store_path.exists()


def test_a_broken_store_says_what_to_do(open_app, store_path, seen_from):
    seen_from(None)
    store_path.write_bytes(b"no database at all " * 300)
    app = open_app()
    sentence = one_sentence(app.error)
    assert store_path.name in sentence
    assert str(store_path.parent) not in sentence  # where it lies is nobody's concern
    assert not app.exception


@pytest.mark.usefixtures("real_only")
def test_a_workspace_that_is_not_there_gives_way_to_the_real_one(open_app, shown):
    app = open_app(workspace="simulated")
    assert "simulated" in one_sentence(app.warning)
    assert shown(app).address() == {}
    assert not app.radio


# --- workspaces ----------------------------------------------------------------------------


def test_simulated_data_says_so_above_the_map_and_on_it(open_app, shown):
    of = shown(open_app(workspace="simulated"))
    assert "MÔ PHỎNG" in of.text()
    assert "MÔ PHỎNG" in of.map()["state"]["banner"]


def test_real_data_carries_no_banner(open_app, shown):
    of = shown(open_app())
    assert "MÔ PHỎNG" not in of.text()
    assert of.map()["state"]["banner"] == ""


def test_the_workspaces_have_nothing_in_common_on_the_map(open_app, shown):
    real, simulated = (shown(open_app(workspace=w)).map() for w in ("real", "simulated"))
    assert real["page"] != simulated["page"]
    assert real["state"]["day"] != simulated["state"]["day"]


def test_new_evidence_is_seen_at_the_next_look(open_app, shown, store):
    app = open_app(as_of="2024-12-31", plan="2024", paint="statuses")
    before = counts(shown(app))
    snapshot = store.load("real")
    record = snapshot.evidence[snapshot.evidence["id"] == "T-1"]
    entered(store, record.assign(id="T-9", subject="HG-ST-03"))
    after = counts(shown(app.run()))
    assert after["reached"] == before["reached"] + 1
    assert sum(after.values()) == sum(before.values())


# --- passport and search -------------------------------------------------------------------


def test_the_passport_of_a_site_shows_its_status_and_the_evidence_behind_it(open_app, shown):
    said = shown(open_app(site="HG-ST-01", as_of="2024-12-31")).text()
    assert status_label("outreach", "reached") in said
    assert status_label("compliance", "no-data") in said
    for part in ("01/05/2024", "Sở Công Thương", "12&#47;BC&#45;SCT", "T&#45;1"):
        assert part in said


def test_a_passport_shows_what_was_known_at_its_date(open_app, shown):
    before, after = (
        shown(open_app(site="HG-ST-01", as_of=day)).text() for day in ("2024-04-30", "2024-05-02")
    )
    late = "Sau ngày chốt số liệu"
    assert before.count(late) == after.count(late) + 1  # of 01/05/2024
    assert status_label("outreach", "reached") not in before
    assert status_label("outreach", "reached") in after


@pytest.mark.parametrize("kind", sorted(set(intake.shipped_sites()["kind"])))
def test_a_passport_of_every_kind_says_where_it_stands_on_its_axes(open_app, shown, kind):
    register = intake.shipped_sites().drop(HIDDEN)
    site = register.index[register["kind"] == kind][0]
    text = shown(open_app(site=site)).text()
    for axis in ("stage",) if kind == "pilot_model" else ("outreach", "compliance"):
        assert axis_label(axis) in text
    assert _("From 01/07/2025") in text  # below both


def test_a_passport_can_be_closed(open_app, shown):
    app = open_app(site="HG-ST-01")
    button = next(b for b in app.button if b.label == "Đóng hồ sơ")
    assert shown(button.click().run()).address() == {}


# --- what stays in the office --------------------------------------------------------------

VIEWS = [
    {},
    {"site": "HG-ST-01", "as_of": "2024-12-31"},
    {"site": HIDDEN},
    {"axis": "compliance", "kinds": "supermarket"},
]


@pytest.mark.usefixtures("store_path")
@pytest.mark.parametrize("frame", ["sites", "evidence"])
def test_what_is_private_is_not_even_read_for_the_screens(private, frame):
    held = getattr(data.data("real"), frame).to_csv()
    assert "HG-ST-01" in held
    assert [secret for secret in vars(private).values() if secret in held] == []


@pytest.mark.parametrize("query", VIEWS, ids=str)
def test_nothing_private_is_in_any_element_or_file(given_away, private, query):
    asked_for = query.get("site") == HIDDEN  # then the address itself names it
    secrets = (*vars(private).values(), *(() if asked_for else (HIDDEN,)))
    assert given_away(secrets, **query) == []


def test_a_private_site_cannot_be_found_or_opened(open_app, shown, private):
    app = open_app(site=HIDDEN)
    assert not [b for b in app.button if b.label == "Đóng hồ sơ"]
    for asked in (private.name, HIDDEN, private.contact_name, private.source_note):
        app.session_state["find_box_asked"] = asked
        assert f"site:{HIDDEN}" not in shown(app.run()).listed()
    app.session_state["find_box_chosen"] = f"site:{HIDDEN}"
    assert shown(app.run()).address() == {}


def test_how_many_sites_are_counted_without_a_name_is_said(open_app, shown):
    app = open_app()
    assert any("trong đó 1 cơ sở không nêu tên" in line.value for line in app.markdown)
    notes = shown(app).map()["state"]["legend"]["notes"]
    assert "Trong đó 1 cơ sở được tính nhưng không nêu tên" in notes


# --- what is where -------------------------------------------------------------------------


def test_of_little_known_the_map_opens_on_what_is_where(open_app, shown):
    seen = shown(open_app())
    said = f"{EVERY} cơ sở trong danh mục; mới "
    assert any(said in line.value for line in seen.app.markdown)
    legend = seen.map()["state"]["legend"]
    assert sum(row["count"] for row in legend["things"]) == EVERY
    assert legend["groups"] == []
    assert "chưa biết không có nghĩa là chưa làm" in seen.text()
    assert "Minh chứng mới nhất" in seen.text()


def test_of_much_known_it_opens_on_the_statuses(open_app, shown):
    seen = shown(open_app(workspace="simulated"))
    assert seen.map()["state"]["axis"] == "outreach"
    assert seen.address() == {"workspace": "simulated"}


def test_a_kind_pressed_in_the_legend_leaves_the_others_counted(open_app, shown):
    told = shown(open_app(kinds="craft_village")).map()["state"]
    assert sum(row["count"] for row in told["legend"]["things"]) == EVERY
    assert told["kinds"] == ["craft_village"]


# --- which day, and what was known by when -------------------------------------------------


def test_outside_every_plan_the_latest_is_seen_on_its_last_day_and_today_in_one_click(
    open_app, shown, clock
):
    clock(date(2026, 3, 1))
    app = open_app()
    said = shown(app).text()
    assert "Hôm nay ngoài mọi kế hoạch; đang xem Kế hoạch 66/KH-UBND tại ngày 31/12/2025" in said
    assert "chốt ngày **31/12/2025**" in said
    after = shown(app.button(key="w_today").click().run())
    assert after.address() == {"as_of": "2026-03-01"}
    closed = "Kế hoạch 66/KH-UBND chốt ngày 31/12/2025; bản đồ cho thấy tình trạng ngày 01/03/2026"
    assert closed in after.text()


def test_within_a_plan_today_is_seen_and_nothing_more_is_said(open_app, shown, clock):
    clock(date(2025, 8, 31))
    said = shown(open_app()).text()
    assert "chốt ngày **31/08/2025**" in said
    assert "ngoài mọi kế hoạch" not in said
    assert "bản đồ cho thấy" not in said


def test_a_cleared_date_is_the_usual_one(open_app, shown):
    app = open_app(as_of="2024-12-31")
    app = app.date_input(key="w_as_of").set_value(None).run()
    assert shown(app).address() == {}


def test_a_lit_axis_clicked_again_stays(open_app, shown):
    app = open_app(axis="compliance")
    app = app.button_group(key="w_axis").set_value(None).run()
    assert shown(app).address() == {"axis": "compliance"}
    assert not app.exception


def test_what_was_known_then_is_one_click_and_said(open_app, shown):
    app = open_app(as_of="2024-12-31", site="HG-ST-01")
    before = shown(app)
    assert "đã nhập đến ngày" not in before.text()
    app = app.button(key="w_known").click().run()
    then = shown(app)
    assert then.address()["known_at"] == "2024-12-31"
    assert then.text().count("Theo hồ sơ đã nhập đến ngày 31/12/2024") == 2  # heading and passport
    again = shown(app.button(key="w_known").click().run())
    assert "known_at" not in again.address()
    assert again.text() == before.text()


def test_a_record_entered_late_counts_in_its_year_and_not_in_what_was_known_then(
    open_app, shown, store
):
    snapshot = store.load("real")
    record = snapshot.evidence[snapshot.evidence["id"] == "T-1"]
    late = pd.Timestamp(today())
    entered(store, record.assign(id="T-9", subject="HG-KCN-01", recorded_at=late))
    now = counts(shown(open_app(as_of="2024-12-31", paint="statuses")))
    then = open_app(as_of="2024-12-31", known_at="2024-12-31", paint="statuses")
    assert counts(shown(then))["reached"] == now["reached"] - 1
    assert "minh chứng của kỳ này nhập sau ngày đó" in shown(then).text()


def test_known_up_to_today_is_as_usual(open_app, shown):
    said = shown(open_app(known_at=today().isoformat()))
    assert said.address() == {}
    assert "đã nhập đến ngày" not in said.text()


def test_a_day_before_the_programme_gets_a_sentence(open_app, shown):
    app = open_app(as_of="2019-01-01")
    assert "01/01/2019" in one_sentence(app.warning)
    assert shown(app).address() == {}
