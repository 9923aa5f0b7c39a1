"""Draw which room imports which, from the code: ``make imports`` writes docs/imports.md."""

from collections import Counter
from pathlib import Path

import grimp

HOME = Path(__file__).parents[1]
ROWS = (  # from the top down, as the contracts in pyproject.toml hold them
    *("pages", "layers", "commands", "doctor", "outputs", "stewardship", "intake"),
    *("simulation", "planning", "reading", "store", "settings", "leaflet", "rules"),
    *("geography", "people", "register", "core"),
)


def room(module: str) -> str:
    """Return the room of a module: a package of the model, or one of the rooms above it."""
    top, *below = module.split(".")
    return below[0] if top == "geodata" and below else top


def main() -> None:
    """Count the imports between rooms and write them as a Mermaid graph."""
    graph = grimp.build_graph("geodata", "layers", "pages")
    arrows: Counter[tuple[str, str]] = Counter()
    for module in graph.modules:
        for imported in graph.find_modules_directly_imported_by(module):
            ends = room(module), room(imported)
            if ends[0] != ends[1] and set(ends) <= set(ROWS):
                arrows[ends] += 1
    upward = [ends for ends in arrows if ROWS.index(ends[0]) > ROWS.index(ends[1])]
    lines = [f"  {a} -->|{n}| {b}" for (a, b), n in sorted(arrows.items(), key=order)]
    (HOME / "docs" / "imports.md").write_text(
        "# Which room imports which\n\n"
        f"Written by `make imports`: {len(graph.modules)} modules, {len(ROWS)} rooms, "
        f"{len(arrows)} arrows, {len(upward)} of them upward. "
        "The number is how many modules import one of the other room.\n\n"
        "```mermaid\ngraph TD\n" + "\n".join(lines) + "\n```\n",
        "utf-8",
    )


def order(arrow: tuple[tuple[str, str], int]) -> tuple[int, int]:
    """Return where an arrow stands in the list: by its rooms, from the top down."""
    return ROWS.index(arrow[0][0]), ROWS.index(arrow[0][1])


if __name__ == "__main__":
    main()
