"""Files we write, from figures made elsewhere: briefings, field sheets, data.

``figure`` draws the map on paper for all of them. Not here: any rule, or writing a file whole
(``core.files``).
"""
