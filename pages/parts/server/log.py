"""The log: one line of JSON a message, for a program that collects them, without personal data.

Not here: what is worth a line; who may read the file.
"""

import json
import logging
import re
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

_MANY_DIGITS = re.compile(r"\+?\d[\d .:-]{7,}\d")  # telephones, addresses of machines
_MAIL = re.compile(r"[^\s@<>“”\"'(),;:]+@[^\s@<>“”\"'(),;:]+")
_LIBRARIES = "site-packages"
_OWN_HANDLERS = ("streamlit", "uvicorn", "uvicorn.error")


class LogLines(logging.Formatter):
    """A record as JSON: moment (UTC), level, logger, message; of an error its kind and places."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": unnamed(record.getMessage()),
        }
        if record.exc_info and record.exc_info[0]:
            kind, error, steps = record.exc_info
            line["error"] = kind.__name__
            line["reason"] = unnamed(str(error))
            line["where"] = _places(traceback.extract_tb(steps))
        return json.dumps(line, ensure_ascii=False)


def unnamed(text: str) -> str:
    """Return a text without e-mail addresses, telephone numbers and addresses of machines."""
    text = _MANY_DIGITS.sub("…", _MAIL.sub("…@…", text))
    return " ".join(text.split())


def begin() -> None:
    """Have everything this process logs go to stderr as lines of JSON."""
    handler = logging.StreamHandler()
    handler.setFormatter(LogLines())
    logging.basicConfig(handlers=[handler], level=logging.INFO, force=True)
    for name in _OWN_HANDLERS:  # else they write by themselves, and each twice
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = True
    # It greets every socket by the reader's address.
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)


def _places(steps: traceback.StackSummary) -> list[str]:
    """Return where an error came through, innermost last, a file by its name in the project."""
    home = f"{Path(__file__).parents[3]}/"
    return [
        f"{step.filename.removeprefix(home).rpartition(_LIBRARIES)[2]}:{step.lineno} {step.name}"
        for step in steps
    ]
