"""The log as lines: what a program reads, and what must not stand in it."""

import json
import logging
import sys

import pytest

from pages.parts.server.log import LogLines, unnamed


def _line(message, *values, error=None):
    steps = None
    if error is not None:
        try:
            raise error
        except type(error):
            steps = sys.exc_info()
    record = logging.LogRecord("pages.x", logging.ERROR, "x.py", 1, message, values, steps)
    return json.loads(LogLines().format(record))


def test_a_message_is_one_line_with_moment_level_and_place():
    line = _line("Đã\nlưu %s", "HG-ST-01")
    assert line["message"] == "Đã lưu HG-ST-01"
    assert (line["level"], line["logger"]) == ("ERROR", "pages.x")
    assert line["time"].endswith("+00:00")


def test_an_error_says_its_kind_and_where_but_no_path_of_the_machine():
    line = _line("A screen failed", error=ValueError("lan@example.vn 0939 871 234"))
    assert line["error"] == "ValueError"
    assert line["reason"] == "…@… …"
    assert line["where"][0].startswith("tests/pages/server/test_log.py:")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("ask lan@example.vn, please", "ask …@…, please"),
        ("<minh.b@so.haugiang.gov.vn>", "<…@…>"),
        ("postgresql://user:secret@host/name", "postgresql://user:…@…"),
        ("call 0939871234 or +84 939 871 234", "call … or …"),
        ("10.120.130.140:8501 came", "… came"),
        ("entry 12 of 2026-11-27, HG-ST-0012", "entry 12 of …, HG-ST-0012"),
    ],
)
def test_nobody_is_named(text, kept):
    assert unnamed(text) == kept
