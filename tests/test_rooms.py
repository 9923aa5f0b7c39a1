"""The rooms: what each leaves to another that no import shows, and how big things get.

Which way imports point, and who may import which library, is held by the import contracts in
``pyproject.toml``.
"""

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path

HOME = Path(__file__).parents[1]
ORDER = ("geodata", "layers", "pages", "app")
FILES = [path for place in ORDER[:-1] for path in sorted((HOME / place).rglob("*.py"))]
PATHS = [*(path.relative_to(HOME).as_posix() for path in FILES), "app.py"]

STORE = ("geodata/store/", "geodata/migrations/")
# A GeoPackage is a foreign database: its own tables say what is in it, and what is dangerous.
FOREIGN_DATABASE = "geodata/intake/reading/geopackage.py"
# These two of geography read what we ship.
FOREIGN_FILES = (
    "geodata/intake/",
    "geodata/geography/context.py",
    "geodata/geography/units.py",
)
# The rooms that calculate: they know no clock, file or environment.
CALCULATING = ("register", "people", "geography", "rules", "reading", "planning", "stewardship")
CALCULATIONS = [
    path for path in PATHS if path.split("/")[1:2] and path.split("/")[1] in CALCULATING
]
LOADERS = {
    "geodata/geography/context.py": {"load_provinces", "load_towns"},
    "geodata/geography/units.py": {"load_blocks", "load_legacy_communes"},
    "geodata/rules/plan.py": {"shipped"},
}
RETIRED = ("told", "said", "found", "of", "show", "read")  # as names of values
OUTER_WORLD = re.compile(
    r"(\w+\.)*(today|now|utcnow|open|read_text|read_bytes|urlopen|getenv|environ)"
    r"|time\.\w+|random\.\w+|(np|numpy)\.random\.(?!default_rng)\w+|os\.\w+"
)


@cache
def tree_of(path):
    return ast.parse((HOME / path).read_text("utf-8"))


def room(path):
    return path.removesuffix(".py").split("/")[0]


def inside(path, places):
    return any(path.startswith(place) for place in places)


def imports(path):
    """Every module a file imports anywhere in it, as far as its name goes."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: name the room you import from"
            yield from (f"{node.module}.{name.name}" for name in node.names)


def importers(*packages):
    return {path for path in PATHS if {name.split(".")[0] for name in imports(path)} & {*packages}}


def functions(tree):
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]


def test_every_room_is_looked_at():
    assert {room(path) for path in PATHS} == set(ORDER)
    assert {path.split("/")[1] for path in CALCULATIONS} == set(CALCULATING)


def test_no_class_has_the_name_of_another():
    names = Counter(
        node.name
        for tree in map(tree_of, PATHS)
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    )
    assert [name for name, times in names.items() if times > 1] == []


def test_nothing_imports_the_entry():
    assert importers("app") == set()


def test_only_the_store_writes_sql():
    sql = re.compile(r"\b(SELECT|INSERT|UPDATE|DELETE|CREATE|PRAGMA)\b")
    allowed = (*STORE, FOREIGN_DATABASE)
    texts = [
        (path, node.value)
        for path in PATHS
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    assert [t for t in texts if sql.search(t[1]) and not inside(t[0], allowed)] == []


def test_only_the_intake_reads_foreign_files():
    readers = {
        path
        for path in PATHS
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Attribute)
        and node.attr.startswith("read_")
        and isinstance(node.value, ast.Name)
        and node.value.id in {"pd", "gpd", "pandas", "geopandas"}
    }
    assert [path for path in readers if not inside(path, FOREIGN_FILES)] == []


def test_calculations_know_no_clock_no_file_no_chance():
    assert {path: calls for path in CALCULATIONS if (calls := _outer_calls(path))} == {}


def _outer_calls(path):
    """What a calculating module calls of the outer world, outside the functions that may."""
    tree = tree_of(path)
    loaders = [f for f in functions(tree) if f.name in LOADERS.get(path, ())]
    allowed = {id(node) for loader in loaders for node in ast.walk(loader)}
    calls = {
        ast.unparse(node.func)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and id(node) not in allowed
    }
    return [call for call in calls if OUTER_WORLD.fullmatch(call)]


def test_a_module_says_what_lives_in_it():
    assert [path for path in PATHS if not ast.get_docstring(tree_of(path))] == []


def test_names_in_the_code_are_english():
    words = {
        (path, word)
        for path in PATHS
        for node in ast.walk(tree_of(path))
        for word in (getattr(node, "id", ""), getattr(node, "name", ""), getattr(node, "arg", ""))
        if isinstance(word, str)
    }
    assert {(path, word) for path, word in words if not word.isascii()} == set()


def test_names_say_what_they_hold():
    """The glossary in docs/architecture.md says what to write instead."""
    values = [
        (f"{path}:{node.lineno}", name)
        for path in PATHS
        for node in ast.walk(tree_of(path))
        if (name := _value_named(node)) in RETIRED
    ]
    assert values == []


def _value_named(node):
    """The name that a node gives to a value, if it gives one."""
    if isinstance(node, ast.arg):
        return node.arg
    return node.id if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) else None


def test_a_page_is_short():
    pages = [path for path in PATHS if re.fullmatch(r"app.py|pages/\w+.py", path)]
    lines = {path: len((HOME / path).read_text("utf-8").splitlines()) for path in pages}
    assert {path: n for path, n in lines.items() if n >= 150} == {}


def test_a_function_fits_on_a_screen():
    lines = {
        f"{path} {f.name}": f.end_lineno - f.lineno + 1
        for path in PATHS
        for f in functions(tree_of(path))
    }
    assert {name: n for name, n in lines.items() if n > 60} == {}
