"""The fictional workspace: places and evidence that are invented, and say so."""
