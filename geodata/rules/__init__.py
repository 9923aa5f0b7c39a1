"""The rules: plans, status, targets, coverage, pace, intensity. Pure functions of frames and dates.

``status.status_of`` gives each site its status, ``targets.results`` each target its figure. Not
here: how either is shown (``reading``) or what to do next (``planning``).
"""
