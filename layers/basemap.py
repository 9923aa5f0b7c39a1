"""The empty map: Leaflet from its package, no tiles, no other host.

Not here: what is drawn on it (``units``, ``sites``) or how it talks to the app (``page``).
"""

from importlib.metadata import PackageNotFoundError, files
from pathlib import Path

import folium

from geodata.errors import ModelError
from geodata.text import _

LEAFLET_PACKAGE = "django-js-lib-leaflet"
LEAFLET_FILES = ("leaflet.js", "leaflet.css")
CENTRE = (9.78, 105.64)
ZOOM = 10


class MissingLeafletError(ModelError):
    """The package that carries Leaflet is not installed."""


class LocalMap(folium.Map):
    """A folium map whose only script and style sheet are Leaflet's, served beside the page."""

    def __init__(self, leaflet: str) -> None:
        super().__init__(
            location=CENTRE,
            zoom_start=ZOOM,
            tiles=None,
            zoom_control=False,
            zoom_animation=False,
            attribution_control=False,
            zoom_snap=0.25,
        )
        # folium hands its own limits to tile layers only, and there is none.
        self.options.update(minZoom=8, maxZoom=18)
        self._id = "hau_giang"  # fixed, so that equal data makes an equal page
        self.default_js = [("leaflet", f"{leaflet}/leaflet.js")]
        self.default_css = [("leaflet_css", f"{leaflet}/leaflet.css")]


def leaflet_files() -> dict[str, Path]:
    """Return where Leaflet's script and style sheet lie on this machine, by name.

    Raises
    ------
    MissingLeafletError
        If the package that carries them is not installed.
    """
    try:
        listed = files(LEAFLET_PACKAGE) or []
    except PackageNotFoundError:
        listed = []
    found = {f.name: Path(str(f.locate())) for f in listed if f.name in LEAFLET_FILES}
    if set(found) != set(LEAFLET_FILES):
        raise MissingLeafletError(
            _(
                "The map cannot start: the package {package} is missing; run “make run” again."
            ).format(package=LEAFLET_PACKAGE)
        )
    return found
