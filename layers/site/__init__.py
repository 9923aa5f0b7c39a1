"""The site without a server: the public map and what is told of it, as a folder of static pages.

`build.publish` writes it, `checked.faults` looks it over. It needs no streamlit and no server's
help; figures are those of the screens (``geodata.reading``, ``geodata.outputs``). Not here: the
command (``geodata.commands.publish``), or what may be public (``register``).
"""
