"""The screen of gaps: rows that add up, a worklist with reasons, an area, and sentences."""

import html
import re
from pathlib import Path

import pandas as pd
import pytest

from geodata.core.names import unaccent
from geodata.core.text import _
from geodata.outputs.briefing.wording import words
from geodata.register import evidence, sites
from geodata.store import SIMULATED, Store
from pages.parts.shared import data

SCREEN = str(Path(__file__).parents[2] / "pages" / "gaps.py")
INVENTED = {"workspace": SIMULATED, "as_of": "2024-12-31"}
SITE = "SIM-LN-0001"
OPEN = _("Not known whether in the denominator")
ALL = "circle:9.8;105.6;100000"


@pytest.fixture
def opened(open_app):
    """Open the gaps at an address."""

    def run(**query):
        app = open_app("gaps", **query)
        assert not app.exception
        assert not app.error
        return app

    return run


def table(app, name):
    """Return the rows of a table by the name its widgets have."""
    (found,) = (t.value for t in app.dataframe if t.proto.id.split("-w_")[-1].startswith(name))
    return found


def said(app):
    return html.unescape("\n".join(str(m.value) for m in (*app.markdown, *app.info, *app.success)))


# --- units and worklist --------------------------------------------------------------------


@pytest.mark.parametrize(("vintage", "n"), [("legacy", 8), ("2025", 28)])
def test_units_kinds_and_worklist_have_one_sum_in_both_vintages(opened, shown, vintage, n):
    app = opened(vintage=vintage, **INVENTED)
    units, kinds = table(app, "don-vi"), table(app, "loai-hinh")
    number = _("In the denominator")
    done, waiting, not_so = words("outreach")
    assert len(units) >= n
    for column in (number, done, OPEN, waiting, not_so):
        assert units[column].sum() == kinds[column].sum()
    worklist = table(app, "can-tiep-can")
    assert len(worklist) == units[number].sum() - units[done].sum() > 0
    assert f"{units[done].sum()}/{units[number].sum()} (" in said(app)
    shades = shown(app).map()["state"]["legend"]["shades"]["rows"]
    assert sum(row["count"] for row in shades) == n


def test_the_map_is_told_the_worklist_and_a_shade_for_every_unit(opened, shown):
    app = opened(unit="934", kinds="craft_village,supermarket", **INVENTED)
    told = shown(app).map()["state"]
    assert told["kinds"] == ["craft_village"]  # the target is not about shops
    assert "reached" not in told["statuses"]
    assert len(told["shades"]) == 8
    assert set(table(app, "can-tiep-can")[_("Kind")]) == {"Làng nghề"}
    assert set(table(app, "can-tiep-can")[_("Unit")]) == {"Huyện Phụng Hiệp"}


def test_a_unit_without_data_is_never_a_share_of_nothing(opened, shown):
    app = opened(as_of="2024-12-31")  # of the shipped sites hardly anything is known
    units = table(app, "don-vi").set_index(_("Unit"))
    shades = shown(app).map()["state"]["shades"]
    unknown = units[units[_("Share")] == _("no data yet")]
    assert len(unknown) == sum(shade == "no-data" for shade in shades.values()) > 0
    assert unknown[_("Rank")].isna().all()


def test_the_order_of_a_list_and_the_radius_stand_in_the_address(opened, shown):
    app = opened(**INVENTED)
    app.selectbox(key="w_can-tiep-can_by").set_value(_("Days ago")).run()
    app.toggle(key="w_can-tiep-can_down").set_value(True)
    app = app.selectbox(key="w_radius_km").set_value(2.5).run()
    days = table(app, "can-tiep-can")[_("Days ago")].dropna()  # by the app: files have its order
    assert days.is_monotonic_decreasing
    assert days.iloc[0] > days.iloc[-1]
    address = shown(app).address()
    assert address == {
        **INVENTED,
        "radius_km": "2.5",
        "sort": "can-tiep-can:cach-day-ngay:down",
    }
    again = opened(**address)
    assert table(again, "can-tiep-can").equals(table(app, "can-tiep-can"))
    assert _("Reached within {km} km").format(km="2,5") in table(again, "can-tiep-can").columns


def test_a_radius_is_written_with_a_comma_and_an_unusual_one_of_an_address_stays(opened):
    radii = opened(**INVENTED, radius_km="7.25").selectbox(key="w_radius_km")
    assert radii.value == 7.25
    assert {"2,5 km", "7,25 km", "10 km"} <= set(radii.options)


def test_a_unit_that_lacks_most_leads_to_what_it_lacks(opened, shown):
    app = opened(**INVENTED)
    units = table(app, "don-vi")
    first = next(b for b in app.button if str(b.key).startswith("furthest_"))
    assert units[_("Unit")][units.index[units["Mục tiêu 70%"].map(lacking).argmax()]] in first.label
    app = first.click().run()
    assert shown(app).address()["unit"] == first.key.removeprefix("furthest_")


def lacking(words):
    """How many sites a row of the units says are missing."""
    return int((re.findall(r"\d+", str(words)) or [0])[0])


def test_the_legend_has_no_row_of_what_the_map_never_draws(opened, shown):
    legend = shown(opened(**INVENTED)).map()["state"]["legend"]
    (block,) = legend["groups"]
    keys = {row["key"] for row in block["rows"] if row.get("drawn", True)}
    assert keys.isdisjoint({"reached", "not-applicable"})
    assert any(note.startswith("Có tính, không vẽ ở đây: ") for note in legend["notes"])


def test_nothing_private_is_sent(opened, shown, private):
    sent = shown(opened(as_of="2024-12-31", area=ALL)).payload()
    assert b"HG-KCN" in sent or "Làng nghề".encode() in sent
    assert [name for name, secret in vars(private).items() if secret.encode() in sent] == []


