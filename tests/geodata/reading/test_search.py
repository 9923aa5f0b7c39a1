"""What is found by a text, and in which order, among the shipped sites, units and records."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.core.names import unaccent
from geodata.geography import units
from geodata.geography.units import Vintage
from geodata.reading import search
from tests.examples import examples
from tests.shipped import EVIDENCE as RECORDS
from tests.shipped import SITES

LEGACY = units.load_legacy_communes()
UNITS = units.gazetteer(LEGACY)
COLUMN = {
    ("2025", "commune"): "commune_2025",
    ("legacy", "commune"): "commune_legacy",
    ("legacy", "district"): "district_legacy",
}


def index_of(vintage):
    names = {(COLUMN[one.vintage.value, one.level.value], one.code): one.name for one in UNITS}
    return [
        *search.findable_sites(SITES, names, vintage),
        *search.findable_units(UNITS, LEGACY, vintage),
        *search.findable_kinds(SITES["kind"]),
        *search.findable_records(RECORDS, SITES["name_vi"].to_dict()),
    ]


INDEX = index_of(Vintage.Y2025)


def entry(key, name, words="", *, aside=False):
    known_by = f" {unaccent(name)} {words}".rstrip()
    return search.Findable(key, key.split(":")[0], name, "", (unaccent(name),), known_by, aside)


def keys(asked, index=INDEX, most=100_000):
    return [one.key for group in search.matches(asked, index, most) for one in group.best]


@pytest.mark.parametrize("asked", ["vi thanh", "Vị Thanh", "VỊ  THANH", "p. vị thanh", "vị thanh"])
def test_a_unit_is_found_with_diacritics_and_without(asked):
    assert keys(asked)[0] == "unit:2025:31321"


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("dong phuoc", "unit:2025:31369"),  # and not the legacy commune of that name
        ("huyen phung hiep", "unit:legacy:934"),
        ("xã vị thắng", "commune:31450"),
        ("tp vi thanh", "unit:legacy:930"),
        ("31321", "unit:2025:31321"),
        ("siêu thị", "kind:supermarket"),
        ("KCN", "kind:industrial_park"),
        ("lang nghe", "kind:craft_village"),
        ("coopmart vi thanh", "site:HG-ST-01"),
        ("thanh vi coop", "site:HG-ST-01"),
        ("vinmart", "site:HG-ST-03"),  # nothing is called so; it is spelled alike
        ("HG-KCN-02", "site:HG-KCN-02"),
        ("htx ky nhu", "site:HG-MH-11"),
        ("45/kh-ubnd", "record:EV-009"),
        ("45KH", "record:EV-009"),
        ("ev-049", "record:EV-049"),
    ],
)
def test_what_is_meant_comes_first(asked, first):
    assert keys(asked)[0] == first


@pytest.mark.parametrize("asked", ["", "  ", "–", "zzzzqqqq"])
def test_nothing_is_found_of_nothing(asked):
    assert search.matches(asked, INDEX) == []


def test_whole_names_come_before_beginnings_before_names_before_other_words():
    index = [
        entry("site:1", "Chợ Khác", words="vi thanh"),
        entry("site:2", "Chợ Vị Thanh"),
        entry("site:3", "Vị Thanh Chợ"),
        entry("site:4", "Vị Thanh"),
        entry("site:5", "Xvi Xthanh"),  # only inside words: not worth a line beside the others
    ]
    assert keys("vi thanh", index) == ["site:4", "site:3", "site:2", "site:1"]
    assert keys("vi thanh", index[4:]) == ["site:5"]


def test_what_is_typed_with_diacritics_prefers_what_has_them():
    index = [entry("unit:1", "Thanh Xuân"), entry("unit:2", "Thạnh Xuân")]
    assert keys("thạnh x", index) == ["unit:2", "unit:1"]
    assert keys("thanh x", index) == ["unit:1", "unit:2"]


def test_a_unit_that_the_view_does_not_have_comes_after_one_it_has():
    index = [entry("unit:legacy:1", "Hòa An", aside=True), entry("unit:2025:2", "Hòa An Mới")]
    assert keys("hoa an m hoa"[:6], index)[0] == "unit:legacy:1"  # the whole name all the same
    assert keys("hoa a", index) == ["unit:2025:2", "unit:legacy:1"]


def test_the_group_of_the_best_match_comes_first():
    assert [group.group for group in search.matches("siêu thị", INDEX)] == [
        "kind",
        "site",
        "record",
    ]
    assert search.matches("vị thanh", INDEX)[0].group == "unit"


def test_a_legacy_commune_says_in_which_unit_of_the_view_it_lies():
    notes = {
        vintage: next(one.note for one in index_of(vintage) if one.key == "commune:31450")
        for vintage in Vintage
    }
    assert notes[Vintage.Y2025] == "đến 30/06/2025, nay thuộc Xã Vị Thủy"
    assert notes[Vintage.LEGACY] == "đến 30/06/2025, thuộc Huyện Vị Thủy"


def test_a_kind_without_sites_is_not_offered():
    kinds = {one.key for one in search.findable_kinds(SITES["kind"])}
    assert kinds == {f"kind:{kind}" for kind in SITES["kind"].unique()}


@given(asked=st.sampled_from(["a", "x", "th", "thanh", "vị", "lang", "sieu", "ke hoach", "2024"]))
def test_what_is_not_listed_is_counted(asked):
    listed = search.matches(asked, INDEX)
    every = search.matches(asked, INDEX, most=100_000)
    assert {g.group: g.total for g in listed} == {g.group: len(g.best) for g in every}
    assert sum(len(group.best) for group in listed) == min(
        search.MOST, sum(group.total for group in listed)
    )
    for some, all_ in zip(listed, every, strict=True):
        assert all_.best[: len(some.best)] == some.best
        assert len(some.best) >= min(search.EACH, some.total)


@given(
    site=st.sampled_from(list(SITES.index)),
    cut=st.integers(1, 6),
    plain=st.booleans(),
    shuffled=st.sampled_from([list, reversed, sorted]),
)
@examples(60)
def test_a_site_is_found_by_the_beginnings_of_its_words_in_any_order(site, cut, plain, shuffled):
    name = str(SITES.loc[site, "name_vi"])
    words = [word[:cut] for word in (unaccent(name) if plain else name).split()]
    words = [word for word in words if any(sign.isalnum() for sign in word)]
    assert f"site:{site}" in keys(" ".join(shuffled(words)))


def test_the_units_with_most_left_come_first_and_those_without_any_not_at_all():
    table = pd.DataFrame(
        {"yes": [1, 0, 5, 2, 0], "sites": [9, 3, 5, 4, 7]}, index=["a", "b", "c", "d", ""]
    )
    assert search.most_wanting(table) == [("a", 8, 9), ("b", 3, 3), ("d", 2, 4)]
