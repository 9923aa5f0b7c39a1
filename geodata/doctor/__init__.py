"""The doctor: is the store sound, does the data agree with itself, is the software complete.

Not here: repairing. What needs action is a fault; what a person should know is a note.
"""
