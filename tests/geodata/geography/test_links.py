"""Links to map services: the surest part first, and nothing out of a route or a short link."""

import pytest

from geodata.geography import links
from geodata.geography.notation import parse

PIN = "9.7845,105.4701"
PLACE = "https://www.google.com/maps/place/Co.opmart+V%E1%BB%8B+Thanh/@9.7800,105.4600,15z"

LINKS = [
    (f"{PLACE}/data=!3m1!4b1!4m6!3m5!1s0x0:0x0!8m2!3d9.7845!4d105.4701", "pin"),
    (f"https://maps.google.com/?q={PIN}", "query"),
    (f"https://maps.google.com/maps?q=loc:{PIN}&z=17", "query"),
    ("https://www.google.com/maps/search/?api=1&query=9.7845%2C105.4701", "query"),
    (f"https://www.google.com/maps/place/{PIN}/@9.7,105.4,17z", "query"),
    (
        "https://www.google.com/maps/place/9%C2%B047'04.2%22N+105%C2%B028'12.36%22E/@9,105,9z",
        "query",
    ),
    (f"https://www.google.com/maps/dir//{PIN}/@9.7,105.4,17z", "query"),
    ("https://www.google.com/maps?q=Co.opmart+Vi+Thanh&ll=9.7845,105.4701", "pin"),
    ("https://maps.apple.com/?ll=9.7845,105.4701&q=Co.opmart", "pin"),
    (f"https://www.google.com/maps/@{PIN},17z", "view"),
    ("https://www.openstreetmap.org/?mlat=9.7845&mlon=105.4701#map=17/9.7/105.4", "query"),
    ("https://www.openstreetmap.org/#map=17/9.7845/105.4701", "view"),
    (f"geo:{PIN};u=35", "query"),
    (f"geo:0,0?q={PIN}(Co.opmart)", "query"),
    (f"Bản đồ: https://maps.google.com/?q={PIN}", "query"),
    (f"{PIN} https://maps.app.goo.gl/AbCdEf", "aside"),
    (f"https://maps.google.com/?q={PIN}&ll=9.7,105.4", "query"),
]


@pytest.mark.parametrize(("text", "way"), LINKS)
def test_the_surest_part_of_a_link_is_taken_and_named(text, way):
    reading = parse(text)
    assert (reading.lat, reading.lon) == pytest.approx((9.7845, 105.4701), abs=1e-6)
    assert reading.way == way


def test_the_order_of_trust_is_what_was_asked_for_then_the_pin_then_the_middle_of_the_map():
    whole = f"{PLACE}/data=!3d9.1!4d105.1?q=9.2,105.2"
    assert [part.way for part in links.parts(whole)][:3] == ["query", "query", "pin"]
    assert [part.way for part in links.parts(whole)][-1] == "view"


def test_pins_of_several_places_say_nothing():
    parts = links.parts("https://www.google.com/maps/x/data=!3d9.1!4d105.1!3d9.2!4d105.2")
    assert parts == []


def test_a_geo_link_says_how_sure_it_is():
    assert links.accuracy_m(f"geo:{PIN};u=35") == 35
    assert links.accuracy_m(f"geo:{PIN}") is None
