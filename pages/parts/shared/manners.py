"""What a browser does by itself and Streamlit gets in the way of, as a script a page runs once.

Two quick steps back, a link opened in a new tab, the other language, and a link to the place of the
map. Not here: Streamlit's own words
(``borrowed``), or the ways to the screens (``bar``).
"""

from pathlib import Path

SCRIPT = Path(__file__).with_name("manners.js").read_text("utf-8")
