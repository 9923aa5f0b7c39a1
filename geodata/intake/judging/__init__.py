"""What the cells of a table mean, row by row, and what has to be asked about them.

``diagnosis`` puts it together. Not here: file formats (``intake.reading``) or saving (``store``).
"""
