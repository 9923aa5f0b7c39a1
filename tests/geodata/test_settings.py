"""Where settings come from, and which of them are refused."""

import os
import pwd

import pytest

from geodata.core.errors import AccessError, WrongCallError
from geodata.settings import Settings, load, office, operator


@pytest.fixture
def secrets(tmp_path):
    file = tmp_path / ".streamlit" / "secrets.toml"
    file.parent.mkdir()
    return file


def test_the_default_is_a_file_of_the_project_read_only_and_no_local_account(tmp_path):
    store, roles = f"sqlite:///{tmp_path}/var/haugiang.sqlite", tmp_path / "var" / "roles.toml"
    documents = tmp_path / "var" / "documents"
    expected = Settings(
        store, "public", roles, local_accounts=False, documents=documents, context=None
    )
    assert load({}, tmp_path) == expected


def test_documents_lie_beside_the_file_of_the_store_unless_said(tmp_path):
    said = {"HG_STORE": f"{tmp_path}/office/store.sqlite"}
    assert load(said, tmp_path).documents == tmp_path / "office" / "documents"
    assert load({**said, "HG_DOCUMENTS": "scans"}, tmp_path).documents == tmp_path / "scans"
    server = {"HG_STORE": "postgresql+psycopg://host/db"}
    assert load(server, tmp_path).documents == tmp_path / "var" / "documents"


def test_a_file_of_waters_and_roads_counts_from_the_folder_of_the_project(tmp_path):
    assert load({"HG_CONTEXT": "lines.gpkg"}, tmp_path).context == tmp_path / "lines.gpkg"


def test_the_environment_comes_before_the_secrets(tmp_path, secrets):
    secrets.write_text('HG_MODE = "steward"\nHG_STORE = "a.sqlite"\n[other]\nkey = 1\n')
    assert load({}, tmp_path).mode == "steward"
    found = load({"HG_MODE": "public", "HG_STORE": " "}, tmp_path)
    assert (found.store, found.mode) == (f"sqlite:///{tmp_path}/a.sqlite", "public")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("data/a b.sqlite", "sqlite:///{here}/data/a b.sqlite"),
        ("/srv/a.sqlite", "sqlite:////srv/a.sqlite"),
        ("sqlite:///var/a.sqlite", "sqlite:///{here}/var/a.sqlite"),
        ("sqlite:////srv/a.sqlite", "sqlite:////srv/a.sqlite"),
        ("postgresql://host/db", "postgresql://host/db"),
    ],
)
def test_a_store_is_the_same_wherever_the_process_stands(tmp_path, written, meant):
    assert load({"HG_STORE": written}, tmp_path).store == meant.format(here=tmp_path)


@pytest.mark.parametrize("name", ["HG_MODE", "HG_LOCAL_ACCOUNTS"])
def test_an_unknown_answer_is_refused(tmp_path, name):
    with pytest.raises(WrongCallError, match=f"{name}.*“admin”"):
        load({name: "admin"}, tmp_path)


def test_roles_are_read_from_the_offices_file(tmp_path):
    (tmp_path / "r.toml").write_text('one_person = true\n[people]\n"A@b.vn" = ["admin"]\n')
    found = load({"HG_ROLES": "r.toml", "HG_LOCAL_ACCOUNTS": "yes"}, tmp_path)
    assert found.local_accounts
    person = office(found.roles).person("a@b.vn")
    assert person.may("reviewer")
    assert person.one_person
    assert operator(found.roles).one_person


def test_without_a_roles_file_nobody_has_a_role(tmp_path):
    with pytest.raises(AccessError, match="người vận hành"):
        office(tmp_path / "none.toml").person("a@b.vn")


def test_a_roles_file_that_cannot_be_read_is_refused_by_name(tmp_path):
    (tmp_path / "r.toml").write_text("[people\n")
    with pytest.raises(WrongCallError, match=r"r\.toml"):
        office(tmp_path / "r.toml")


@pytest.mark.parametrize("content", [b"HG_MODE = steward", b"\xff\xfe"])
def test_secrets_that_cannot_be_read_are_refused_by_name(tmp_path, secrets, content):
    secrets.write_bytes(content)
    with pytest.raises(WrongCallError, match=r"secrets\.toml"):
        load({}, tmp_path)


def test_the_letterhead_is_set_once_with_its_recipients_one_by_one(tmp_path):
    words = {
        "HG_BODY": "SỞ CÔNG THƯƠNG",
        "HG_RECIPIENTS": "UBND tỉnh; Sở A;",
        "HG_PLACE": "Vị Thanh",
    }
    paper = load({**words, "HG_REPORT_TEMPLATE": "office.docx"}, tmp_path).letterhead
    assert (paper.body, paper.place) == ("SỞ CÔNG THƯƠNG", "Vị Thanh")
    assert paper.recipients == ("UBND tỉnh", "Sở A")
    assert paper.report == tmp_path / "office.docx"


def test_a_public_address_is_one_that_people_open(tmp_path):
    assert load({"HG_ADDRESS": "https://map.vn"}, tmp_path).letterhead.address == "https://map.vn"
    with pytest.raises(WrongCallError, match=r"HG_ADDRESS.*map\.vn"):
        load({"HG_ADDRESS": "map.vn"}, tmp_path)


def test_nobody_signs_as_somebody_else_by_a_variable(monkeypatch, tmp_path):
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.setenv(name, "giam-doc")
    assert operator(tmp_path / "roles.toml").email == f"cli:{pwd.getpwuid(os.getuid())[0]}"


def test_where_a_user_has_no_name_its_number_signs(monkeypatch, tmp_path):
    def unnamed(_number):
        raise KeyError

    monkeypatch.setattr(pwd, "getpwuid", unnamed)
    assert operator(tmp_path / "roles.toml").email == f"cli:{os.getuid()}"
