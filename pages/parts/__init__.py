"""Parts of the screens, by screen; what several show stands in ``shared``."""
