"""The words people use: every column and value has one, and none means two things."""

import tomllib
from collections import Counter
from pathlib import Path

import pytest

from geodata.core.names import fold, unaccent
from geodata.intake.reading import grid
from geodata.reading import labels
from geodata.register import declarations, evidence, sites, vocabulary

WORDS = tomllib.loads(Path(vocabulary.__file__).with_suffix(".toml").read_text("utf-8"))
COLUMNS = {
    "sites": {*sites.COLUMNS, *grid.EXTRAS},
    "evidence": {*evidence.COLUMNS},
    "declarations": {*declarations.COLUMNS},
}
GROUPS = [
    (f"{part} {name}", terms)
    for part in ("columns", "values")
    for name, terms in WORDS[part].items()
]


@pytest.mark.parametrize("kind", COLUMNS)
def test_every_column_has_a_header(kind):
    assert set(vocabulary.HEADERS[kind]) == COLUMNS[kind]


@pytest.mark.parametrize("terms", [terms for _n, terms in GROUPS], ids=[n for n, _t in GROUPS])
def test_no_spelling_means_two_things(terms):
    spellings = Counter(
        folded
        for key, words in terms.items()
        for folded in {fold(s) for s in (key, words["vi"], words["en"], *words["also"])}
    )
    assert [spelling for spelling, times in spellings.items() if times > 1] == []


@pytest.mark.parametrize("kind", COLUMNS)
def test_a_header_is_known_as_written_shouted_bare_or_canonical(kind):
    for column, header in vocabulary.HEADERS[kind].items():
        for written in (header, header.upper(), unaccent(header), f"{header} (*)", column):
            assert vocabulary.meaning_of(kind, written).column == column, written


def test_a_unit_in_brackets_does_not_hide_a_header():
    assert vocabulary.meaning_of("sites", "Sản lượng (tấn)") is None
    assert vocabulary.meaning_of("sites", "Tên cơ sở (theo giấy phép)").column == "name_vi"


@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("kind", (*sites.KINDS, *evidence.EVENT_KINDS)),
        ("lifecycle", sites.LIFECYCLES),
        ("founding", sites.FOUNDINGS),
        ("axis", evidence.AXES),
        ("grade", evidence.GRADES),
        ("scope", evidence.SCOPES),
        ("method", evidence.METHODS),
        ("answers", evidence.ANSWERS),
        ("public", ("yes", "no")),
        ("confidence", ("high", "medium", "low")),
    ],
)
def test_every_value_has_a_label_that_is_read_back(column, values):
    assert vocabulary.VALUES[column] == values
    for value in values:
        for language in ("vi", "en"):
            label = vocabulary.label_of(column, value, language)
            assert vocabulary.value_of(column, label) == value


def test_kinds_of_sites_are_called_as_on_the_map():
    for kind in sites.KINDS:
        assert vocabulary.label_of("kind", kind) == labels.kind_label(kind)


@pytest.mark.parametrize(
    ("column", "written", "meant"),
    [
        ("kind", "KCN", "industrial_park"),
        ("kind", "siêu thị mini", "convenience_store"),
        ("kind", "Chợ", None),
        ("lifecycle", "tạm ngưng hoạt động", "suspended"),
        ("public", "Không", "no"),
        ("answers", "R1 = Có; R2=một phần;", "R1=yes;R2=partial"),
        ("answers", "R1=có;R2=hình như", None),
        ("name_vi", "bất kỳ", "bất kỳ"),
    ],
)
def test_a_value_is_understood_as_people_write_it(column, written, meant):
    assert vocabulary.value_of(column, written) == meant


def test_answers_are_labelled_one_by_one():
    assert vocabulary.label_of("answers", "R1=yes;R2=na") == "R1=có; R2=không áp dụng"
