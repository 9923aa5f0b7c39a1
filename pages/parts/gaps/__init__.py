"""The gaps' screen: figures, map, tables, what is about to lapse, what lies around."""
