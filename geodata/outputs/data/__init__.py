"""Data as files: exchange, template, marked-up copy, lists of gaps and visits."""
