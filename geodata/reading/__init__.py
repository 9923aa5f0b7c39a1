"""What is read off a map or told in a briefing: view, symbols, legend, passport, gaps, findings.

Pure, and the same for every screen and file. Not here: the rules themselves (``rules``), or a page
or a file of them (``layers``, ``pages``, ``outputs``).
"""
