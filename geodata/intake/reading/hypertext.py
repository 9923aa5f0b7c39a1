"""HTML in a description as plain text: its words, lines, links and the addresses of its pictures.

Nothing is fetched. Not here: which texts are descriptions (``placemarks``).
"""

import re
from html.parser import HTMLParser

_INLINE = "b|big|center|em|font|i|small|span|strong|u"
_BLOCKS = "body|br|div|h[1-6]|hr|html|img|li|ol|p|pre|style|table|tbody|td|th|thead|tr|ul"
_HTML = re.compile(rf"<(?:{_BLOCKS})(?:\s[^<>]*)?/?>|<a\s[^<>]*>", re.IGNORECASE)
_OPENED = re.compile(rf"<({_INLINE})[\s>]", re.IGNORECASE)
_CLOSED = re.compile(rf"</({_INLINE})>", re.IGNORECASE)
_TAG = re.compile(rf"{_INLINE}|{_BLOCKS}|a|head|script|title|meta|link|col|colgroup|caption")
_LINES = {"br", "p", "div", "tr", "li", "table", "hr", *(f"h{level}" for level in range(1, 7))}
_CELLS = {"td", "th"}
_UNSEEN = {"style", "script", "head"}


def plain(text: str) -> str | None:
    """Return the words of a text in HTML, None if it is none.

    Parameters
    ----------
    text
        A description. One that only has a less-than sign in it is not HTML.
    """
    if not _is_html(text):
        return None
    reader = _Reader()
    reader.feed(text)
    reader.close()
    lines = ("\t".join(" ".join(cell.split()) for cell in line.split("\t")).strip()
             for line in "".join(reader.parts).splitlines())  # fmt: skip
    return "\n".join(line.replace("\t", ": ", 1).replace("\t", ", ") for line in lines if line)


def _is_html(text: str) -> bool:
    """Say whether a text has a tag that stands alone, or one that is opened and closed."""
    opened, closed = ({tag.lower() for tag in tags.findall(text)} for tags in (_OPENED, _CLOSED))
    return bool(_HTML.search(text) or opened & closed)


class _Reader(HTMLParser):
    """Collects the words."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._unseen = 0
        self._links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line or cell; keep where a link or picture leads."""
        attributes = dict(attrs)
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag in _LINES:
            self.parts.append("\n")
        elif tag in _CELLS:
            self.parts.append("\t")
        elif tag == "a":
            self._links.append(attributes.get("href") or "")
        elif tag == "img" and attributes.get("src"):
            self.parts.append(f" {attributes['src']} ")
        elif not _TAG.fullmatch(tag):  # a sign of the writer's, such as <A>
            self.parts.append(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        """End a line; write the address of a link behind its words."""
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag in _LINES:
            self.parts.append("\n")
        elif tag == "a" and self._links:
            address = self._links.pop()
            if address and not (self.parts and self.parts[-1].rstrip().endswith(address)):
                self.parts.append(f" ({address})")

    def handle_data(self, data: str) -> None:
        """Take words."""
        if not self._unseen:
            self.parts.append(re.sub(r"\s+", " ", data))
