"""The briefing as slides, 16:9: ``talk`` puts a deck and its appendix into a PPTX file.

Tables and charts are native, so that they can be edited. Not here: what the slides say
(``briefing.deck``).
"""
