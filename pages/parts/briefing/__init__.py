"""The briefing's screen: board, ranking, slides, files to take along."""
