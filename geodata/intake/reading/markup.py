"""XML as a stream of elements, in memory that does not grow; declarations of entities refused.

Not here: what the elements mean (``marks``, ``placemarks``).
"""

from collections.abc import Mapping
from typing import IO, Protocol
from xml.parsers import expat

from geodata.core.errors import DataError
from geodata.core.text import _

_PIECE = 1 << 16


class Handler(Protocol):
    """Who is told what is read; names come without the prefix that the root element has."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take the start of an element."""

    def text(self, text: str) -> None:
        """Take text, perhaps in pieces."""

    def end(self, name: str) -> None:
        """Take the end of an element."""


def walk(source: IO[bytes], handler: Handler, name: str) -> None:
    """Read XML to its end.

    Parameters
    ----------
    source
        The XML.
    handler
        Who is told.
    name
        Of the file, for the sentences.

    Raises
    ------
    DataError
        If it is no XML, or declares a document type: with it entities, by which a small file
        grows without end or takes in others, and no table needs one.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = lambda *_declaration: _refuse(name)
    parser.StartElementHandler = lambda tag, attributes: _begin(parser, handler, tag, attributes)
    try:
        while piece := source.read(_PIECE):
            parser.Parse(piece, False)  # noqa: FBT003 - expat takes no keywords
        parser.Parse(b"", True)  # noqa: FBT003
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise DataError(
            _("“{name}” is damaged and cannot be read; save it again and try again.").format(
                name=name
            )
        ) from error


def _begin(
    parser: expat.XMLParserType, handler: Handler, tag: str, attributes: Mapping[str, str]
) -> None:
    """Take the root element; the prefix it has, if any, is that of the format itself."""
    prefix = tag.rpartition(":")[0]
    parser.StartElementHandler, parser.EndElementHandler = handler.start, handler.end
    parser.CharacterDataHandler = handler.text
    if prefix:
        own = prefix + ":"
        parser.StartElementHandler = lambda tag, attributes: handler.start(
            tag.removeprefix(own), attributes
        )
        parser.EndElementHandler = lambda tag: handler.end(tag.removeprefix(own))
    handler.start(tag.removeprefix(prefix + ":"), attributes)


def declaration(name: str) -> DataError:
    """Return the sentence for XML that declares a document type."""
    return DataError(
        _(
            "“{name}” declares XML entities, which can make a small file grow without end; save "
            "it again from the program it comes from and try again."
        ).format(name=name)
    )


def _refuse(name: str) -> None:
    raise declaration(name)
