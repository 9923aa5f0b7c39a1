"""Foreign files as tables of text: one module a format, none of them trusted.

``files`` chooses the reader. Not here: what the cells mean (``intake.judging``).
"""
