"""The API as a function: a path and its words in, a page out.

Not here: HTTP – headers, refusals, what is kept (``pages.parts.server.api``).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from geodata.core.text import _
from geodata.outputs.open import answered, answers, catalogue, interface, ogc
from geodata.outputs.open.answers import RESOURCES, Page
from geodata.outputs.open.asking import COMMON, MOST, Chosen, NothingThereError, wanted, words_of
from geodata.outputs.open.tables import Tables
from geodata.register.reports import Reported
from geodata.rules.plan import shipped


class OpenDay(NamedTuple):
    """The tables of a day, and what answers made of them say of themselves."""

    tables: Tables
    metadata: Mapping[str, str]


@dataclass(frozen=True)
class Call:
    """What is asked: the path below the API's own, such as ``v1/sites.geojson``, and its words.

    `base` is the address of the API as who asks wrote it, without a slash at its end; `edition`
    makes the tables of a day; `reported` asks what the office answered to reports;
    `takes_reports` says whether the public may send some here.
    """

    path: str
    pairs: Sequence[tuple[str, str]]
    base: str
    today: date
    edition: Callable[[date], OpenDay]
    reported: Callable[[], Mapping[str, Reported]]
    takes_reports: bool = False

    def words(self, known: Sequence[str]) -> dict[str, str]:
        """Return the words of the call, of which only some are known at its path."""
        return words_of(self.pairs, known)

    def asks(self, known: Sequence[str], usual: int) -> Chosen:
        """Return what the words ask for."""
        return wanted(self.words(known), self.today, shipped(), usual)


def respond(call: Call) -> Page:
    """Return the page of a call.

    Raises
    ------
    NothingThereError
        If there is nothing at its path.
    WrongCallError
        If its words cannot be used.
    """
    version, _slash, rest = call.path.strip("/").partition("/")
    if version == "v1":
        return _first(call, rest)
    if version == "ogc":
        return _features(call, rest)
    raise NothingThereError(_("There is nothing at this address; see /api/v1/openapi.json."))


def _first(call: Call, name: str) -> Page:
    if name == "openapi.json":
        call.words(["lang"])
        return interface.page(call.base, takes_reports=call.takes_reports)
    if name == "catalog.jsonld":
        question = call.asks(COMMON, MOST)
        return catalogue.page(call.base, call.edition(question.view.as_of).metadata)
    if name == answered.NAME:
        sites = _day(call, ["lang"]).tables["sites"]
        return answered.page(call.reported(), sites["id"].tolist())
    if name not in RESOURCES:
        raise NothingThereError(_("There is nothing at this address; see /api/v1/openapi.json."))
    question = call.asks(RESOURCES[name].words, MOST)
    return answers.answer(name, *call.edition(question.view.as_of), question)


def _features(call: Call, rest: str) -> Page:
    """Return a page of OGC API – Features."""
    match rest.split("/"):
        case [""]:
            call.words(ogc.FORMAT)
            return ogc.landing(call.base)
        case ["conformance"]:
            call.words(ogc.FORMAT)
            return ogc.conformance()
        case ["collections"]:
            return ogc.collections(call.base, _day(call, ogc.FORMAT).tables)
        case ["collections", table]:
            edition = _day(call, ogc.FORMAT)
            return ogc.collection(call.base, edition.tables, table)
        case ["collections", table, "items"]:
            question = call.asks(ogc.words_of_items(ogc.required(table)), ogc.USUAL)
            edition = call.edition(question.view.as_of)
            return ogc.items(call.base, edition.tables, table, question)
        case ["collections", table, "items", *parts]:
            ogc.required(table)
            question = call.asks(ogc.WORDS_OF_ITEM, 1)
            edition = call.edition(question.view.as_of)
            key = "/".join(parts)  # an office's own numbers have such
            return ogc.item(call.base, edition.tables, table, key, question.words)
    raise NothingThereError(_("There is nothing at this address; see /api/v1/openapi.json."))


def _day(call: Call, known: Sequence[str]) -> OpenDay:
    """Return the edition of the day that is looked at where none is asked for."""
    return call.edition(call.asks(known, 1).view.as_of)
