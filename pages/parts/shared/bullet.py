"""The bar of a target as markup: verified, not known, and where the threshold stands.

Not here: its shares (``geodata.reading.answer``), or its looks (``style``).
"""

import html

from geodata.reading.answer import Bar


def bullet(bar: Bar, words: str) -> str:
    """Return a bar: solid what is verified, hatched what is not known, a tick at the threshold.

    `words` say the same to who does not see it.
    """
    known = f'<i class="hg-yes" style="width:{bar.yes:.2%}"></i>'
    unknown = f'<i class="hg-open" style="left:{bar.yes:.2%};width:{bar.unknown:.2%}"></i>'
    goal = "" if bar.goal is None else f'<b style="left:min({bar.goal:.2%},100% - 3px)"></b>'
    label = html.escape(words)
    return f'<div class="hg-bullet" role="img" aria-label="{label}">{known}{unknown}{goal}</div>'
