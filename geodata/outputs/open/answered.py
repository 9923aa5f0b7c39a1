"""What the office answered to reports of the public, as programs get it: as the passport shows it.

Never who reported what: of a report its day alone. Not here: which answers are shown
(``store.reports``), or sending a report (``pages.parts.server.report_call``).
"""

from collections.abc import Collection, Mapping
from typing import Any

from geodata.core.text import _
from geodata.outputs.open import features
from geodata.outputs.open.answers import JSON, Page
from geodata.register.reports import Reported

NAME = "report-answers.json"


def page(reported: Mapping[str, Reported], public: Collection[str]) -> Page:
    """Return all answers, by site and the newest first, and how many reports wait for one.

    Parameters
    ----------
    reported : Mapping
        As from `store.Store.reported`, by site.
    public : collection of str
        The sites that may be named.
    """
    named = {site: reported[site] for site in sorted(set(reported) & set(public))}
    answers = [
        {
            "site": site,
            "sent": one.sent.isoformat(),
            "answered": one.answered.isoformat(),
            "mended": one.mended,
            "sentence": one.sentence,
        }
        for site, about in named.items()
        for one in about.answers
    ]
    waiting = [
        {"site": site, "reports": about.waiting} for site, about in named.items() if about.waiting
    ]
    return Page(features.compact({"answers": answers, "waiting": waiting}), JSON)


def schema() -> dict[str, Any]:
    """Return what is answered, as OpenAPI has it."""
    text, day = {"type": "string"}, {"type": "string", "format": "date"}
    mended = {"type": "boolean", "description": _("Whether something was changed.")}
    answer = {"site": text, "sent": day, "answered": day, "mended": mended, "sentence": text}
    waiting = {"site": text, "reports": {"type": "integer", "minimum": 1}}
    return _whole({"answers": _rows(answer), "waiting": _rows(waiting)})


def _rows(cells: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": _whole(cells)}


def _whole(parts: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "required": [*parts],
        "additionalProperties": False,
        "properties": parts,
    }
