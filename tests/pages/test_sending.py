"""How large a file may be: what screens say is what the server takes."""

import tomllib
from pathlib import Path

import pytest
import streamlit as st

from geodata.intake.attachments import MOST_BYTES
from geodata.intake.reading.files import LARGEST
from pages.parts.server.uploads import LARGEST_MB
from pages.parts.shared.sending import most_mb

CONFIG = tomllib.loads((Path(__file__).parents[2] / ".streamlit" / "config.toml").read_text())
TAKEN = CONFIG["server"]["maxUploadSize"]


@pytest.mark.parametrize("readable", [LARGEST, MOST_BYTES])
def test_a_steward_is_told_what_the_server_takes_or_a_reader_if_that_is_less(monkeypatch, readable):
    monkeypatch.setenv("HG_MODE", "steward")
    for taken, told in ((TAKEN, TAKEN), (2, 2), (10_000, readable // 1024**2)):
        monkeypatch.setattr(st, "get_option", {"server.maxUploadSize": taken}.get)
        assert most_mb(readable) == told


def test_a_stranger_is_told_what_a_public_server_takes(monkeypatch):
    monkeypatch.setenv("HG_MODE", "public")
    assert most_mb(LARGEST) == LARGEST_MB == 1


def test_every_place_to_send_a_file_says_that_much(open_app):
    app = open_app("visits", workspace="simulated")
    sizes = [one.proto.max_upload_size_mb for one in app.get("file_uploader")]
    assert sizes
    assert set(sizes) == {LARGEST_MB}
