"""Attachments: only what is a PDF or a picture by its content gets in, under a harmless name."""

import io
import struct
import zipfile
import zlib

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfWriter

from geodata.core.errors import DataError
from geodata.intake import attachments
from geodata.intake.attachments import LONGEST_NAME, MOST_BYTES, check


def pdf(pages=1, *, locked=False):
    writer = PdfWriter()
    for _page in range(pages):
        writer.add_blank_page(200, 200)
    if locked:
        writer.encrypt("x", algorithm="RC4-128")
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def picture(kind, size=(40, 30)):
    written = io.BytesIO()
    Image.effect_noise(size, 60).convert("RGB").save(written, kind)
    return written.getvalue()


def archive():
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as packed:
        packed.writestr("a.txt", "hidden")
    return written.getvalue()


def chunk(kind, content):
    body = kind + content
    return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))


def bomb(width, height):
    """A PNG of a few bytes that says it is huge."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = (chunk(b"IHDR", head), chunk(b"IDAT", zlib.compress(b"\0" * 9)), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


PDF, PNG, JPEG = pdf(), picture("PNG"), picture("JPEG", (400, 300))


@pytest.mark.parametrize(
    ("content", "name", "kept", "kind"),
    [
        (PDF, "Biên bản 12.pdf", "Biên bản 12.pdf", "application/pdf"),
        (PNG, "ảnh.PNG", "ảnh.png", "image/png"),
        (JPEG, "IMG_001.JPEG", "IMG_001.jpeg", "image/jpeg"),
        (PNG, "biên bản.pdf", "biên bản.png", "image/png"),
        (PDF, "không đuôi", "không đuôi.pdf", "application/pdf"),
        (PDF, "trang.html", "trang.pdf", "application/pdf"),
    ],
)
def test_the_content_says_what_a_file_is_and_gives_the_name_its_ending(content, name, kept, kind):
    assert check(content, name) == (kept, kind, len(content))


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "trống"),
        (b"%PDF-" + b"0" * MOST_BYTES, "20 MB"),
        (b"<html>", "PDF, PNG"),
        (archive(), "PDF, PNG"),
        (b"GIF89a", "PDF, PNG"),
        (b" " + PDF, "PDF, PNG"),
        (pdf(locked=True), "mật khẩu"),
        (pdf(pages=0), "hỏng"),
        (PDF[: len(PDF) // 3], "hỏng"),
        (b"%PDF-1.7\n", "hỏng"),
        (PNG[:60], "hỏng"),
        (PNG[:50] + b"\0\0\0\0" + PNG[54:], "hỏng"),
        (JPEG[: len(JPEG) // 2], "hỏng"),
        (b"\xff\xd8\xff", "hỏng"),
        (bomb(60_000, 60_000), "điểm ảnh"),
        (bomb(10_000, 10_000), "điểm ảnh"),
    ],
)
def test_what_cannot_be_kept_is_refused_in_a_sentence(content, word):
    with pytest.raises(DataError) as error:
        check(content, "tệp.pdf")
    assert "tệp.pdf" in str(error.value)
    assert word in str(error.value)


@pytest.mark.parametrize(
    "content",
    [
        PNG + PDF,
        JPEG + PDF,
        JPEG + b"<HTML><script>",
        JPEG[:4] + b"<script>" + JPEG[4:],
        PNG + archive(),
        JPEG + archive(),
        PDF + archive(),
    ],
    ids=["png+pdf", "jpeg+pdf", "jpeg+html", "script in jpeg", "png+zip", "jpeg+zip", "pdf+zip"],
)
def test_two_files_in_one_are_refused(content):
    with pytest.raises(DataError):
        check(content, "x.png")


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\Lan\\biên bản.pdf", "biên bản.pdf"),
        ("a\x00b\r\nc\t.pdf", "a b c.pdf"),
        ("ab\u202efdp.pdf", "ab fdp.pdf"),
        ('tệp<b>"?*|:.pdf', "tệp b.pdf"),
        ("...", "tài liệu.pdf"),
        ("", "tài liệu.pdf"),
        (".pdf", "pdf.pdf"),
        ("x" * 500 + ".pdf", "x" * (LONGEST_NAME - 4) + ".pdf"),
    ],
)
def test_a_name_keeps_neither_path_nor_control_characters(name, kept):
    assert check(PDF, name).name == kept


@example(name="0" * 117)  # fits without its ending, and not with it
@given(name=st.text(max_size=300))
def test_any_name_becomes_one_that_every_system_takes(name):
    kept = check(PDF, name).name
    assert kept.endswith(".pdf")
    assert len(kept) <= LONGEST_NAME
    assert kept.isprintable()
    assert not set(kept) & set('/\\<>:"|?*')


@given(content=st.binary(max_size=400), start=st.sampled_from([*attachments._STARTS, b""]))
def test_no_content_breaks_the_check(content, start):
    content = start + content
    try:
        size = check(content, "x").size
    except DataError:
        return  # the only way out but being taken
    assert size == len(content)
