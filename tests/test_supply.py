"""What we build on: each library is used, locked by its hashes, and of a licence we may pass on."""

import ast
import re
import sys
from importlib import metadata
from pathlib import Path

HOME = Path(__file__).parents[1]
LIST = (HOME / "requirements.txt").read_text("utf-8")
DIRECT, BROUGHT = (
    re.findall(r"^([\w.-]+)(?:\[\w+\])?==(\S+)$", part, re.MULTILINE)
    for part in LIST.split("# What these bring along")
)
LOCK = (HOME / "requirements.lock").read_text("utf-8")
# Used without being imported by us, each with by what.
UNSEEN = {
    "django-js-lib-leaflet": "brings Leaflet's files, found by its name",
    "pillow-heif": "registers itself with Pillow when the app reads photos",
    "psycopg": "named in the address of a PostgreSQL store",
    "httpx": "Authlib asks the identity provider with it",
    "Authlib": "Streamlit signs in with it",
}
MAY_BE_PASSED_ON = re.compile(
    r"MIT|BSD|Apache|PSF|Python Software Foundation|MPL|Mozilla|Zlib|CC0|OFL|HPND|ISC|LGPL",
    re.IGNORECASE,
)
BINDS_US = re.compile(r"(?<!L)\bA?GPL|Affero|SSPL|Commons Clause|(?<!Lesser )General Public")


def _same(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def _imported():
    """The distributions behind every import of the code."""
    owners = metadata.packages_distributions()
    for room in ("app.py", "geodata", "layers", "pages"):
        place = HOME / room
        for path in [place] if place.is_file() else place.rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Import):
                    names = [one.name for one in node.names]
                else:
                    names = [node.module] if isinstance(node, ast.ImportFrom) else []
                tops = {name.partition(".")[0] for name in names} - sys.stdlib_module_names
                yield from (_same(owner) for top in tops for owner in owners.get(top, ()))


def test_what_is_imported_is_listed_and_what_is_listed_is_used():
    imported = set(_imported())
    listed = {_same(name) for name, _version in DIRECT}
    assert imported - listed == set(), "imported, but only brought along by something else"
    assert listed - imported - {_same(name) for name in UNSEEN} == set(), "listed, but not used"


def test_all_that_is_installed_is_locked_with_hashes_at_the_same_version():
    locked = dict(re.findall(r"^([\w.-]+)(?:\[\w+\])?==(\S+) \\$", LOCK, re.MULTILINE))
    assert {_same(name): version for name, version in locked.items()} == {
        _same(name): version for name, version in DIRECT + BROUGHT
    }
    assert LOCK.count("--hash=sha256:") >= len(locked)


def test_every_licence_lets_us_pass_the_software_on():
    wrong = {}
    for name, _version in DIRECT + BROUGHT:
        about = metadata.metadata(name)
        words = [about.get("License-Expression", ""), *(about.get_all("Classifier") or [])]
        stated = " ".join(one for one in words if "License ::" in one or one == words[0])
        stated = stated.strip() or str(about.get("License", ""))[:200]
        if not MAY_BE_PASSED_ON.search(stated) or BINDS_US.search(stated):
            wrong[name] = stated
    assert wrong == {}
