"""``python -m geodata user``: how accounts are made, and what becomes of the roles file."""

import getpass
import io
import json
import sys

import pytest
from argon2 import PasswordHasher

from geodata import settings
from geodata.commands.main import main
from geodata.commands.roles import give_roles
from geodata.core.clock import now
from geodata.core.errors import AccessError, WrongCallError
from geodata.people import passwords
from geodata.store import Store
from geodata.store.accounts import Accounts
from geodata.store.identities import Identities

EMAIL, WORDS = "lan@example.vn", "Hậu Giang bốn mùa"
WRITTEN = """# Phòng Quản lý công nghiệp
one_person = true   # chỉ có một người

[people]   # địa chỉ = quyền
"minh@example.vn" = ["reviewer"]  # người duyệt
"""


@pytest.fixture
def url(tmp_path, monkeypatch):
    url = f"sqlite:///{tmp_path}/store.sqlite"
    monkeypatch.setenv("HG_STORE", url)
    monkeypatch.setenv("HG_ROLES", str(tmp_path / "office" / "roles.toml"))
    light = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    monkeypatch.setattr(passwords, "_HASHER", light)
    Store(url).create()
    return url


@pytest.fixture
def accounts(url):
    return Accounts(Store(url))


@pytest.fixture
def roles(tmp_path):
    path = tmp_path / "office" / "roles.toml"
    path.parent.mkdir(exist_ok=True)
    return path


@pytest.fixture
def user(url, monkeypatch, capsys):  # noqa: ARG001 - the command finds the store by the setting
    """Run ``user …`` with something piped in; return exit code, output and messages."""

    def run(*words, piped=WORDS + "\n"):
        monkeypatch.setattr(sys, "stdin", io.StringIO(piped))
        code = main(["user", *words])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


def test_an_account_made_with_a_role_opens_the_door(user, accounts, roles):
    code, out, err = user("add", "Lan@Example.vn", "--name", "Chị Lan", "--role", "steward")
    assert (code, err) == (0, "")
    assert WORDS not in out
    session = accounts.sign_in(EMAIL, WORDS, now())
    person = settings.office(roles).person(session.email, session.name)
    assert (person.name, person.roles) == ("Chị Lan", {"steward"})


def test_an_account_without_a_role_is_told_where_to_write_one(user, roles):
    code, _out, err = user("add", EMAIL)
    assert code == 0
    assert str(roles) in err
    assert not roles.exists()


@pytest.mark.parametrize("piped", ["", "short\n", "x" * 300])
def test_a_bad_password_makes_no_account_and_gives_no_role(user, accounts, roles, piped):
    code, _out, err = user("add", EMAIL, "--role", "admin", piped=piped)
    assert code == 2
    assert "12" in err
    assert accounts.listed() == []
    assert not roles.exists()


@pytest.mark.parametrize("words", [[WORDS], ["--password", WORDS]])
def test_a_password_is_never_a_word_of_the_call(user, accounts, words):
    assert user("add", EMAIL, *words)[0] == 2
    assert accounts.listed() == []


def test_an_unknown_role_is_a_wrong_call(user, accounts):
    assert user("add", EMAIL, "--role", "boss")[0] == 2
    assert accounts.listed() == []


def test_a_second_account_for_an_address_is_refused(user):
    user("add", EMAIL)
    code, _out, err = user("add", EMAIL.upper())
    assert code == 2
    assert "user password" in err


def test_a_forgotten_password_is_replaced(user, accounts):
    user("add", EMAIL)
    assert user("password", EMAIL, piped="another long password\r\n")[0] == 0
    assert accounts.sign_in(EMAIL, "another long password", now())


def test_a_locked_account_is_listed_and_unlocked(user, accounts):
    user("add", EMAIL, "--role", "steward")
    for _attempt in range(5):
        with pytest.raises(AccessError):
            accounts.sign_in(EMAIL, "wrong", now())
    assert "đang bị khóa" in user("list")[1]
    assert json.loads(user("list", "--json")[1])[0]["locked_until"].endswith("Z")
    assert user("unlock", EMAIL)[0] == 0
    assert "đang bị khóa" not in user("list")[1]


def test_an_address_can_be_given_to_another_account_of_the_provider(user, url):
    store = Store(url)
    Identities(store).holds(EMAIL, "https://id.vn", "17", now())
    assert user("forget", EMAIL)[0] == 0
    assert Identities(store).holds(EMAIL, "https://id.vn", "18", now())
    assert user("forget", "nobody@example.vn")[0] == 2


def test_the_list_tells_accounts_without_role_and_roles_without_account(user, roles):
    roles.write_text(WRITTEN, "utf-8")
    user("add", EMAIL, "--name", "Lan")
    lan, minh = json.loads(user("list", "--json")[1])
    assert lan == {
        "email": EMAIL,
        "name": "Lan",
        "roles": [],
        "local_account": True,
        "locked_until": None,
    }
    assert (minh["roles"], minh["local_account"]) == (["reviewer"], False)


def test_a_removed_account_leaves_its_roles_and_says_so(user, accounts, roles):
    user("add", EMAIL, "--role", "steward")
    code, _out, err = user("remove", EMAIL)
    assert code == 0
    assert str(roles) in err
    assert accounts.listed() == []


@pytest.mark.parametrize("what", ["remove", "unlock", "password"])
def test_nothing_is_done_to_an_account_there_is_not(user, what):
    code, _out, err = user(what, "nobody@example.vn")
    assert code == 2
    assert "nobody@example.vn" in err


def test_writing_a_role_keeps_remarks_other_people_and_the_rule_of_review(roles):
    roles.write_text(WRITTEN, "utf-8")
    give_roles(roles, EMAIL, ["steward", "reviewer"])
    office = settings.office(roles)
    assert office.one_person
    assert dict(office.people) == {
        EMAIL: ("steward", "reviewer"),
        "minh@example.vn": ("reviewer",),
    }
    assert all(line in roles.read_text("utf-8") for line in WRITTEN.splitlines())


def test_roles_written_again_replace_those_before_whatever_the_capitals(roles):
    roles.write_text('[people]\n"LAN@example.vn" = ["steward"]\n', "utf-8")
    give_roles(roles, EMAIL, ["admin"])
    assert settings.office(roles).people == {EMAIL: ("admin",)}


@pytest.mark.parametrize(
    "written",
    [
        'people = { "minh@example.vn" = ["reviewer"] }\n',
        '[people]\n"lan@example.vn" = [\n  "steward",\n]\n',
        'people."minh@example.vn" = ["reviewer"]\n',
    ],
)
def test_a_roles_file_written_another_way_is_left_as_it_is(roles, written):
    roles.write_text(written, "utf-8")
    with pytest.raises(WrongCallError, match="bằng tay"):
        give_roles(roles, EMAIL, ["admin"])
    assert roles.read_text("utf-8") == written
    assert [path.name for path in roles.parent.iterdir()] == ["roles.toml"]


@pytest.mark.parametrize(("second", "code"), [(WORDS, 0), ("something else altogether", 2)])
def test_at_a_terminal_the_password_is_asked_for_twice_without_showing_it(
    accounts, monkeypatch, capsys, second, code
):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    typed = [WORDS, second]
    monkeypatch.setattr(sys, "stdin", Terminal("what is echoed is not read\n"))
    monkeypatch.setattr(getpass, "getpass", lambda _asked: typed.pop(0))
    assert main(["user", "add", EMAIL]) == code
    assert typed == []
    assert ("không giống nhau" in capsys.readouterr().err) == (code == 2)
    assert len(accounts.listed()) == (code == 0)
