"""The map's screen: the embedded page, the passport of a site, its lifecycle."""
