"""What stands written in an office's file, as one reads it. Not here: how it looks."""

import io
import unicodedata

import docx
import openpyxl
import pptx
import pypdf


def text_of(content: bytes, ending: str) -> str:
    """Return all text of a file, without spaces, for lines are broken anywhere."""
    file = io.BytesIO(content)
    if ending == "pdf":
        parts = [page.extract_text() for page in pypdf.PdfReader(file).pages]
    elif ending == "pptx":
        parts = [text for slide in pptx.Presentation(file).slides for text in _shown(slide)]
    elif ending == "docx":
        parts = list(_written(docx.Document(file)))
    else:
        book = openpyxl.load_workbook(file, data_only=True)
        parts = [str(c.value) for sheet in book for row in sheet.iter_rows() for c in row]
    return squeezed("\n".join(parts))


def _shown(slide) -> list[str]:
    tables = [s.table for s in slide.shapes if s.has_table]
    cells = [cell.text for table in tables for row in table.rows for cell in row.cells]
    return [s.text_frame.text for s in slide.shapes if s.has_text_frame] + cells


def _written(report) -> list[str]:
    first = report.sections[0]
    edges = [first.header, first.footer, first.first_page_header, first.first_page_footer]
    around = [p.text for edge in edges for p in edge.paragraphs]
    cells = [c.text for table in report.tables for row in table.rows for c in row.cells]
    return [p.text for p in report.paragraphs] + cells + around


def squeezed(text: str) -> str:
    """Return a text without spaces, its letters composed."""
    return "".join(unicodedata.normalize("NFC", text).split())
