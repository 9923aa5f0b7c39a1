"""Attachments: only what is a PDF or a picture by its content gets in, under a harmless name."""

import io
import re
import struct
import zipfile
import zlib

import docx
import pillow_heif
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject

from geodata.core.errors import DataError
from geodata.intake import attachments
from geodata.intake.attachments import LONGEST_NAME, MOST_BYTES, check, taken
from geodata.intake.reading import apart


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


def photo(kind, *, turned=1, placed=True):
    """A phone's photo, taken at a place in Vị Thanh."""
    exif = Image.Exif()
    exif[0x0112], exif[0x0132] = turned, "2024:06:10 08:00:00"
    if placed:
        exif.get_ifd(0x8825).update({1: "N", 2: (9.0, 47.0, 0.0), 3: "E", 4: (105.0, 28.0, 0.0)})
    written = io.BytesIO()
    noise = Image.effect_noise((64, 48), 60).convert("RGB")
    if kind == "HEIF":
        pillow_heif.from_pillow(noise).save(written, exif=exif.tobytes())
    else:
        noise.save(written, kind, exif=exif)
    return written.getvalue()


def acting(key, value):
    """A PDF that would do something when it is opened."""
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    if key == "file":
        writer.add_attachment("a.exe", value)
    elif key == "beside":  # a file that no list of files names, as PDF/A-3 has them
        stream = DecodedStreamObject()
        stream.set_data(value)
        held = DictionaryObject({NameObject("/F"): writer._add_object(stream)})
        spec = DictionaryObject({NameObject("/EF"): held})
        writer.root_object[NameObject("/AF")] = ArrayObject([writer._add_object(spec)])
    else:
        launch = DictionaryObject({NameObject("/S"): NameObject(value)})
        writer.root_object[NameObject("/OpenAction")] = launch
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def word(**parts):
    """A document of Word, with further parts."""
    document = docx.Document()
    document.add_paragraph("Biên bản")
    written = io.BytesIO()
    document.save(written)
    with zipfile.ZipFile(written, "a") as packed:
        for name, content in parts.items():
            packed.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return written.getvalue()


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
        (b"<html>", "PDF, DOCX"),
        (archive(), "hỏng"),
        (b"GIF89a", "PDF, DOCX"),
        (b" " + PDF, "PDF, DOCX"),
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


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "HEIF"])
def test_a_photo_loses_the_place_it_was_taken_at_and_nothing_else(kind):
    kept = taken(photo(kind), "IMG_0001.HEIC")
    picture = Image.open(io.BytesIO(kept.content))
    assert not picture.getexif().get_ifd(0x8825)
    assert picture.getexif()[0x0132] == "2024:06:10 08:00:00"
    assert picture.size == (64, 48)
    assert any("Vị trí chụp" in note for note in kept.notes)
    with_place = taken(photo(kind), "IMG_0001.HEIC", keep_position=True)
    assert Image.open(io.BytesIO(with_place.content)).getexif().get_ifd(0x8825)


def test_a_heic_photo_becomes_a_jpeg_that_every_computer_opens():
    kept = taken(photo("HEIF", placed=False), "IMG_0001.HEIC")
    assert kept.attachment[:2] == ("IMG_0001.jpg", "image/jpeg")
    assert kept.notes == ("Ảnh HEIC được lưu thành JPEG để máy nào cũng mở được.",)


def test_a_photo_without_a_place_is_kept_byte_by_byte():
    content = photo("JPEG", placed=False)
    assert taken(content, "a.jpg").content == content


def test_a_place_that_stands_in_xmp_goes_too():
    written = io.BytesIO()
    xmp = b'<x:xmpmeta exif:GPSLatitude="9,47.0N"/>'
    Image.new("RGB", (8, 8)).save(written, "JPEG", xmp=xmp)
    assert b"GPSL" not in taken(written.getvalue(), "a.jpg").content


def test_a_photo_that_is_turned_stays_turned():
    kept = taken(photo("JPEG", turned=6), "a.jpg")
    assert Image.open(io.BytesIO(kept.content)).getexif()[0x0112] == 6


@pytest.mark.parametrize("content", [photo("HEIF")[:60], photo("JPEG")[:200]], ids=["heic", "jpeg"])
def test_a_broken_photo_is_refused_in_a_sentence(content):
    with pytest.raises(DataError, match="hỏng"):
        taken(content, "a.heic")