# --- areas ---------------------------------------------------------------------------------


def test_an_area_counts_and_lists_what_lies_in_it(opened, shown):
    app = opened(area=ALL, **INVENTED)
    named = data.data(SIMULATED).sites
    asked = named["kind"].isin(["industrial_park", "industrial_cluster", "craft_village"])
    rows = table(app, "vung-ve")
    assert len(rows) == (asked & sites.placed(named)).sum() > 0
    assert _("In the drawn area: {n:site|sites}").format(n=len(rows)) in shown(app).text()
    assert shown(app).map()["state"]["area"].startswith("circle:9.80000;")


def test_an_area_that_is_none_gets_a_sentence(opened):
    app = opened(**INVENTED)
    app.query_params["area"] = "circle:<b>1</b>"
    app = app.run()
    (warning,) = (html.unescape(w.value) for w in app.warning)
    assert "area" in warning
    assert unaccent(warning) != warning.lower()


def test_a_circle_needs_no_drawing(opened, shown):
    app = opened(site=SITE, **INVENTED)
    app = app.button(key="w_circle").click().run()
    assert shown(app).address()["area"].endswith(";5000")


# --- nothing to show -----------------------------------------------------------------------


@pytest.fixture
def only(store_path):
    """Put a few craft villages in place of the test store."""

    def fill(reached, *, placed, founding="decided"):
        place = {"lat": "9.8", "lon": "105.5"} if placed else {}
        base = {"kind": "craft_village", "lifecycle": "operating", "commune_2025": "31321"}
        base["founding"] = founding
        rows = [{**base, **place, "id": f"S{i}", "name_vi": f"Làng {i}"} for i in range(3)]
        held = {"axis": "outreach", "kind": "held", "scope": "site", "topic": "scp", "grade": "A"}
        held |= {"event_date": "2024-05-01", "recorded_at": "2024-05-02"}
        told = [{**held, "id": f"E{i}", "subject": f"S{i}"} for i in range(reached)]
        columns = ["id", "subject", "axis", "kind", "event_date", "recorded_at", "grade"]
        records = pd.DataFrame(told, columns=[*columns, "scope", "topic"])
        store_path.unlink()
        store = Store(f"sqlite:///{store_path}")
        store.create(
            sites.typed(pd.DataFrame(rows)),
            evidence.typed(records, pd.Timestamp("2024-05-02").date()),
        )

    return fill


def test_where_nothing_is_left_to_do_a_sentence_says_so(opened, only, shown):
    only(reached=3, placed=True)
    app = opened(as_of="2024-12-31", vintage="2025")
    assert len(app.success) == 1
    assert "3/3 (100,0%)" in said(app)
    assert shown(app).map()["state"]["shades"]["31321"] == "met"


def test_sites_without_any_position_are_told_and_listed(opened, only):
    only(reached=1, placed=False)
    app = opened(as_of="2024-12-31", vintage="2025")
    assert _(
        "None of these sites has a position yet, so none is drawn; "
        "they all stand in the list below."
    ) in said(app)
    rows = table(app, "can-tiep-can")
    assert rows[_("Remark")].tolist() == [_("not on the map")] * 2


def test_a_choice_that_leaves_nothing_gets_a_sentence(opened, only):
    only(reached=1, placed=True)
    app = opened(as_of="2024-12-31", vintage="2025", statuses="overdue")
    assert _("No site matches these choices; remove one in the panel on the left.") in said(app)


# --- open membership -----------------------------------------------------------------------


def test_sites_without_a_decision_are_asked_about_and_not_counted(opened, only):
    only(reached=1, placed=True, founding="unknown")
    app = opened(as_of="2024-12-31", vintage="2025")
    assert "có 3 cơ sở chưa rõ có thuộc mẫu số" in said(app)
    rows = table(app, "chua-ro-mau-so")
    assert set(rows[_("What is missing")]) == {"quyết định thành lập, công nhận"}
    assert set(rows[_("Who would know")]) == {"Sở Nông nghiệp và Môi trường"}
    units = table(app, "don-vi")
    assert units[OPEN].sum() == 3
    assert units[_("In the denominator")].sum() == 0
    assert _("No site surely counts here; the list below says what is missing to know that.") in (
        said(app)
    )


def test_the_table_stands_under_its_target_with_the_threshold(opened):
    titles = [str(s.value) for s in opened(**INVENTED).subheader]
    assert any(title.startswith("T3 – 70%: Khu, cụm") for title in titles)
    titles = [str(s.value) for s in opened(axis="compliance", **INVENTED).subheader]
    assert any(title.startswith("T6 – 100%: ") for title in titles)


def test_a_part_of_a_target_says_so_and_names_the_whole(opened, shown):
    whole = said(opened(**INVENTED))
    assert "Đây mới là một phần" not in whole
    part = shown(opened(unit="934", **INVENTED)).text()
    (all_of_it,) = re.findall(r"đã được phổ biến (\d+/\d+ \([\d,]+%\))", whole)
    assert f"Đây mới là một phần của T3; cả chỉ tiêu: {all_of_it}" in part


def test_after_the_plan_closed_all_stands_at_its_last_day(opened, shown):
    app = opened(as_of="2026-03-01", workspace=SIMULATED)
    closed = opened(as_of="2025-12-31", workspace=SIMULATED)
    assert "Kế hoạch 66/KH-UBND chốt ngày 31/12/2025" in shown(app).text()
    assert table(app, "don-vi").equals(table(closed, "don-vi"))
    assert shown(app).map()["state"]["day"] == shown(closed).map()["state"]["day"]
