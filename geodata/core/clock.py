"""The clock of the office: the one place that looks at it. Calculations are given a day."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

_OFFICE = ZoneInfo("Asia/Ho_Chi_Minh")  # wherever the server stands


def today() -> date:
    """Return the present day in Việt Nam."""
    return datetime.now(_OFFICE).date()


def now() -> datetime:
    """Return the present moment in UTC, without a zone on it, as the journal keeps it."""
    return datetime.now(UTC).replace(tzinfo=None)


def local(moment: datetime) -> datetime:
    """Return a moment of the journal as the clocks in Việt Nam show it."""
    return moment.replace(tzinfo=UTC).astimezone(_OFFICE).replace(tzinfo=None)