@pytest.mark.parametrize(
    "content",
    [
        acting("action", "/JavaScript"),
        acting("file", b"MZ"),
        acting("beside", b"MZ"),
        acting("action", "/Launch"),
        acting("action", "/SubmitForm"),
        word(word__vbaProject_dot_bin="x"),
        word(word__embeddings__a_dot_exe="x"),
        word(
            word___rels__settings_dot_xml_dot_rels='<Relationships><Relationship Type="http://x/'
            'attachedTemplate" Target="http://x/a.dotm" TargetMode="External"/></Relationships>'
        ),
    ],
    ids=["script", "file", "file beside", "program", "form", "macro", "object", "template"],
)
def test_a_document_that_would_do_something_is_refused(content):
    with pytest.raises(DataError, match="tự chạy khi mở"):
        check(content, "a.pdf")


def test_a_document_of_word_is_kept_with_its_links():
    document = docx.Document()
    document.part.relate_to("https://x.vn", RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    written = io.BytesIO()
    document.save(written)
    assert check(written.getvalue(), "biên bản.docx").name == "biên bản.docx"


@pytest.mark.parametrize(
    ("content", "options"),
    [
        (photo("HEIF"), {"keep_position": True}),
        (photo("JPEG")[:200], {}),
        (b"GIF89a", {}),
        (b"", {}),
    ],
    ids=["place", "broken", "gif", "empty"],
)
def test_a_document_judged_apart_is_the_one_judged_here(content, options):
    try:
        here = taken(content, "a/b.pdf", **options)
    except DataError as error:
        with pytest.raises(DataError, match=re.escape(str(error))):
            apart.document(content, "a/b.pdf", **options)
        return
    assert apart.document(content, "a/b.pdf", **options) == here


def test_a_document_that_needs_more_memory_than_any_costs_a_sentence(monkeypatch):
    written = io.BytesIO()
    quick = {"preset": "ultrafast"}
    pillow_heif.from_pillow(Image.new("RGB", (4000, 4000))).save(written, enc_params=quick)
    assert apart.document(written.getvalue(), "a.heic").attachment.type == "image/jpeg"
    monkeypatch.setattr(apart, "PICTURE", 20_000_000)
    with pytest.raises(DataError, match="hỏng"):
        apart.document(written.getvalue(), "a.heic")


# --- photos of strangers -----------------------------------------------------------------------


def signed_photo(kind, orientation):
    """A photo that tells of who took it wherever a picture can; 60 wide, 40 high."""
    exif = Image.Exif()
    exif[0x013B], exif[0x0112] = "NAME-QX7Z", orientation
    exif.get_ifd(0x8825)[1] = "N"
    more = {"comment": b"NAME-QX7Z", "icc_profile": b"NAME-QX7Z" * 20} if kind == "JPEG" else {}
    if kind == "PNG":
        more["pnginfo"] = PngInfo()
        more["pnginfo"].add_text("Author", "NAME-QX7Z")
    packed = io.BytesIO()
    Image.new("RGB", (60, 40), "red").save(packed, kind, exif=exif, **more)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("judge", "kind", "orientation", "size"),
    [
        (attachments.stranger_s, "PNG", 1, (60, 40)),
        (attachments.stranger_s, "PNG", 6, (40, 60)),
        (attachments.stranger_s, "JPEG", 1, (60, 40)),
        (apart.stranger_s_photo, "JPEG", 6, (40, 60)),
    ],
)
def test_a_stranger_s_photo_is_its_pixels_and_lies_as_it_was_seen(judge, kind, orientation, size):
    content = signed_photo(kind, orientation)
    assert b"NAME-QX7Z" in content
    kept = judge(content, "a.jpg")
    assert kept.attachment.type == "image/jpeg"
    assert b"NAME-QX7Z" not in kept.content
    with Image.open(io.BytesIO(kept.content)) as picture:
        assert (picture.size, len(picture.getexif())) == (size, 0)
        assert picture.getpixel((20, 20))[0] > 200


@pytest.mark.parametrize(
    ("judge", "content"),
    [
        (attachments.stranger_s, pdf()),
        (attachments.stranger_s, b"PK\x03\x04"),
        (attachments.stranger_s, photo("JPEG")[:200]),
        (apart.stranger_s_photo, b"GIF89a"),
        (apart.stranger_s_photo, b""),
    ],
    ids=["pdf", "zip", "broken", "gif", "empty"],
)
def test_what_is_no_photo_of_a_stranger_s_is_refused(judge, content):
    with pytest.raises(DataError):
        judge(content, "a.jpg")
