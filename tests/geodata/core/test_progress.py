"""Progress is told in shares and sentences, on a terminal in one line."""

import io

import pytest

from geodata.core import progress


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_a_part_of_the_work_takes_its_part_of_the_bar():
    heard = []
    told = progress.between(lambda *said: heard.append(said), 0.2, 0.6)
    for share in (0, 0.5, 1):
        told(share, "step")
    assert [share for share, _step in heard] == pytest.approx([0.2, 0.4, 0.6])


def test_a_terminal_sees_one_line_that_is_rewritten_and_then_ended():
    stream = Terminal()
    with progress.line(stream) as listener:
        listener(0, "Vẽ bản đồ")
        listener(0.5, "Ghi")
    assert stream.getvalue() == "\r\x1b[K  0%  Vẽ bản đồ\r\x1b[K 50%  Ghi\n"


def test_a_log_gets_plain_lines():
    stream = io.StringIO()
    with progress.line(stream) as listener:
        listener(0, "Vẽ bản đồ")
        listener(1, "Ghi")
    assert stream.getvalue() == "  0%  Vẽ bản đồ\n100%  Ghi\n"


def test_a_terminals_line_is_ended_when_the_work_is_broken_off():
    def broken_off(stream):
        with progress.line(stream) as listener:
            listener(0, "Vẽ bản đồ")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        broken_off(stream := Terminal())
    assert stream.getvalue().endswith("\n")
