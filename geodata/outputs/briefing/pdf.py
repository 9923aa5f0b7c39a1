"""The briefing on paper: what stands on the pages of A4, and on the poster for the wall.

Here every part is put in words and numbers; a template sets them (``templates``). Not here: what
the figures are (``geodata.reading.briefing``), or how the map is drawn (``figure``).
"""

from typing import Any

from geodata.core.errors import WrongCallError
from geodata.core.progress import Listener, unheard
from geodata.core.text import _, number
from geodata.outputs import figure, legend, typeset
from geodata.outputs.briefing import answer, behind, poster, qr
from geodata.outputs.briefing.provenance import origin
from geodata.outputs.briefing.sections import count_of, sections
from geodata.outputs.briefing.wording import words
from geodata.outputs.fonts import MM, tidy
from geodata.outputs.typeset import Content
from geodata.reading.answer import answer as map_answer
from geodata.reading.briefing import Briefing
from geodata.reading.findings import counted
from geodata.reading.tokens import ASKED
from geodata.reading.view import unplaced

POSTER = "a3-poster"
PAPERS = ("a4", "a4-landscape", POSTER)

# Width and height of the map, mm, and its letters, points: what the page leaves it.
_MAPS = {"a4": (178, 235, 9.5), "a4-landscape": (265, 152, 9.5), POSTER: (240, 164, 18)}
_NAME = 120  # letters of a name; longer ones are cut
_UNPLACED = 12  # sites named that are not on the map


def render(briefing: Briefing, size: str = "a4", listener: Listener = unheard) -> bytes:
    """Return a briefing as a PDF file.

    Parameters
    ----------
    briefing : Briefing
        What is shown; no figure comes from elsewhere.
    size : str
        One of `PAPERS`.
    listener : callable, optional
        Told of each step before it begins.

    Raises
    ------
    WrongCallError
        If there is no such paper.
    """
    if size not in PAPERS:
        raise WrongCallError(
            _("There is no paper “{paper}”; choose one of: {known}.").format(
                paper=size, known=", ".join(PAPERS)
            )
        )
    listener(0, _("Drawing the map"))
    width, height, letters = _MAPS[size]
    drawn = figure.map_figure(
        briefing,
        width,
        height,
        alone=False,
        text_pt=letters,
        content=legend.POSTER if size == POSTER else None,
        numbers=poster.numbers(briefing) if size == POSTER else None,
    )
    listener(0.4, _("Writing the map as lines and letters"))
    pictures = {"map": figure.svg(drawn), **_way_back(briefing.imprint.link)}
    listener(0.6, _("Setting the pages: board, findings, tables"))
    content = _head(briefing) | {"map": _around_map(briefing) | {"width": width * MM}}
    if size == POSTER:
        content |= poster.content(briefing)
    else:
        content |= answer.content(briefing) | {"parts": list(behind.parts(briefing))}
        content["flipped"] = width > height
    listener(0.8, _("Putting pages and map together"))
    template = "poster" if size == POSTER else "briefing"
    return typeset.pdf(template, content, briefing, briefing.view.as_of, pictures)


def _way_back(link: str) -> dict[str, str]:
    """Return the QR code of the view's address as a picture, where it has one."""
    return {"qr": qr.svg(link), "address": link} if link else {}


def _head(briefing: Briefing) -> Content:
    """Return what every paper says: title, what the view was narrowed to, who hands it out."""
    parts, imprint = sections(briefing), briefing.imprint
    scope = list(parts.narrowed)
    if briefing.view.kinds or briefing.view.unit or briefing.view.statuses:
        scope.append(_("the targets count the whole province, whatever the view shows"))
    return {
        "title": tidy(f"{briefing.title} – {briefing.facts[0]}"),
        "running": tidy(briefing.title),
        "kicker": f"{_('Briefing').upper()} · {tidy(briefing.title)}",
        "scope": " · ".join(filter(None, [*scope, parts.closed])),
        "asked": ASKED,
        "issue": {
            "body": tidy(imprint.letterhead.body, _NAME),
            "blank": _("Issuing body: ") + "." * 40,
            "qr": _("QR code: this view in the app, {address}").format(address=imprint.link),
            "lines": [" · ".join(map(tidy, origin(briefing))), figure.source_text(briefing)],
        },
    }


# --- the map ---------------------------------------------------------------------------------


def _around_map(briefing: Briefing) -> Content:
    """Return title, facts and the words of the map, and who is not on it."""
    headline = map_answer(briefing.results, briefing.view.axis)
    title, facts = (headline.headline, headline.detail) if headline else (_("Map of sites"), "")
    if unit := briefing.view.unit:
        facts, title = f"{_('Whole province')}: {title} · {facts}", _of_unit(briefing, unit)
    return {
        "title": title,
        "facts": facts,
        "alt": sections(briefing).map,
        "missing": _not_on_the_map(briefing),
    }


def _of_unit(briefing: Briefing, unit: str) -> str:
    """Return how the unit of a view stands: its name, its count and what that counts."""
    row: Any = briefing.gaps.loc[unit]
    name = tidy(row["name"], _NAME)
    if not row["sites"]:
        return _("{unit}: no site that counts").format(unit=name)
    return _("{unit}: {counted} sites – {status}").format(
        unit=name,
        counted=counted(count_of(row), briefing.result),
        status=words(briefing.view.axis)[0].lower(),
    )


def _not_on_the_map(briefing: Briefing) -> str:
    """Return the line that names the sites without a position, if there are any."""
    missing = unplaced(briefing.listed)
    if missing.empty:
        return ""
    names = [tidy(name, 60) for name in missing["name_vi"][:_UNPLACED]]
    if len(missing) > _UNPLACED:
        names.append(_("and {n} more").format(n=number(len(missing) - _UNPLACED)))
    return _("Not on the map, position not known ({n}): {names}").format(
        n=number(len(missing)), names="; ".join(names)
    )
