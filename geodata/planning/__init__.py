"""The next visits: where to meet, whom one meeting covers, which ones, in which order, and why.

``scenario`` holds the problem, ``visits`` its answer. Not here: what counts as reached (``rules``),
or field sheets (``outputs.field``).
"""
