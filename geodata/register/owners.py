"""Owners: which plants belong to one business, however its name was written.

Pure. Not here: what is kept from view because too few of them report (``intensity``).
"""

import re
from collections.abc import Iterable

import pandas as pd

from geodata.core.names import fold

# Ten digits, of a branch three more. More or fewer digits are something else.
_TAX_CODE = re.compile(r"(?<![0-9])([0-9]{10})(?:-?[0-9]{3})?(?![0-9])")
# What comes and goes in the name of one business, as `fold` gives it.
_FORMS = re.compile(
    r"\b(?:chi nhanh|cong ty|c ty|cty|doanh nghiep tu nhan|dntn|hop tac xa|htx"
    r"|trach nhiem huu han|tnhh|co phan|cp|mtv|(?:mot|hai|1|2) (?:thanh vien|tv)(?: tro len)?"
    r"|company|limited|co ltd|ltd|joint stock|jsc|ma so thue|ma so doanh nghiep|mst|msdn)\b"
)


def of_plants(plants: Iterable[str], operators: pd.Series | None = None) -> dict[str, str]:
    """Return a key for each plant that it shares with the other plants of its owner.

    The tax code where one is known, else the name without its legal form. Where a name stands
    with a tax code once, the same name without one is that business too.

    Parameters
    ----------
    plants : iterable of str
        Site ids of the register, or names, as declarations have them.
    operators : Series, optional
        Who operates a site, as text, by site id. A plant without one is its own owner.
    """
    listed = {} if operators is None else operators.dropna().to_dict()
    by_site = {_loose(site): text for site, text in listed.items() if str(text).strip()}
    texts = {plant: str(by_site.get(_loose(plant), plant)) for plant in plants}
    # Sorted, so that the order of entry decides nothing where one name has two tax codes.
    codes = {_name(text): code for text in sorted(texts.values()) if (code := _tax_code(text))}
    return {
        plant: _tax_code(text) or codes.get(_name(text)) or _name(text)
        for plant, text in texts.items()
    }


def _tax_code(text: str) -> str | None:
    """Return the tax code in a text, that of the whole business even if a branch's is given."""
    match = _TAX_CODE.search(text)
    return match[1] if match else None


def _name(text: str) -> str:
    """Return a name folded and without legal form; one that is nothing else stays whole."""
    folded = fold(_TAX_CODE.sub(" ", text))
    return " ".join(_FORMS.sub(" ", folded).split()) or folded or _loose(text)


def _loose(text: object) -> str:
    return " ".join(str(text).casefold().split())
