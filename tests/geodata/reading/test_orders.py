"""How lists are sorted, as a word of an address."""

from hypothesis import given
from hypothesis import strategies as st

from geodata.reading import orders
from geodata.reading.orders import Orders

NAMES = st.from_regex(r"[a-z]{1,8}(-[a-z0-9]{1,8})?", fullmatch=True)
SOME = st.lists(st.tuples(NAMES, NAMES, st.booleans()), unique_by=lambda one: one[0], max_size=9)


@given(SOME.map(tuple).map(Orders))
def test_an_address_brings_back_the_orders_it_was_made_from(some):
    assert orders.from_words(orders.to_words(some)) == (some, [])


def test_an_order_reads_like_words():
    some = Orders().changed("can-tiep-can", orders.spelled("Số ngày trước (cũ)"), down=True)
    assert orders.to_words(some) == {"sort": "can-tiep-can:so-ngay-truoc-cu:down"}


def test_the_usual_order_needs_no_word():
    some = Orders().changed("a", "b", down=True).changed("a", "", down=True)
    assert orders.to_words(some) == {}


def test_what_is_no_order_gets_a_sentence_and_the_others_hold():
    some, problems = orders.from_words({"sort": "a:b,<script>,c:d:down"})
    assert some == Orders((("a", "b", False), ("c", "d", True)))
    assert len(problems) == 1
    assert "<script>" in problems[0]
