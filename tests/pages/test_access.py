"""Signing in: a public server has no trace of it; a steward's shows nothing before it."""

import hashlib
import html
import json
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from geodata import intake
from geodata.core.clock import now
from geodata.core.errors import AccessError, StoreError
from geodata.core.text import _
from geodata.people import passwords
from geodata.people.access import Person
from geodata.store import Store
from geodata.store.accounts import Accounts
from geodata.store.sessions import IDLE, Sessions
from pages import steward
from pages.parts.map import served
from pages.parts.server import handover
from pages.parts.shared import access, data

HOME = Path(__file__).parents[2]
APP = HOME / "app.py"
LAN, HOA = "lan@example.vn", "hoa@example.vn"
WORDS = "Hậu Giang bốn mùa"
ROLES = f"""
[people]
"{LAN}" = ["steward"]
"{HOA}" = ["admin"]
"""
LOOK = """
import json, sys
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash
app = AppTest.from_file("app.py", default_timeout=120).run()
assert not app.exception
for path in ("pages/briefing.py", "pages/method.py", "pages/evidence.py"):
    assert not app.switch_page(path).run().exception
print(json.dumps({"modules": sorted(sys.modules), "labels": [b.label for b in app.button]}))
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    path = tmp_path_factory.mktemp("store") / "store.sqlite"
    Store(f"sqlite:///{path}").create(intake.shipped_sites(), intake.shipped_evidence())
    return path


@pytest.fixture
def office(made, tmp_path, monkeypatch):
    """A steward's server with one local account; return the accounts."""
    shutil.copy(made, tmp_path / "store.sqlite")
    (tmp_path / "roles.toml").write_text(ROLES, "utf-8")
    monkeypatch.setenv("HG_STORE", str(tmp_path / "store.sqlite"))
    monkeypatch.setenv("HG_ROLES", str(tmp_path / "roles.toml"))
    monkeypatch.setenv("HG_MODE", "steward")
    monkeypatch.setenv("HG_LOCAL_ACCOUNTS", "yes")
    monkeypatch.setattr(served, "browser_of", lambda _cookies: "")
    light = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    monkeypatch.setattr(passwords, "_HASHER", light)
    data.store.clear()
    accounts = Accounts(Store(f"sqlite:///{tmp_path}/store.sqlite"))
    accounts.add(LAN, "Lan *Hương*", WORDS, now())
    yield accounts
    data.store.clear()


@pytest.fixture
def app(office, monkeypatch):  # noqa: ARG001 - the app asks it
    """The app in a browser of one's own: whatever cookie it was given comes along."""
    app = AppTest.from_file(APP, default_timeout=60)
    app.cookies = {}
    monkeypatch.setattr(access, "_token", lambda: app.cookies.get("session"))
    monkeypatch.setattr(access, "_source", lambda: "10.0.0.1")
    handover._waiting.clear()
    return app


def sign_in(app, email=LAN, words=WORDS):
    """Fill the form; if that begins a session, take its cookie and open the address anew."""
    app.text_input[0].set_value(email)
    app.text_input[1].set_value(words)
    app.button[0].click().run()
    if handover._waiting:
        _ticket, (token, _until) = handover._waiting.popitem()
        app.cookies["session"] = token
        app.run()
    return app


def account(app):
    """Go to the page of the account."""
    return app.switch_page("pages/steward/account.py").run()


def title(app):
    return [element.value for element in app.title]


def button(app, label):
    return next(one for one in app.button if one.label == label)


def sent(app):
    """Every byte of what a run sends to the browser."""
    return b"".join(
        element.proto.SerializeToString()
        for block in app._tree.children.values()
        for element in flat(block)
        if hasattr(getattr(element, "proto", None), "SerializeToString")
    )


def flat(block):
    yield block
    for child in getattr(block, "children", {}).values():
        yield from flat(child)


# --- public --------------------------------------------------------------------------------


def test_a_public_server_never_loads_what_can_sign_in_or_write(made):
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HG_")}
    done = subprocess.run(
        [sys.executable, "-c", LOOK],
        cwd=HOME,
        env={**kept, "HG_STORE": str(made), "PYTHONPATH": str(HOME)},
        capture_output=True,
        check=True,
        text=True,
    )
    seen = json.loads(done.stdout.splitlines()[-1])
    assert "pages.parts.shared.data" in seen["modules"]
    own = {
        "pages.steward",
        "pages.parts.shared.access",
        "pages.parts.server.handover",
        "geodata.store.accounts",
        "geodata.store.sessions",
        "geodata.people.passwords",
    }
    assert own.isdisjoint(seen["modules"])
    assert not [name for name in seen["modules"] if name.startswith(("pages.steward", "argon2"))]
    assert _("Sign in") not in seen["labels"]


