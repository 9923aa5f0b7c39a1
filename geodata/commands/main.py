"""The command line's entry: the table of commands, and what a wrong call is answered.

A command's module is imported only when that command is called, so that listing them all needs no
library. Not here: what a command does or takes (its own module).
"""

import argparse
import re
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any, NamedTuple, NoReturn

from geodata.commands.common import DATA_ERROR, WRONG_CALL
from geodata.core.errors import ModelError, WrongCallError
from geodata.core.text import LANGUAGE, LANGUAGES, N_, _, speaking


class Command(NamedTuple):
    """A command: the module of this folder that does it, and its line in the list of all."""

    module: str
    summary: str


COMMANDS = {
    "init": Command("init", N_("make the store, or bring it up to date")),
    "status": Command("status", N_("status of every site at a date")),
    "indicators": Command("indicators", N_("the plan's targets at a date")),
    "briefing": Command("briefing", N_("a briefing as a file")),
    "gaps": Command("gaps", N_("who has not been reached, unit by unit")),
    "visits": Command("visits", N_("the next visits that reach most sites")),
    "field": Command("field", N_("sheets for a day in the field")),
    "doctor": Command("doctor", N_("check store, data and software")),
    "user": Command("users", N_("local accounts of those who enter data")),
    "backup": Command("backup", N_("save the store and its documents to one file")),
    "restore": Command("restore", N_("put a backup in the place of the store")),
    "drill": Command("drill", N_("prove that a backup can be put back")),
    "copy": Command("copy", N_("copy a store into an empty one, of any engine")),
    "check": Command("check", N_("what is wrong with a file; saves nothing")),
    "import": Command("importing", N_("take a file into the store, as a draft")),
    "template": Command("template", N_("a workbook to fill in")),
    "headings": Command("headings", N_("what columns of the office's own files mean, as a file")),
    "export": Command("export", N_("the data as a file")),
    "release": Command("release", N_("what all may see, in every format, for good")),
    "publish": Command("publish", N_("the public map as a folder of static pages")),
}

_PROGRAM = "python -m geodata"

# What argparse quotes of a call, in its English sentences.
_QUOTED = re.compile(r"“.*|'[^']*'|--[\w-]+|(?<=arguments: ).*|(?<=required: ).*")


class _Parser(argparse.ArgumentParser):
    """Says in one Vietnamese sentence what is wrong with a call."""

    def error(self, message: str) -> NoReturn:
        # argparse speaks English: of its message only what the person wrote is taken.
        quoted = ", ".join(dict.fromkeys(_QUOTED.findall(message))) or "…"
        sentence = _("The call is wrong: {said}. See “{prog} --help”.")
        raise WrongCallError(sentence.format(said=quoted, prog=self.prog))


class _CommandParser(_Parser):
    """The parser of one command; it learns its options when the command is called."""

    module: str | None = None

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> tuple[Any, list[str]]:
        if self.module:
            command = import_module(f"{__package__}.{self.module}")
            command.add(self)
            self.set_defaults(run=command.run)
            self.module = None
        return super().parse_known_args(args, namespace)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command in the language asked for, and return its exit code."""
    try:
        spoken, rest = _spoken().parse_known_args(arguments)
    except WrongCallError as error:
        print(error, file=sys.stderr)
        return WRONG_CALL
    with speaking(spoken.lang):
        return _done(rest)


def _done(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code; what goes wrong is one sentence."""
    try:
        options = _parser().parse_args(arguments)
        code: int = options.run(options)
        sys.stdout.flush()
    except WrongCallError as error:
        print(error, file=sys.stderr)
        return WRONG_CALL
    except ModelError as error:
        print(error, file=sys.stderr)
        return DATA_ERROR
    except OSError as error:  # a full disk, or nobody who reads on
        sentence = _("The output could not be written ({reason}).")
        print(sentence.format(reason=error.strerror), file=sys.stderr)
        return DATA_ERROR
    return code


def _spoken() -> _CommandParser:
    """Return the parser of the language, which may stand anywhere in a call."""
    parser = _CommandParser(prog=_PROGRAM, add_help=False, allow_abbrev=False)
    languages = list(LANGUAGES)
    parser.add_argument("--lang", choices=languages, default=LANGUAGE, help=_("the language"))
    return parser


def _parser() -> _Parser:
    """Return the parser of all commands."""
    about = _("Monitoring map of Hậu Giang")
    every = _Parser(prog=_PROGRAM, description=about, parents=[_spoken()])
    commands = every.add_subparsers(required=True, metavar="COMMAND", parser_class=_CommandParser)
    for name, command in COMMANDS.items():
        parser = commands.add_parser(name, help=_(command.summary), parents=[_spoken()])
        parser.module = command.module
    return every
