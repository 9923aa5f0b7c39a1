"""``briefing`` on the command line: its progress, what it refuses, and that it leaves no ruins."""

import errno
import os
import shutil
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from docx import Document

from geodata.commands.main import main
from geodata.core.files import reason
from geodata.core.names import unaccent
from geodata.core.text import language, number
from geodata.outputs.briefing import files


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A store with both workspaces, to be copied."""
    path = tmp_path_factory.mktemp("store") / "store.sqlite"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HG_STORE", str(path))
        assert main(["init", "--demo", "--sites", "20", "--seed", "1"]) == 0
    return path


@pytest.fixture
def out(made, tmp_path, monkeypatch):
    """A new folder for files, beside a store of its own."""
    shutil.copy(made, tmp_path / "store.sqlite")
    monkeypatch.setenv("HG_STORE", str(tmp_path / "store.sqlite"))
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


def vietnamese(sentence):
    return unaccent(sentence) != sentence.lower()


def test_each_step_is_told_on_stderr_and_the_path_on_stdout(out, capsys):
    path = out / "briefing.xlsx"
    assert main(["briefing", str(path), "--as-of", "2024-12-31"]) == 0
    printed = capsys.readouterr()
    assert printed.out.strip() == str(path)
    lines = printed.err.splitlines()
    assert lines[0].strip().startswith("0%")
    assert lines[-1].strip().startswith("100%")
    assert all(vietnamese(line) for line in lines[:-1])
    assert [p.name for p in out.iterdir()] == ["briefing.xlsx"]


@pytest.mark.parametrize("step", [1, 2, 10_000])
def test_ctrl_c_leaves_no_file_and_says_so(out, capsys, monkeypatch, step):
    """At the first step, at a later one, and while the file itself is being written."""
    whole, heard = files.KINDS["xlsx"], []

    def interrupted(briefing, listener):
        def listen(share, words):
            heard.append(words)
            if len(heard) == step:
                raise KeyboardInterrupt
            listener(share, words)

        return whole(briefing, listen)

    def stop(*_arguments):
        raise KeyboardInterrupt

    monkeypatch.setitem(files.KINDS, "xlsx", interrupted)
    if step > 100:
        monkeypatch.setattr(Path, "replace", stop)
    assert main(["briefing", str(out / "briefing.xlsx"), "--as-of", "2024-12-31"]) == 130
    printed = capsys.readouterr()
    assert printed.out == ""
    assert vietnamese(printed.err.splitlines()[-1])
    assert not list(out.iterdir())


@pytest.mark.parametrize(
    "words",
    [
        ["--as-of", "2023-06-01"],
        ["--as-of", "2024-06-01", "--plan", "2025"],
        ["--as-of", "2024-06-01", "--compare", "2024-06-01"],
        ["--as-of", "2024-06-01", "--compare", "2023-06-01"],
        ["--as-of", "2024-06-01", "--known-at", "2999-06-01"],
        ["--as-of", "2024-06-01", "--unit", "999"],
    ],
    ids=[
        *("before any plan", "before its plan", "compared with itself"),
        *("compared with before any plan", "known in the future", "no such unit"),
    ],
)
def test_a_question_without_an_answer_is_refused_in_one_sentence(out, capsys, words):
    assert main(["briefing", str(out / "briefing.pdf"), *words]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    (sentence,) = printed.err.splitlines()
    assert vietnamese(sentence)
    assert not list(out.iterdir())


def test_a_path_that_cannot_be_written_is_a_sentence_and_leaves_nothing(out, capsys):
    (out / "file").write_text("")
    path = out / "file" / "briefing.xlsx"
    assert main(["briefing", str(path), "--as-of", "2024-12-31"]) == 1
    sentence = capsys.readouterr().err.splitlines()[-1]
    assert str(path) in sentence
    assert vietnamese(sentence.replace(str(path), ""))
    assert [p.name for p in out.iterdir()] == ["file"]


@pytest.mark.parametrize(
    "code", [errno.ENOSPC, errno.EACCES, errno.EROFS, errno.ENOTDIR, errno.EISDIR, errno.EIO]
)
def test_why_the_system_refused_is_told_without_english(code):
    words = reason(OSError(code, os.strerror(code)))
    assert vietnamese(words)
    assert os.strerror(code) not in words


def test_a_briefing_says_what_it_assumes_what_was_known_and_reads_each_day_under_its_plan(
    out, monkeypatch
):
    made = []
    monkeypatch.setattr(files, "write", lambda briefing, *_p, **_t: made.append(briefing))
    words = ["briefing", str(out / "b.xlsx"), "--as-of", "2025-03-01", "--compare", "2024-12-31"]
    assert main([*words, "--known-at", "2024-06-30", "--demo"]) == 0
    nothing = out.parent / "evidence.csv"
    nothing.write_text("id,subject\n", "utf-8")
    assert main([*words, "--evidence", str(nothing), "--baseline-year", "2020"]) == 0
    audit, assumed = made
    assert (audit.plan.year, audit.known_at, audit.assumed) == (2025, date(2024, 6, 30), ())
    assert audit.later > 0
    assert (assumed.known_at, assumed.later) == (None, 0)
    assert assumed.assumed == ("evidence.csv", "năm cơ sở 2020")
    # a plan of 2024 reaches its own sites; under that of 2025 they would all be lapsed
    assert audit.compared[2].then[0] != "0"
    assert audit.compared[2].now[0] == "0"


def test_a_plan_without_evidence_still_makes_a_briefing(out, capsys):
    nothing = out.parent / "evidence.csv"
    nothing.write_text("id,subject,axis,kind,event_date,recorded_at,grade\n", "utf-8")
    words = ["--as-of", "2024-12-31", "--evidence", str(nothing)]
    assert main(["briefing", str(out / "briefing.xlsx"), *words]) == 0, capsys.readouterr().err
    assert (out / "briefing.xlsx").stat().st_size > 0


def test_a_call_says_what_an_address_says(out, monkeypatch):
    made = []
    monkeypatch.setattr(files, "write", lambda briefing, *_p, **_t: made.append(briefing))
    monkeypatch.setenv("HG_ADDRESS", "https://map.example.vn/")
    monkeypatch.setenv("HG_BODY", "SỞ CÔNG THƯƠNG")
    words = "--axis compliance --kinds supermarket,shopping_centre --statuses no-data"
    call = ["briefing", str(out / "b.xlsx"), "--as-of", "2024-12-31", "--vintage", "2025"]
    assert main([*call, *words.split()]) == 0
    (one,) = made
    assert one.imprint.link == (
        "https://map.example.vn/bao-cao?as_of=2024-12-31&axis=compliance"
        "&kinds=supermarket%2Cshopping_centre&statuses=no-data&vintage=2025&plan=2024"
    )
    assert set(one.sites["kind"]) <= {"supermarket", "shopping_centre"}
    assert one.imprint.letterhead.body == "SỞ CÔNG THƯƠNG"
    assert one.imprint.maker
    assert one.imprint.made_at


@pytest.mark.parametrize(
    "words",
    [
        ["--kinds", "supermarket,temple"],
        ["--statuses", "compliant"],  # of the other axis
        ["--template", "office.docx"],  # for a workbook
        ["--paper", "a3-poster"],
        ["--unit", "930", "--vintage", "2025"],  # a district that is no more
        ["--lang", "fr"],
    ],
)
def test_a_word_that_no_view_has_is_refused_in_a_sentence(out, capsys, words):
    assert main(["briefing", str(out / "b.xlsx"), "--as-of", "2024-12-31", *words]) == 2
    assert vietnamese(capsys.readouterr().err)
    assert not list(out.iterdir())


NARROWED = "--demo --as-of 2024-12-31 --axis compliance --kinds supermarket --statuses no-data"
OF_ONE = "--vintage legacy --unit 930"


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("pptx", ""),
        ("docx", ""),
        ("pdf", "--paper a4-landscape"),
        ("pdf", "--paper a3-poster"),
    ],
)
def test_every_kind_takes_what_a_view_is_narrowed_to(out, kind, words):
    path = out / f"b.{kind}"
    assert main(["briefing", str(path), *NARROWED.split(), *OF_ONE.split(), *words.split()]) == 0
    assert path.stat().st_size > 0


@pytest.mark.parametrize("place", ["before", "after"])
def test_a_call_in_english_is_answered_in_english(out, capsys, place):
    path, words = out / "b.xlsx", ["--lang", "en"]
    call = ["briefing", str(path), "--as-of", "2024-12-31"]
    assert main([*words, *call] if place == "before" else [*call, *words]) == 0
    assert "Writing the sheet “Board”" in capsys.readouterr().err
    book = openpyxl.load_workbook(path)
    assert book.sheetnames[:2] == ["Answer", "Board"]
    assert {cell.value for cell in book["Board"][4]} >= {"Numerator", "Verdict"}
    assert (language(), number(1622.4, 1)) == ("vi", "1.622,4")


def test_the_report_is_vietnamese_unless_the_office_has_another_template(out, capsys):
    call = ["briefing", str(out / "b.docx"), "--as-of", "2024-12-31", "--lang", "en"]
    assert main(call) == 2
    assert "--template" in capsys.readouterr().err
    template = Document()
    template.add_paragraph("{{ headline }}")
    template.save(out.parent / "office.docx")
    assert main([*call, "--template", str(out.parent / "office.docx")]) == 0
    (line,) = (p.text for p in Document(out / "b.docx").paragraphs)
    assert "threshold" in line
