"""The command line: ``main`` knows all commands, each has a module of its own.

Same logic as the screens, JSON on stdout, messages on stderr. A command's module has
``add(parser)``, which gives it its options, and ``run(options)``, which returns the exit code; it
is imported when the command is called. Not here: any rule, SQL, or reading files.
"""
