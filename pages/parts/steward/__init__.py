"""The stewards' screens: files taken in, forms, questions, journal, publication."""
