"""Open data: what anybody may take home, as a release of files and as answers to programs.

One set of tables (``tables``) feeds both, so that no figure stands in two ways. Not here: routes
(``pages.parts.server.api``), or data that comes back in (``outputs.data``).
"""
