"""The command line, a module for each group of commands; ``cli`` knows them all.

Same logic as the screens, JSON on stdout, messages on stderr. Not here: any rule.
"""
