"""The evidence's screen: search and filters, the records, what is known, how to add to it."""
