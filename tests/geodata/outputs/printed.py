"""A PDF read back as people and their programs meet it: words, boxes, sizes, fonts, tags."""

import io
import re
import subprocess
from functools import cache

import shapely
from pypdf import PdfReader


@cache
def reader(made):
    return PdfReader(io.BytesIO(made))


@cache
def text(made, *how):
    """What pdftotext reads, in the order it was written."""
    done = subprocess.run(
        ["pdftotext", *how, "-", "-"], input=made, capture_output=True, check=True
    )
    return done.stdout.decode().replace("\u200b", "")  # where an endless word may break


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


def sizes(made):
    return [size for _words, size in pieces(made)]


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
