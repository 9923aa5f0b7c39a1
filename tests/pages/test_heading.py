"""The heading counts the sites that map and table show, and says which choices made them few."""

import re


def table_and_heading(app):
    (title,) = (h.value for h in app.subheader if h.value.startswith("Bảng"))
    (heading,) = (m.value for m in app.markdown if "chốt ngày" in m.value)
    return re.search(r"[\d.]+", title)[0], heading


def test_without_choices_it_counts_all_sites(open_app):
    shown, heading = table_and_heading(open_app(as_of="2024-12-31"))
    assert f"**{shown} cơ sở**" in heading


def test_a_choice_of_statuses_is_counted_as_the_table_counts_and_named(open_app):
    app = open_app(as_of="2024-12-31", workspace="simulated", statuses="no-data")
    every, _heading = table_and_heading(open_app(as_of="2024-12-31", workspace="simulated"))
    shown, heading = table_and_heading(app)
    assert int(shown) < int(every)
    assert f"**{shown} trong {every} cơ sở** (lọc theo trạng thái)" in heading


def test_every_choice_that_narrows_is_named(open_app):
    app = open_app(as_of="2024-12-31", kinds="supermarket", unit="930")
    _shown, heading = table_and_heading(app)
    assert "(lọc theo loại, địa bàn)" in heading