def test_who_was_signed_in_is_nobody_once_the_server_is_public(app, monkeypatch):
    sign_in(app.run())
    monkeypatch.setenv("HG_MODE", "public")
    assert not app.run().exception
    assert _("Sign in") not in title(app)
    with pytest.raises(AccessError, match="chỉ để xem"):
        access.required("steward")


def test_a_screen_asked_for_by_its_hash_is_none_on_a_public_server(app, monkeypatch):
    monkeypatch.setenv("HG_MODE", "public")
    told = {}
    files = (str(HOME / "pages" / "steward" / screen.file) for screen in steward.SCREENS)
    for page in ("nonsense", *(screen.path for screen in steward.SCREENS), *files):
        app._page_hash = calc_hash(page)  # what a browser sends, and who plays one
        app.run()
        told[page] = [element.value for element in (*app.title, *app.subheader, *app.caption)]
    assert [page for page, said in told.items() if said != told["nonsense"]] == []


def test_the_store_of_a_public_server_refuses_to_write_whatever_is_asked(office, monkeypatch):  # noqa: ARG001
    monkeypatch.setenv("HG_MODE", "public")
    data.store.clear()
    with pytest.raises(StoreError):
        Accounts(data.store()).add(HOA, "Hoa", WORDS, now())


# --- before signing in ---------------------------------------------------------------------


def test_no_screen_of_a_stewards_server_opens_before_signing_in(app):
    app.run()
    assert title(app) == [_("Sign in")]
    for path in ("pages/map.py", "pages/method.py", "pages/steward/account.py"):
        with pytest.raises(ValueError, match="navigation page"):
            app.switch_page(path)
    assert LAN.encode() not in sent(app)
    assert b"HG-ST-01" not in sent(app)


def test_every_page_of_a_steward_asks_again_who_is_there():
    for screen in steward.SCREENS:
        said = (HOME / "pages" / "steward" / screen.file).read_text("utf-8")
        assert "access.required(" in said
        assert set(screen.roles) <= {"steward", "reviewer", "admin"}


def test_a_screen_is_there_only_for_its_roles(app, monkeypatch):
    own = steward.Screen("account.py", "Account", "tai-khoan", ("reviewer",))
    monkeypatch.setattr(steward, "SCREENS", (own,))
    sign_in(app.run())  # a steward
    with pytest.raises(ValueError, match="navigation page"):
        account(app)
    app.user = claims(email=HOA, sub="18")  # an administrator
    assert title(account(app.run())) == [_("Account")]


def test_where_nothing_is_configured_one_sentence_says_what_to_do(app, monkeypatch):
    monkeypatch.setenv("HG_LOCAL_ACCOUNTS", "no")
    app.run()
    assert len(app.text_input) == len(app.button) == 0
    assert "secrets.toml" in app.info[0].value
    assert "user add" in app.info[0].value


# --- local accounts ------------------------------------------------------------------------


def test_who_has_an_account_and_a_role_gets_to_the_screens(app):
    sign_in(app.run())
    assert not app.exception
    assert title(app) != [_("Sign in")]
    account(app)
    assert "Lan" in app.markdown[0].value
    assert "cán bộ nhập liệu" in app.markdown[1].value
    assert len(app.dataframe) == 0  # the list of people is for administrators


def test_a_name_is_text_and_never_markup(app):
    account(sign_in(app.run()))
    assert "*Hương*" not in app.markdown[0].value
    assert "&#42;Hương&#42;" in app.markdown[0].value


@pytest.mark.parametrize(("email", "words"), [(LAN, "wrong"), ("x@example.vn", WORDS), ("", "")])
def test_a_wrong_address_and_a_wrong_password_are_answered_alike(app, email, words):
    sign_in(app.run(), email, words)
    assert title(app) == [_("Sign in")]
    assert "không đúng" in app.error[0].value


def test_neither_password_nor_hash_is_sent_or_logged(app, office, caplog):
    guess = "a guess that is wrong"
    said = sent(sign_in(app.run(), LAN, guess))
    said += sent(sign_in(app)) + sent(account(app))
    with office._opened() as connection:
        kept = connection.exec_driver_sql("SELECT password_hash FROM account").scalar_one()
    secrets = (WORDS, guess, kept, app.cookies["session"])
    for secret in secrets:
        assert secret.encode() not in said
        assert secret not in caplog.text
    assert kept not in repr(app.session_state)


