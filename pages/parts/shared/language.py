"""The language of a reader: a word of the address, so that a link keeps it and two never mix.

Scripts, callbacks and fragments run in threads that begin anew; the address of whoever is served
in a thread is at hand in each. Not here: the texts (``geodata.core.text``), or what a browser
remembers between two visits (``server.remembered``).
"""

from functools import lru_cache
from html import escape
from urllib.parse import parse_qs, urlencode

from geodata.core import text
from geodata.core.text import LANGUAGE, LANGUAGES, language
from pages.parts.shared.private import query_now

WORD = "lang"
COOKIE = "hg_lang"
NAMES = {"vi": "Tiếng Việt", "en": "English"}
"""Each language as it calls itself."""


def listen() -> None:
    """Speak to each reader as their address asks, wherever a text is made for them."""
    text.listen_to(_of_reader)


def spelled() -> dict[str, str]:
    """Return the language spoken as a word of an address; the usual one needs none."""
    return {} if language() == LANGUAGE else {WORD: language()}


def switch(words: dict[str, str]) -> str:
    """Return the way to the same view, given as words of an address, in the other language."""
    (other,) = (code for code in LANGUAGES if code != language())
    query = escape(urlencode({**words, WORD: other}))
    usual = " data-usual" if other == LANGUAGE else ""
    # A page begun anew: what Streamlit says itself was translated where it stands (``borrowed``).
    return (
        f'<a class="hg-language" href="?{query}" target="_self" hreflang="{other}"{usual} '
        f'lang="{other}"><b aria-hidden="true">{other.upper()}</b>{NAMES[other]}</a>'
    )


def _of_reader() -> str | None:
    query = query_now()
    return None if query is None else _named(query)


@lru_cache(maxsize=1024)
def _named(query: str) -> str:
    code = parse_qs(query).get(WORD, [""])[-1]
    return code if code in LANGUAGES else LANGUAGE
