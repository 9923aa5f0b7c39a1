"""Who may do what: roles, the office's list of them, and who reviews whose entries."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.core.errors import AccessError, WrongCallError
from geodata.people import access

OFFICE = access.office(
    {
        "people": {
            "Lan@Example.vn": ["steward"],
            "minh@example.vn": ["reviewer", "steward"],
            "hoa@example.vn": ["admin"],
            "idle@example.vn": [],
        }
    }
)
LAN, MINH, HOA = (OFFICE.person(f"{name}@example.vn") for name in ("lan", "minh", "hoa"))


@pytest.mark.parametrize(
    ("person", "roles", "may"),
    [
        (LAN, ["steward"], True),
        (LAN, ["reviewer"], False),
        (LAN, ["reviewer", "steward"], True),
        (LAN, ["admin"], False),
        (MINH, ["reviewer"], True),
        (HOA, ["steward"], True),
        (HOA, ["reviewer"], True),
        (HOA, ["admin"], True),
        (None, ["steward"], False),
    ],
)
def test_a_role_opens_what_it_is_for_and_an_admins_opens_all(person, roles, may):
    if may:
        assert access.require(person, *roles) is person
    else:
        with pytest.raises(AccessError):
            access.require(person, *roles)


def test_a_refusal_names_the_role_that_is_missing_and_those_there_are():
    with pytest.raises(AccessError, match=r"người duyệt.*cán bộ nhập liệu"):
        access.require(LAN, "reviewer")


@pytest.mark.parametrize("email", ["LAN@example.vn", " lan@EXAMPLE.VN "])
def test_capitals_in_an_address_make_nobody_else(email):
    assert OFFICE.person(email, "Lan").email == "lan@example.vn"


@pytest.mark.parametrize(
    "email",
    [
        "nobody@example.vn",
        "idle@example.vn",
        "",
        "lan",
        "lan@example.vn@evil.vn",
        "la\u0000n@example.vn",
        "min\u0068\u0301@example.vn",
        "\uff4can@example.vn",
        "cli:lan",
    ],
)
def test_an_address_that_is_not_on_the_list_is_nobody_here(email):
    with pytest.raises(AccessError, match="chưa được phân quyền") as refused:
        OFFICE.person(email)
    assert "hoa@" not in str(refused.value)  # no stranger is told whose account is worth guessing


def test_a_letter_that_only_folds_like_another_is_not_that_letter():
    office = access.office({"people": {"k@example.vn": ["admin"]}})
    assert "\u212a".lower() == "k"  # the sign for kelvin
    with pytest.raises(AccessError):
        office.person("\u212a@example.vn")


@given(st.text())
def test_whatever_is_taken_for_an_address_is_compared_the_same_a_second_time(text):
    known = access.address(text)
    assert access.address(known) == known
    assert not known or (known.isascii() and known.count("@") == 1 and '"' not in known)


def test_nobody_reviews_their_own_entry_not_even_an_admin():
    for person in (MINH, HOA):
        with pytest.raises(AccessError, match="người khác"):
            access.require_other(person, person.email.upper())
    assert access.require_other(MINH, "lan@example.vn") is MINH


def test_an_office_of_one_person_reviews_its_own_entries():
    alone = access.office({"one_person": True, "people": {"a@b.vn": ["admin"]}}).person("a@b.vn")
    assert access.require_other(alone, "a@b.vn") is alone


def test_who_works_at_the_command_line_has_every_role_and_no_address_of_the_office():
    operator = access.operator("lan")
    assert all(operator.may(role) for role in access.ROLES)
    assert access.require_other(operator, "lan@example.vn") is operator
    with pytest.raises(AccessError):
        access.require_other(operator, "cli:lan")


@pytest.mark.parametrize(
    ("table", "named"),
    [
        ({"people": {"a@b.vn": ["boss"]}}, "boss"),
        ({"people": {"a@b.vn": "admin"}}, r"a@b\.vn"),
        ({"people": {"a@b.vn": ["admin"], "A@b.vn": ["steward"]}}, r"A@b\.vn"),
        ({"people": {"a": ["admin"]}}, "“a”"),
        ({"people": ["a@b.vn"]}, "people"),
        ({"one_person": "no"}, "one_person"),
        ({"person": {}}, "person"),
    ],
)
def test_a_list_that_says_what_it_cannot_mean_is_refused_by_name(table, named):
    with pytest.raises(WrongCallError, match=named):
        access.office(table)


def test_in_an_empty_office_the_operator_is_the_one_to_ask():
    with pytest.raises(AccessError, match="người vận hành"):
        access.office({}).person("lan@example.vn")
