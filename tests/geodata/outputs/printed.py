"""A PDF read back as people and their programs meet it: words, boxes, sizes, fonts, tags."""

import io
import re
import shutil
import subprocess
from functools import cache
from math import hypot

import pytest
import shapely
from pypdf import PdfReader


@cache
def reader(made):
    return PdfReader(io.BytesIO(made))


@cache
def text(made, *how):
    """What pdftotext reads, in the order it was written."""
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext (poppler) is not installed: nothing reads the file back")
    done = subprocess.run(
        ["pdftotext", *how, "-", "-"], input=made, capture_output=True, check=True
    )
    return done.stdout.decode().replace("\u200b", "")  # where an endless word may break


def page_by_page(made):
    """The words of each page, a space between any two."""
    *each, _after_the_last = text(made, "-raw").split("\f")
    return [" ".join(words.split()) for words in each]


def boxes(made):
    """Each page's width and height, and the boxes of its words."""
    for page in text(made, "-bbox").split("<page ")[1:]:
        size = [float(n) for n in re.findall(r'(?:width|height)="([\d.]+)"', page)[:2]]
        words = re.findall(
            r'xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)"', page
        )
        yield size, [[float(n) for n in word] for word in words]


def overlapping(made):
    """The pairs of words, page by page, of which one stands on the other."""
    for _size, words in boxes(made):
        # A word's box has room above and below its letters.
        boxed = [
            shapely.box(
                left + 0.5, top + (bottom - top) / 5, right - 0.5, bottom - (bottom - top) / 5
            )
            for left, top, right, bottom in words
        ]
        tree = shapely.STRtree(boxed)
        pairs = tree.query(boxed, predicate="intersects").T
        yield from ((words[a], words[b]) for a, b in pairs if a < b and not boxed[a].is_empty)


@cache
def pieces(made):
    """Every piece of text with its size: the height of its font, in points."""
    every = []

    def visit(words, current, matrix, _font, size):
        if words.strip():
            scale = abs(matrix[3] * current[3] - matrix[1] * current[2])
            every.append((words, abs(size) * scale))

    for page in reader(made).pages:
        page.extract_text(visitor_text=visit)
    return every


_STRING = rb"\((?:\\.|[^\\()]|\((?:\\.|[^\\()]|\((?:\\.|[^\\()])*\))*\))*\)"
_STEP = re.compile(_STRING + rb"|(?<![^\s\])>])(?:q|Q|cm|Tf|Tm|Tj|TJ|Do)(?![^\s/\[(<])", re.DOTALL)


@cache
def sizes(made):
    """The height of every run of letters, in points, those of pictures laid in too.

    pypdf tells them as well, but spells every letter on the way, which takes ten times as long.
    """
    upright = (1.0, 0.0, 0.0, 1.0)
    return [
        size
        for page in reader(made).pages
        for size in _sizes(page.get_contents().get_data(), page["/Resources"], upright)
    ]


def _sizes(drawn, resources, turned):
    """Walk through what is drawn on a page or in a form, which is turned and stretched."""
    kept, letters, font = [], (1.0, 0.0, 0.0, 1.0), 0.0
    for step in _STEP.finditer(drawn):
        name, before = step[0], drawn[max(0, step.start() - 150) : step.start()].split()
        if name == b"q":
            kept.append(turned)
        elif name == b"Q":
            turned = kept.pop()
        elif name == b"Tf":
            font = float(before[-1])
        elif name == b"Do":
            form = resources["/XObject"]["/" + before[-1].rpartition(b"/")[2].decode()]
            if form["/Subtype"] == "/Form":
                assert "/Matrix" not in form
                yield from _sizes(form.get_data(), form.get("/Resources", {}), turned)
        elif name in {b"Tj", b"TJ"}:
            _a, _b, c, d = _times(letters, turned)
            yield font * hypot(c, d)
        elif name in {b"cm", b"Tm"}:
            four = tuple(map(float, before[-6:-2]))
            letters, turned = (four, turned) if name == b"Tm" else (letters, _times(four, turned))
    assert not kept  # else a string was no string


def _times(one, other):
    a, b, c, d = one
    e, f, g, h = other
    return a * e + b * g, a * f + b * h, c * e + d * g, c * f + d * h


def pictures(made):
    """The pictures of a file, those written among its lines too, as a line each."""
    listed = subprocess.run(
        ["pdfimages", "-list", "-"], input=made, capture_output=True, check=True
    )
    return listed.stdout.decode().splitlines()[2:]


def fonts(made):
    """Every font of every page, those of pictures laid into it too, with its descriptor."""
    for page in reader(made).pages:
        for font in _fonts(page["/Resources"]):
            inner = font["/DescendantFonts"][0] if "/DescendantFonts" in font else font
            yield inner["/BaseFont"].partition("+")[2], inner["/FontDescriptor"]


def _fonts(resources):
    every = [font.get_object() for font in resources.get("/Font", {}).values()]
    for form in resources.get("/XObject", {}).values():
        every += _fonts(form.get_object().get("/Resources", {}))
    return every


def tags(made):
    """The roles of a file's structure with what stands for pictures, in the order of reading."""
    return list(_tags(reader(made).root_object["/StructTreeRoot"]))


def _tags(node):
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        part = kid.get_object() if hasattr(kid, "get_object") else kid
        if isinstance(part, dict) and "/S" in part:
            yield part["/S"], part.get("/Alt", "")
            yield from _tags(part)


def declared_accessible(made):
    """Whether a file says that it is tagged and keeps to PDF/UA-1."""
    root = reader(made).root_object
    says = root["/Metadata"].get_object().get_data()
    return bool(root["/MarkInfo"]["/Marked"]) and b"<pdfuaid:part>1</pdfuaid:part>" in says
