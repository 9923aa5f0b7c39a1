"""A day in the field on paper: an overview of the stops, then a page to fill in for each.

A4 portrait, letters and map as vectors. Not here: what is known of a stop (``field_day``), the
small map (``field_map``), or the sheet for the screen (``field_xlsx``).
"""

import io
from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

import pandas as pd
from pypdf import PdfReader
from reportlab.graphics.barcode.qr import QrCode
from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    KeepInFrame,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)

from geodata import evidence as ev
from geodata.coordinates import CENTRAL_MERIDIAN, to_vn2000
from geodata.intake import vocabulary
from geodata.outputs import figure
from geodata.outputs.field_day import FieldDay, Stop, statuses
from geodata.outputs.field_map import BOLD, REGULAR, DayMap
from geodata.outputs.figure import MM, QUIET, tidy
from geodata.outputs.wording import watermark
from geodata.sites import UNCERTAIN_M
from geodata.symbology import ACCENT, INK, SYMBOLS, kind_label
from geodata.text import LANGUAGE, _, day, number
from geodata.view import REAL_VIEW, to_query

_WIDE, _TALL = A4
_SIDE, _TOP, _BOTTOM = 15 * MM, 17 * MM, 15 * MM
_ACROSS, _HIGH = _WIDE - 2 * _SIDE, _TALL - _TOP - _BOTTOM
_LETTERS = 9.0  # points
_LINE, _PALE = "#c3ccd5", "#eef2f6"
_ALERT = SYMBOLS["outreach"]["not-reached"].fill
_NAME = 160  # letters of a name in a heading
_KM = 1000
_BOX = "☐"
