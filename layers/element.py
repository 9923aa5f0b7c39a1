"""A folium element whose drawing is one of our own scripts, fed with plain data.

Not here: the scripts themselves (``assets``) or what data they get.
"""

import re
from importlib.resources import files
from typing import Any

from branca.element import MacroElement
from jinja2 import Template
from jinja2.utils import htmlsafe_json_dumps

_SPOKEN = re.compile(r"^ *(?://.*|/[*].*[*]/)\n", re.MULTILINE)
_TEMPLATE_MARK = re.compile(r"\{(?=[{%#])")


def asset(name: str) -> str:
    """Return one of our own scripts or style sheets, without lines that only speak to its reader.

    They say why and of which type, mean nothing to a browser, and would be read as a template.
    """
    return _SPOKEN.sub("", files("layers").joinpath("assets", name).read_text("utf-8"))


class ScriptedElement(MacroElement):
    """Calls one function of our own scripts with the map and plain data."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "{{ this.function }}({{ this._parent.get_name() }}"
        "{% for part in this.data %}, {{ this.literal(part) }}{% endfor %});"
        "{% endmacro %}"
    )

    def __init__(self, name: str, function: str, *data: Any) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = name
        self._id = "hg"  # fixed, so that equal data makes an equal page
        self.function = function
        self.data = data

    @staticmethod
    def literal(part: Any) -> str:
        """Return plain data as a script's literal in which every text stays text.

        Jinja escapes ``<``, ``>``, ``&`` and quotes, so a name that looks like a tag does
        not end the script. And branca reads the finished script as a template once more:
        a name that looks like one would run on the server.
        """
        return without_templates(str(htmlsafe_json_dumps(part)))


def without_templates(literal: str) -> str:
    """Return a literal in whose texts nothing reads like a template of branca's."""
    return _TEMPLATE_MARK.sub(r"\\u007b", literal)
