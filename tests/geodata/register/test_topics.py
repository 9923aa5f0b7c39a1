"""Topics as people write them: the words of an office become the tags that plans count."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata import intake
from geodata.core.names import unaccent
from geodata.register import topics, vocabulary
from geodata.rules import plan

TAGS = sorted(topics.KNOWN)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Sản xuất và tiêu dùng bền vững", "scp"),
        ("SCP", "scp"),
        ("scp", "scp"),
        ("SXTDBV", "scp"),
        ("san xuat va tieu dung ben vung", "scp"),
        ("SX & TD bền vững", "scp"),
        ("sản xuất, tiêu dùng bền vững", "scp"),
        ("Tập huấn về SX và TD bền vững", "scp"),
        ("Hội nghị tuyên truyền, phổ biến về SXTDBV", "scp"),
        ("SCP; rác thải nhựa", "scp;plastic_reduction"),
        ("rác thải nhựa, SCP, SXTDBV", "plastic_reduction;scp"),
        ("Lối sống bền vững\nTiêu dùng bền vững", "sustainable_lifestyle;sustainable_consumption"),
        ("An toàn thực phẩm", "An toàn thực phẩm"),
        ("phòng cháy, chữa cháy, SCP", "phòng cháy, chữa cháy;scp"),
        ("Khác; an toàn thực phẩm", "other;an toàn thực phẩm"),
        ("Tập huấn", "Tập huấn"),
        (" ; ;", ""),
    ],
)
def test_topics_are_read_as_people_write_them(written, kept):
    assert topics.canonical(written) == kept


@pytest.mark.parametrize("tag", TAGS)
def test_every_spelling_of_a_topic_is_read_loud_and_bare_too(tag):
    for spelling in (s for s, meant in vocabulary.spellings_of("topic") if meant == tag):
        for written in (spelling, spelling.upper(), unaccent(spelling)):
            assert topics.canonical(written) == tag, written


def test_every_topic_of_the_plans_and_of_the_shipped_evidence_has_words():
    counted = {tag for one in plan.shipped() for tags in one.topics.values() for tag in tags}
    used = {tag for cell in intake.shipped_evidence()["topic"].dropna() for tag in cell.split(";")}
    assert (counted | used) - topics.KNOWN == set()


@given(st.lists(st.sampled_from(TAGS), min_size=1, unique=True))
def test_topics_come_back_from_the_words_they_are_shown_in(tags):
    kept = ";".join(tags)
    assert topics.canonical(vocabulary.label_of("topic", kept)) == kept


@given(st.text(st.sampled_from("aâ ;,\n\tSCP scp.và'=\"\u0301"), max_size=40))
def test_what_was_read_once_is_read_so_again(text):
    kept = topics.canonical(text)
    assert topics.canonical(kept) == kept
    assert topics.canonical(vocabulary.label_of("topic", kept)) == kept


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("Lớp SXTDBV năm 2024 cho 35 doanh nghiệp, có phân loại rác", ("scp", "waste_sorting")),
        ("Họp giao ban", ()),
    ],
)
def test_topics_are_found_within_a_sentence(text, tags):
    assert topics.within(text) == tags


def test_a_misspelt_topic_is_recognised_as_a_suggestion_only():
    assert topics.canonical("Sản suất và tiêu dùng bền vửngg") not in topics.KNOWN
    assert topics.alike("Sản suất và tiêu dùng bền vửngg") == ("scp",)
    assert topics.alike("Phòng cháy") == ()
