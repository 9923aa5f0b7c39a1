"""What whoever runs a server sees of it: health, figures, log. Not here: anything readers see."""