def test_the_log_says_who_came_in_went_out_and_was_refused_by_digests_alone(app, caplog):
    caplog.set_level("INFO", logger=access.__name__)
    sign_in(app.run(), LAN, "a guess that is wrong")
    account(sign_in(app))
    button(app, _("Sign out")).click().run()
    lan = hashlib.sha256(LAN.encode()).hexdigest()[:8]
    told = [one.getMessage() for one in caplog.records if one.name == access.__name__]
    assert told == [f"{what}: {lan}" for what in ("Sign-in refused", "Signed in", "Signed out")]


def test_the_log_says_who_asked_for_what_is_not_theirs(monkeypatch, caplog):
    monkeypatch.setattr(access, "mode", lambda: "steward")
    monkeypatch.setattr(access, "person", lambda: Person(LAN, "Lan", frozenset({"reviewer"})))
    with pytest.raises(AccessError):
        access.required("steward")
    lan = hashlib.sha256(LAN.encode()).hexdigest()[:8]
    assert caplog.messages == [f"Refused for want of steward: {lan}"]


def test_an_account_without_a_role_is_refused_and_can_sign_out(app, tmp_path):
    (tmp_path / "roles.toml").write_text(f'[people]\n"{HOA}" = ["admin"]\n')
    sign_in(app.run())
    assert title(app) == [_("Sign in")]
    sentence = html.unescape(app.error[0].value).replace("\u2060", "")
    assert "chưa được phân quyền" in sentence
    assert HOA not in sentence, "whose account is worth guessing"
    button(app, _("Sign out")).click().run()
    assert len(app.text_input) == 2


GROUNDS = ("removed", "password changed", "role taken", "accounts off", "idle")


@pytest.mark.parametrize("what", [*GROUNDS, "no cookie", "ended elsewhere"])
def test_a_session_ends_and_its_map_goes_when_its_ground_is_gone(
    app, office, tmp_path, monkeypatch, what
):
    shelf = sign_in(app.run()).session_state[served._SESSION]
    page = next(name for name in shelf.files if name.endswith(".html"))
    app.session_state["draft"] = "half an entry"
    assert b"HG-ST-01" in shelf.get(page, shelf.browser)
    if what == "removed":
        office.remove(LAN)
    elif what == "password changed":
        office.change_password(LAN, "another long password", now())
    elif what == "idle":
        monkeypatch.setattr(access, "now", lambda: now() + IDLE + timedelta(minutes=1))
    elif what == "role taken":
        (tmp_path / "roles.toml").write_text("")
    elif what == "no cookie":  # who knows only the number of the session
        app.cookies.clear()
    elif what == "ended elsewhere":
        Sessions(data.store()).end_all(LAN)
    else:
        monkeypatch.setenv("HG_LOCAL_ACCOUNTS", "no")
    if what in GROUNDS:
        assert shelf.get(page, shelf.browser) is None  # before anything is run again
    app.run()
    assert title(app) == [_("Sign in")]
    if what != "role taken":  # who has an account still may get the role back
        assert "draft" not in app.session_state


def test_a_session_in_use_does_not_end(app, monkeypatch):
    sign_in(app.run())
    for turn in (1, 2):
        later = now() + turn * (IDLE - timedelta(minutes=5))
        monkeypatch.setattr(access, "now", lambda later=later: later)
        account(app)
        assert title(app) == [_("Account")]


def test_a_reload_asks_nobody_to_sign_in_again(app):
    sign_in(app.run())
    again = AppTest.from_file(APP, default_timeout=60)
    assert title(account(again.run())) == [_("Account")]


def test_another_person_in_the_same_browser_finds_nothing_of_the_first(app, office):
    office.add(HOA, "Hoa", WORDS, now())
    sign_in(app.run())
    app.session_state["draft"] = "half an entry"
    hoa = office.sign_in(HOA, WORDS, now())
    app.cookies["session"] = Sessions(data.store()).begin(hoa, now())
    account(app)
    assert "Hoa" in app.markdown[0].value
    assert "draft" not in app.session_state


def test_one_changes_ones_own_password_and_signs_in_with_it(app, office):
    account(sign_in(app.run()))
    new = "một mật khẩu khác hẳn"
    for old, first, again in (
        ("wrong", new, new),
        (WORDS, new, new + "x"),
        (WORDS, "short", "short"),
    ):
        _change(app, old, first, again)
        assert app.error
        assert office.sign_in(LAN, WORDS, now())
    _change(app, WORDS, new, new)
    assert title(app) == [_("Sign in")]
    assert title(account(sign_in(app, words=new))) == [_("Account")]


