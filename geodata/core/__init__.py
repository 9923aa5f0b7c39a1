"""What every other room stands on: clock, text, errors, progress, names folded, files written.

Nothing here knows a site or a rule. Not here: settings, which know roles (``geodata.settings``).
"""
