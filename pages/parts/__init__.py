"""Parts that several screens share: data at hand, the view, controls, map, passport, table."""
