"""Which row is which site of the register: by its code, else by its name, kind and place.

A code that is almost one of ours is asked about, never made a second site; one that is nobody's
yet is said to be new. Not here: rows that repeat each other (``duplicates``), or fresh codes
(``difference``).
"""

from collections.abc import Callable, Iterable, Sequence

import numpy as np
import pandas as pd
from rapidfuzz import fuzz

from geodata.core.names import fold
from geodata.core.text import N_, _
from geodata.intake.judging import difference, places
from geodata.intake.judging.cells import Choice, Level, Remark
from geodata.intake.judging.rows import NEW, SAME, Rows
from geodata.register import ids

ID_RULE = N_("Each row is one site of the register, or a new one")

Resolver = Callable[[np.ndarray], pd.DataFrame]
"""Gives the codes of units that some rows, counted from 0, name: `places.CODES`."""

Spotter = Callable[[int, Sequence[str]], tuple[str, ...]]
"""Gives those of some sites that lie exactly where a row, counted from 0, says."""

_ALIKE, _MUCH_ALIKE = 60, 80  # percent, of folded names
_OFFERED = 5  # sites


def identify(rows: Rows, known: pd.DataFrame, units_of: Resolver, at_spot_of: Spotter) -> None:
    """Give rows the id of the site they mean, or ask.

    Parameters
    ----------
    rows : Rows
        Changed in place: ids and remarks.
    known : DataFrame
        The register as text, indexed by id.
    units_of : callable
        Says which units rows name, asked only where it matters.
    at_spot_of : callable
        Says which sites lie exactly where a row says, asked only where the units speak against
        all of them.
    """
    for at, identity in rows.identity.items():
        if identity != NEW:
            rows.table.loc[at, "id"] = identity
    _by_code(rows, known)
    _by_name(rows, known, units_of, at_spot_of)


def spelled_otherwise(at: int, column: str, text: str, name: str) -> Remark:
    """Return the notice that a code was recognised in another spelling."""
    message = _("“{value}” is read as the code {id}.").format(value=text, id=name)
    return Remark(at, column, text, ID_RULE, message, name, Level.NOTICE)


def _by_code(rows: Rows, known: pd.DataFrame) -> None:
    """Recognise codes in any spelling; ask about those that nobody knows but may be ours."""
    codes = rows.table["id"]
    open_rows = (codes.notna().to_numpy() & ~rows.known_in(known)).nonzero()[0].tolist()
    open_rows = [at for at in open_rows if at not in rows.identity]
    if not open_rows or known.empty:
        return
    index = ids.Index(known.index)
    name_of = {site: fold(str(name)) for site, name in known["name_vi"].items()}
    bearers: dict[str, list[str]] = {}
    for site, name in name_of.items():
        bearers.setdefault(name, []).append(str(site))
    names = rows.table["name_vi"].fillna("").map(fold).tolist()
    for at in open_rows:
        code = str(codes.iloc[at])
        alike = index.alike(code)
        if len(alike) == 1 and _may_be(rows, at, known, alike[0]):
            rows.table.loc[at, "id"] = alike[0]
            rows.say([spelled_otherwise(at, "id", code, alike[0])])
            continue
        near, named = index.near(code), bearers.get(names[at], ())
        ours = index.looks_like_ours(code)
        if (
            alike
            or named
            or (near and not ours)
            or _is_alike(names[at], (name_of[site] for site in near))
        ):
            rows.say([_asked(rows, at, known, (*named, *alike, *near))])
        elif ours:
            message = _("The code “{value}” is not in the register yet: it is a new site.")
            sentence = message.format(value=code)
            rows.say([Remark(at, "id", code, ID_RULE, sentence, level=Level.NOTICE)])


def _may_be(rows: Rows, at: int, known: pd.DataFrame, site: str) -> bool:
    """Say whether a row's name does not speak against a site, where letters had to be guessed."""
    code, name = str(rows.table["id"].iloc[at]), rows.table["name_vi"].iloc[at]
    if pd.isna(name) or _letters(code) == _letters(site):
        return True
    return fuzz.WRatio(fold(str(name)), fold(str(known.loc[site, "name_vi"]))) >= _ALIKE


def _is_alike(name: str, others: Iterable[str]) -> bool:
    """Say whether a folded name is blank, or much like one of others."""
    if not name:
        return any(True for _other in others)
    return any(fuzz.ratio(name, other) >= _MUCH_ALIKE for other in others)


