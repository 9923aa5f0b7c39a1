"""Leaflet on this machine: the package that carries it and where its files lie.

Not here: serving them, or the map.
"""

from importlib.metadata import PackageNotFoundError, files
from pathlib import Path

from geodata.core.errors import ModelError
from geodata.core.text import _

PACKAGE = "django-js-lib-leaflet"
FILES = ("leaflet.js", "leaflet.css")


class MissingLeafletError(ModelError):
    """The package that carries Leaflet is not installed, or not whole."""


def located() -> dict[str, Path]:
    """Return where Leaflet's script and style sheet lie, by name.

    Raises
    ------
    MissingLeafletError
        If one of them is not there.
    """
    try:
        listed = files(PACKAGE) or []
    except PackageNotFoundError:
        listed = []
    paths = {f.name: Path(str(f.locate())) for f in listed if f.name in FILES}
    present = {name: path for name, path in paths.items() if path.is_file()}
    if set(present) != set(FILES):
        raise MissingLeafletError(
            _(
                "The map cannot start: the package {package} is missing; run “make run” again."
            ).format(package=PACKAGE)
        )
    return present
