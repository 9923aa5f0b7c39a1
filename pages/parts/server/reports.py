"""The way in for reports of the public, for the form and for programs alike: bounded and counted.

Nothing is asked of a foreign host: who sends often waits, longer each time. Where somebody sends
from is remembered by a digest that only this process can make, for a day, and written nowhere.
Not here: the form (``map.report``), the answer to programs (``report_call``), the spool
(``geodata.intake.spool``).
"""

import hashlib
import hmac
import ipaddress
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from threading import BoundedSemaphore

from geodata import settings
from geodata.core.clock import now
from geodata.core.errors import DataError, ModelError, WrongCallError
from geodata.core.text import _, number
from geodata.intake.reading import apart
from geodata.intake.spool import Spool, SpoolError
from geodata.people.turns import Turns
from geodata.register.reports import MOST_PHOTO, PublicReport
from pages.parts.server.refusals import note
from pages.parts.shared.data import HOME

OF_ONE, OF_ALL = 3, 200
"""How many reports a day cost no wait: of one place or session; of all together."""

_EVERYBODY = "*"
_AT_ONCE, _PATIENCE_S = 2, 20  # photos are judged in processes of their own
_places = BoundedSemaphore(_AT_ONCE)
_key = secrets.token_bytes(32)
_turns = Turns()
_spools: dict[str, Spool] = {}


class TooSoonError(ModelError):
    """Somebody has to wait; `until` is when, in UTC."""

    def __init__(self, until: datetime) -> None:
        minutes = max(1, -(-int((until - now()).total_seconds()) // 60))
        sentence = _(
            "Several reports have just come from here; send this one in {n} minutes. What you "
            "wrote is still here."
        )
        super().__init__(sentence.format(n=number(minutes)))
        self.until = until


def accepted() -> bool:
    """Say whether this server takes reports: a public one that was told where to lay them."""
    try:
        configured = settings.load(os.environ, HOME)
    except WrongCallError:
        return False
    return configured.mode == "public" and configured.spool is not None


def send(report: PublicReport, photo: bytes, place: str, session: str = "") -> str:
    """Hand a report over to the office and return its number.

    Parameters
    ----------
    report : PublicReport
        As `register.reports.checked` gives it.
    photo : bytes
        As it came; empty for none.
    place, session : str
        The address of who sends, and the session, if there is one.

    Raises
    ------
    TooSoonError
        If somebody there has to wait first.
    DataError
        If the photo cannot be used.
    SpoolError
        If the report cannot be handed over.
    """
    if len(photo) > MOST_PHOTO:
        note("report too large")
        raise _no_photo()
    keys = {_digest(_network(place)): OF_ONE, _EVERYBODY: OF_ALL}
    if session:
        keys[_digest(session)] = OF_ONE
    moment = now()
    if until := _turns.take(keys, moment):
        note("report too soon")
        raise TooSoonError(until)
    try:
        return _spool().put(report, _kept(photo) if photo else b"", moment)
    except ModelError as error:
        _turns.give_back(keys, moment)
        note("report not taken" if isinstance(error, SpoolError) else "photo of a report")
        raise


def _kept(photo: bytes) -> bytes:
    """Return a photo without anything that tells of who took it."""
    with _turn():
        try:
            return apart.stranger_s_photo(photo, "photo").content
        except DataError as error:
            raise _no_photo() from error


def _no_photo() -> DataError:
    sentence = _("This photo cannot be used; send a JPEG or PNG of at most {mb} MB, or none.")
    return DataError(sentence.format(mb=MOST_PHOTO // 1024**2))


@contextmanager
def _turn() -> Iterator[None]:
    """Wait until few enough photos are looked at."""
    if not _places.acquire(timeout=_PATIENCE_S):
        raise SpoolError(_("Many photos are coming in just now; try again in a minute."))
    try:
        yield
    finally:
        _places.release()


def _spool() -> Spool:
    """Return the spool of the settings; one a folder, for it counts what it has laid down."""
    folder = settings.load(os.environ, HOME).spool
    if folder is None:
        raise SpoolError(_("This server takes no reports; tell the office directly."))
    return _spools.setdefault(str(folder), Spool(folder))


def _network(place: str) -> str:
    """Return what stands for a place: of IPv6 the network, for each home has many addresses."""
    try:
        address = ipaddress.ip_address(place)
    except ValueError:
        return place
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is None:
        return str(ipaddress.ip_network(f"{address}/64", strict=False))
    return str(getattr(address, "ipv4_mapped", None) or address)


def _digest(text: str) -> str:
    return hmac.digest(_key, text.encode(), hashlib.sha256).hex()
