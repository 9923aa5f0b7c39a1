"""What stewards do to the data: edit, place, answer questions, enter files, look back.

Pure but for the store that is handed in. Not here: the screens (``pages.steward``), or reading a
file (``intake``).
"""
