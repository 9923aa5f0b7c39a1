"""Terms explained where they stand: behind the sign beside a text, for mouse, keyboard and finger.

Not here: the terms (``geodata.reading.glossary``).
"""

from geodata.reading.glossary import glossary


def explained(*terms: str) -> str:
    """Return what some terms mean, as the help of a text; all of them where none is named."""
    return "\n".join(f"- **{name}**: {meaning}" for name, meaning in glossary(*terms))
