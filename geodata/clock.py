"""The clock of the office: the one place that looks at it. Calculations are given a day."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

_OFFICE = ZoneInfo("Asia/Ho_Chi_Minh")  # wherever the server stands


def today() -> date:
    """Return the present day in Việt Nam."""
    return datetime.now(_OFFICE).date()