def _letters(code: str) -> str:
    """Return the letters of a code, without regard to case."""
    return "".join(filter(str.isalpha, code.upper()))


def _asked(rows: Rows, at: int, known: pd.DataFrame, sites: Sequence[str]) -> Remark:
    """Return the question which of some sites a code means that nobody knows."""
    code, offered = str(rows.table["id"].iloc[at]), list(dict.fromkeys(sites))[:_OFFERED]
    message = _("The code “{value}” is not in the register: a new site, or one of those below?")
    choices = (*_choices(known, offered), Choice(NEW, _("a new site")))
    sentence = message.format(value=code)
    return Remark(at, "id", code, ID_RULE, sentence, "", Level.QUESTION, choices)


def _choices(known: pd.DataFrame, offered: Sequence[str]) -> tuple[Choice, ...]:
    names = known["name_vi"].astype(object)
    return tuple(Choice(SAME + site, f"{site} – {names[site]}") for site in offered)


def _by_name(rows: Rows, known: pd.DataFrame, units_of: Resolver, at_spot_of: Spotter) -> None:
    """Give rows without code that of the one known site of their name, kind and place."""
    matches = difference.matched(rows.table, known)
    at_rows = [
        at for at in matches.map(bool).to_numpy().nonzero()[0].tolist() if at not in rows.identity
    ]
    fitting = _fitting(rows, known, {at: matches.iloc[at] for at in at_rows}, units_of)
    fitting = {
        at: sites or at_spot_of(at, matches.iloc[at])  # its unit was decided against the row before
        for at, sites in fitting.items()
    }
    claims: dict[str, int] = {}
    for at, sites in fitting.items():
        for site in sites or matches.iloc[at]:
            claims[site] = claims.get(site, 0) + 1
    for at, sites in fitting.items():
        name = str(rows.table["name_vi"].iloc[at])
        if len(sites) == 1 and claims[sites[0]] == 1:
            rows.table.loc[at, "id"] = sites[0]
            message = _("The row has no code; by its name “{name}” it is {id} of the register.")
            sentence = message.format(name=name, id=sites[0])
            rows.say([Remark(at, "id", "", ID_RULE, sentence, sites[0], Level.NOTICE)])
            continue
        offered = sites or matches.iloc[at]
        message = _("The row has no code, and “{name}” can be {ids}, or a new site. Choose one.")
        if not sites:
            message = _(
                "The row has no code; {ids} of the register bears the name “{name}”, but lies in "
                "another place. Is it the same site?"
            )
        sentence = message.format(name=name, ids=", ".join(offered))
        choices = (*_choices(known, offered), Choice(NEW, _("a new site")))
        rows.say([Remark(at, "id", "", ID_RULE, sentence, "", Level.QUESTION, choices)])


def _fitting(
    rows: Rows, known: pd.DataFrame, matches: dict[int, tuple[str, ...]], units_of: Resolver
) -> dict[int, tuple[str, ...]]:
    """Return, of the sites each row can be, those in the units that it names."""
    table, codes = rows.table, list(places.CODES)
    named = table[list(places.COLUMNS)].notna().any(axis=1).to_numpy()
    asked = [at for at in matches if named[at]]
    by_code = table[codes].fillna("").to_numpy(dtype=object)
    only_codes = table[list(places.NAMES)].isna().all(axis=1).to_numpy()
    known_codes = dict(
        zip(known["id"], known[codes].fillna("").to_numpy(dtype=object), strict=True)
    )
    settled = [
        at
        for at in asked
        if only_codes[at] and any(_agree(by_code[at], known_codes[site]) for site in matches[at])
    ]
    stated = {at: by_code[at] for at in settled}
    if rest := [at for at in asked if at not in stated]:
        resolved = units_of(np.array(rest))[codes].fillna("").to_numpy(dtype=object)
        stated |= dict(zip(rest, resolved, strict=True))
    return {
        at: tuple(s for s in sites if at not in stated or _agree(stated[at], known_codes[s]))
        for at, sites in matches.items()
    }


def _agree(one: np.ndarray, other: np.ndarray) -> bool:
    """Say whether two places name the same units, as far as both name any."""
    return all(a == b for a, b in zip(one, other, strict=True) if a and b)
