"""Where things are: units in both vintages, coordinates, distances, areas drawn.

EPSG:4326 for positions, EPSG:5897 for metres and areas. Not here: what a place is (``register``).
"""
