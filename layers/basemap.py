"""The empty map: Leaflet and nothing else, no tiles, no other host.

Not here: what is drawn on it (``units``, ``sites``) or how it talks to the app (``page``).
"""

import folium

CENTRE = (9.78, 105.64)
ZOOM = 10


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
        # folium hands its own limits to tile layers only, and there is none. What takes room from
        # the map, the page sees itself.
        self.options.update(minZoom=8, maxZoom=18, trackResize=False)
        self._id = "hau_giang"  # fixed, so that equal data makes an equal page
        self.default_js = [("leaflet", f"{leaflet}/leaflet.js")]
        self.default_css = [("leaflet_css", f"{leaflet}/leaflet.css")]
