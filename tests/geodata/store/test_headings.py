"""What an office's own columns mean is remembered, noted in the journal, and a steward's to say."""

import pytest

from geodata.core.errors import AccessError
from geodata.core.names import fold
from geodata.store import REAL, SIMULATED
from geodata.store.headings import Headings
from tests.entering import REVIEWER, STEWARD

BOTH = pytest.mark.parametrize("on", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
def on(request):
    return getattr(request, "param", "sqlite")


@BOTH
def test_what_was_said_is_remembered_and_the_last_word_holds(store):
    kept = Headings(store, REAL)
    kept.remember({("sites", "Số ĐT"): "contact_phone", ("sites", "Doanh thu"): ""}, who=STEWARD)
    kept.remember({("sites", "số  đt"): ""}, who=STEWARD)
    assert kept.ways() == {("sites", fold("Số ĐT")): "", ("sites", fold("Doanh thu")): ""}
    assert {row["header"] for row in kept.listed()} == {"số  đt", "Doanh thu"}
    assert Headings(store, SIMULATED).ways() == {}


def test_each_time_is_noted_in_the_journal_and_breaks_no_seal(store):
    Headings(store, REAL).remember({("sites", "Số ĐT"): "contact_phone"}, who=STEWARD)
    entry = store.journal(REAL).iloc[0]
    assert (entry["action"], entry["who"]) == ("headings", STEWARD.email)
    assert "Số ĐT → contact_phone" in entry["note"]
    assert store.breaks() == []


def test_a_reviewer_alone_may_not(store):
    with pytest.raises(AccessError):
        Headings(store, REAL).remember({("sites", "x"): ""}, who=REVIEWER)