def _change(app, old, new, again):
    for field, words in zip(app.text_input, (old, new, again), strict=True):
        field.set_value(words)
    button(app, _("Change")).click().run()


def test_signing_out_everywhere_ends_every_browser(app, office):
    account(sign_in(app.run()))
    other = Sessions(data.store()).begin(office.sign_in(LAN, WORDS, now()), now())
    button(app, _("Sign out in every browser")).click().run()
    assert title(app) == [_("Sign in")]
    assert Sessions(data.store()).find(other, now()) is None


def test_signing_out_leaves_nothing_of_the_session(app):
    account(sign_in(app.run()))
    app.session_state["draft"] = "half an entry"
    button(app, _("Sign out")).click().run()
    assert title(app) == [_("Sign in")]
    assert "draft" not in app.session_state
    assert Sessions(data.store()).find(app.cookies["session"], now()) is None


def test_a_locked_account_is_told_until_when(app):
    app.run()
    for _attempt in range(6):  # the sixth comes too early
        sign_in(app, LAN, "wrong")
    assert "thử lại sau" in app.error[0].value


# --- the office's provider -----------------------------------------------------------------


def claims(**changed):
    issued = int(datetime.now(UTC).timestamp())
    known = {"is_logged_in": True, "email": LAN.upper(), "name": "Lan", "iat": issued}
    vouched = {"email_verified": True, "iss": "https://id.example.vn", "sub": "17"}
    return known | vouched | changed


def test_whom_the_provider_vouches_for_gets_to_the_screens(app):
    app.user = claims(email_verified=True)
    account(app.run())
    assert title(app) == [_("Account")]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"email": "stranger@example.vn"}, "chưa được phân quyền"),
        ({"email_verified": False}, "chưa xác thực"),
        ({"email_verified": "false"}, "chưa xác thực"),
        ({"email": None}, "chưa xác thực"),
        ({"email_verified": None}, "chưa xác thực"),
        ({"sub": None}, "tài khoản khác"),
    ],
)
def test_whom_the_provider_does_not_vouch_for_is_told_so_and_can_sign_out(app, changed, said):
    app.user = claims(**changed)
    app.run()
    assert title(app) == [_("Sign in")]
    assert said in app.error[0].value
    assert button(app, _("Sign out"))


def test_an_address_given_to_another_person_is_not_theirs_here(app):
    app.user = claims()
    account(app.run())
    assert title(app) == [_("Account")]
    app.user = claims(sub="18")
    app.run()
    assert title(app) == [_("Sign in")]
    assert "tài khoản khác" in app.error[0].value


def test_a_copy_of_the_provider_s_cookie_opens_nothing_after_signing_out(app, monkeypatch):
    monkeypatch.setattr(access.st, "logout", lambda: None)
    copied = app.user = claims()
    shelf = account(app.run()).session_state[served._SESSION]
    button(app, _("Sign out")).click().run()
    assert not shelf.stands()
    other = AppTest.from_file(APP, default_timeout=60)
    other.user = copied
    assert title(other.run()) == [_("Sign in")]
    other.user = claims(nonce="another sign-in")
    assert title(account(other.run())) == [_("Account")]


def test_an_unverified_address_counts_where_the_office_says_so(app, monkeypatch):
    monkeypatch.setenv("HG_TRUST_EMAIL", "yes")
    app.user = claims(email_verified=None)
    del app.user["email_verified"]
    account(app.run())
    assert title(app) == [_("Account")]


@pytest.mark.parametrize(
    "changed",
    [
        {"is_logged_in": False},
        *({"iat": moment} for moment in (0, None, "", "yesterday", "nan", 1e300, -1, 4e9)),
    ],
)
def test_a_sign_in_of_another_day_is_made_again(app, changed, monkeypatch):
    monkeypatch.setenv("HG_LOCAL_ACCOUNTS", "no")
    app.user = claims(**changed)
    app.run()
    assert title(app) == [_("Sign in")]
    assert len(app.text_input) == 0
    assert button(app, _("Sign in with the office's account"))


def test_an_address_that_nobody_signed_in_with_opens_nothing(app):
    app.user = {"email": HOA}
    app.run()
    assert title(app) == [_("Sign in")]


def test_an_administrator_sees_who_has_which_role(app):
    app.user = claims(email=HOA, sub="18")
    account(app.run())
    rows = app.dataframe[0].value.to_numpy().tolist()
    assert rows == [[LAN, "cán bộ nhập liệu"], [HOA, "quản trị viên"]]
