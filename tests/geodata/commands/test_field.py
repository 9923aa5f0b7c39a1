"""The command for a day in the field: a file by its ending, and a sentence for a wrong call."""

import io

import openpyxl
import pytest
from pypdf import PdfReader

from geodata.commands.main import main


@pytest.fixture(autouse=True, scope="module")
def store(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HG_STORE", str(tmp_path_factory.mktemp("store") / "store.sqlite"))
        assert main(["init", "--demo", "--sites", "20"]) == 0
        yield


def test_pages_and_sheet_are_made_by_the_ending_of_the_name(tmp_path, capsys):
    chosen = ["--site", "HG-ST-01", "--site", "HG-LN-01", "--start", "31321", "--back"]
    for name in ("day.pdf", "day.XLSX"):
        path = tmp_path / name
        assert main(["field", str(path), *chosen, "--as-of", "2025-06-01"]) == 0
        printed = capsys.readouterr()
        assert printed.out.strip() == str(path)
        assert "đường chim bay" in printed.err
    assert len(PdfReader(tmp_path / "day.pdf").pages) == 3
    book = openpyxl.load_workbook(io.BytesIO((tmp_path / "day.XLSX").read_bytes()))
    assert "Phiếu đi thực địa" in book.sheetnames


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["day.pdf"], 2),
        (["day.txt", "--site", "HG-ST-01"], 2),
        (["day.pdf", "--site", "nobody"], 2),
        (["day.pdf", "--site", "HG-ST-01", "--start", "nowhere"], 2),
        (["day.pdf", "--site", "HG-ST-01", "--as-of", "2019-01-01"], 2),
        (["a-file/day.pdf", "--site", "HG-ST-01"], 1),
    ],
)
def test_what_cannot_be_made_is_said_in_one_sentence_and_leaves_nothing(
    tmp_path, capsys, words, code
):
    (tmp_path / "a-file").write_text("x")
    path, *rest = words
    assert main(["field", str(tmp_path / path), *rest]) == code
    printed = capsys.readouterr()
    assert printed.out == ""
    assert len(printed.err.strip().splitlines()) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["a-file"]
