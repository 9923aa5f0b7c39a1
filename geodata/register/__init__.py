"""What is kept of places: sites, their lifecycle, evidence, declarations, as typed frames.

The schemas and the words people write for their values. Not here: what follows from a record
(``rules``), where it lies (``geography``), how it is stored (``store``) or read from a file
(``intake``).
"""
