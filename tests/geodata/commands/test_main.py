"""The command line as a program: what it lists, what it loads, and what it refuses."""

import json
import re
import subprocess
import sys

import pytest

from geodata import intake
from geodata.commands.main import COMMANDS, main
from geodata.core.text import _
from tests.geodata.commands.samples import HOME, digest, python_m_geodata, sentence


def test_a_fresh_machine_has_statuses_after_two_commands(tmp_path):
    path = tmp_path / "new" / "store.sqlite"
    assert python_m_geodata(path, "init").returncode == 0
    done = python_m_geodata(path, "status", "--as-of", "2024-12-31", "--plan", "2024", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    assert len(json.loads(done.stdout)) == len(intake.shipped_sites())


def test_a_wrong_call_is_answered_in_one_sentence(tmp_path):
    done = python_m_geodata(tmp_path / "no.sqlite", "status", "--plan", "1999")
    assert (done.returncode, done.stdout) == (2, "")
    assert "1999" in sentence(done.stderr)


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["status", "--plan", "2019"], "2019"),
        (["status", "--as-of", "2019-05-01"], "01/05/2019"),
        (["status", "--as-of", "2026-05-01"], "01/05/2026"),
        (["status", "--as-of", "2019-05-01", "--plan", "2024"], "01/05/2019"),
        (["gaps", "--known-at", "2999-01-01"], "01/01/2999"),
        (["status", "--as-of", "2024-06-01", "--plan", "2025"], "01/06/2024"),
        (["status", "--as-of", "31/12/2024"], "31/12/2024"),
        (["status", "--as-of", "2024-02-30"], "2024-02-30"),
        (["status", "--plan", "next"], "next"),
        (["status", "--wrong"], "--wrong"),
        (["init", "--demo", "--sites", "0"], "0"),
        (["init", "--demo", "--seed", "-1"], "-1"),
        (["doctor", "--port", "99999"], "99999"),
        (["doctor", "--port", "-1"], "-1"),
        (["conquer"], "conquer"),
        ([], "COMMAND"),
    ],
)
def test_a_wrong_call_ends_with_2_and_says_why(store, refusal, arguments, named):
    before = digest(store)
    code, message = refusal(*arguments)
    assert code == 2
    assert named in message
    assert digest(store) == before


# --- what a call loads ---------------------------------------------------------------------

LIBRARIES = {"pandas", "geopandas", "typst", "matplotlib", "streamlit"}
LOADED = """
import sys
from geodata.commands.main import main
try:
    main(sys.argv[1:])
except SystemExit:
    print(*sys.modules, file=sys.stderr)
"""


def loaded(*arguments):
    """The modules in memory when a call for help has been answered."""
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *arguments],
        cwd=HOME,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert "usage" in done.stdout
    return set(done.stderr.split())


def test_to_list_the_commands_loads_no_library():
    assert loaded("--help") & LIBRARIES == set()


def test_a_command_loads_no_other_command():
    modules = loaded("status", "--help")
    assert "pandas" in modules  # so the test above would see it
    commands = {f"geodata.commands.{command.module}" for command in COMMANDS.values()}
    assert modules & commands == {"geodata.commands.status"}


def test_every_command_is_listed_and_knows_its_options(capsys):
    with pytest.raises(SystemExit):
        main(["--help"])
    listed = capsys.readouterr().out
    for name, command in COMMANDS.items():
        assert re.search(rf"^    {name}\b", listed, re.MULTILINE)
        assert _(command.summary).split(",")[0] in listed
        with pytest.raises(SystemExit) as end:
            main([name, "--help"])
        assert end.value.code == 0
        assert f"python -m geodata {name} [-h]" in capsys.readouterr().out
