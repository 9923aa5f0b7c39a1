"""The deck: the same slides for screen and file, each an answer with its number and its notes."""

from dataclasses import replace
from datetime import date

import pytest

from geodata import intake
from geodata.geography import units
from geodata.outputs.briefing.deck import Everywhere, Shares, Steps, Targets, Tiles, deck
from geodata.planning.proposal import open_sites, proposed
from geodata.reading.view import View
from tests.geodata.outputs.samples import BLOCKS, brief

EVERY = ["answer", "map", "T3", "T6", "T5", "changes", "visits", "needs"]


@pytest.fixture(scope="module")
def slides(shown):
    return {slide.key: slide for slide in deck(shown)}


@pytest.fixture(scope="module")
def real():
    sites, evidence = intake.shipped_sites(), intake.shipped_evidence()
    return brief(sites, evidence, View(as_of=date(2024, 12, 31)))


def test_there_are_eight_slides_and_each_has_title_number_picture_and_notes(slides):
    assert list(slides) == EVERY
    assert len({slide.title for slide in slides.values()}) == len(EVERY)
    for slide in slides.values():
        assert slide.title
        assert not slide.title.endswith(".")
        assert slide.figure
        assert slide.unit
        assert len(slide.notes) >= 2


def test_every_note_says_what_the_figures_were_made_from(slides, shown):
    for slide in slides.values():
        assert all(fact in slide.notes[-1] for fact in shown.facts)


@pytest.mark.parametrize("key", ["T3", "T6"])
def test_the_notes_of_a_share_have_numerator_denominator_day_and_what_is_not_known(
    slides, shown, key
):
    result = next(one for one in shown.results if one.target.id == key)
    count = result.count
    assert isinstance(slides[key].picture, Shares)
    assert slides[key].figure == f"{count.yes}/{count.total}"
    said = " ".join(slides[key].notes)
    assert f"Tử số: {count.yes}," in said
    assert f"Mẫu số: {count.total}. Số liệu đến 01/10/2024" in said
    assert f"Chưa rõ: {count.unknown};" in said


def test_the_answer_counts_the_targets_that_are_met(slides, shown):
    judged = [line for line in shown.board if line.verdict]
    met = [line for line in judged if line.verdict == "met"]
    assert slides["answer"].figure == f"{len(met)}/{len(judged)}"
    picture = slides["answer"].picture
    assert isinstance(picture, Targets)
    assert [row.line.id for row in picture.rows] == [line.id for line in judged]


def test_the_eight_districts_are_eight_tiles_by_name(slides):
    picture = slides["T5"].picture
    assert isinstance(picture, Tiles)
    assert len(picture.rows) == 8
    assert "Huyện Phụng Hiệp" in {name for name, *_rest in picture.rows}


def test_without_an_earlier_day_the_changes_are_left_out_and_the_notes_say_so(real):
    slides = deck(real)
    assert "changes" not in {slide.key for slide in slides}
    assert any("Không chọn ngày để so sánh" in note for note in slides[0].notes)


def test_where_nothing_is_verified_the_map_counts_sites_and_not_units_that_failed(real):
    slide = next(slide for slide in deck(real) if isinstance(slide.picture, Everywhere))
    assert slide.figure == str(len(real.sites))
    assert "Chưa biết không có nghĩa là chưa đạt." in slide.sentences


def test_what_cannot_be_judged_says_what_is_missing(real):
    slides = {slide.key: slide for slide in deck(real)}
    for key in ("T3", "T6", "T5"):
        assert slides[key].verdict[0] == "undetermined"
        assert any(text.startswith("Còn thiếu:") for text in slides[key].sentences)


def test_the_visits_are_those_of_the_usual_scenario_and_count_each_site_once(slides, shown):
    frames = {each.value: units.dissolve(BLOCKS, each) for each in units.Vintage}
    ready, choice = proposed(shown, frames)
    picture = slides["visits"].picture
    assert isinstance(picture, Steps)
    assert picture.total == len(open_sites(shown)) == len(ready.sites)
    assert [covered for *_words, covered in picture.rows][-1] == choice.covered
    assert len(set(choice.sites)) == choice.covered


def test_no_visit_is_proposed_where_no_site_is_left(shown):
    result = shown.result
    done = result.counted.assign(part="yes")
    results = tuple(replace(one, counted=done) if one is result else one for one in shown.results)
    assert "visits" not in {slide.key for slide in deck(replace(shown, results=results))}
