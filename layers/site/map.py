"""The site's first page: the map page of the app, with the bar, a card and its legends around it.

Not here: the map page itself (``layers.page``), or what its scripts do (``assets/map.js``).
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from geodata.core.text import _, language
from geodata.reading import inventory
from geodata.reading.answer import answer
from geodata.reading.labels import axis_label, inventory_label
from geodata.reading.legend import inventory as inventory_legend
from geodata.reading.legend import legend
from geodata.reading.unit_sheet import in_short, inventory_in_short
from geodata.reading.view import UNIT_COLUMN, View
from geodata.register.sites import KINDS
from geodata.rules.targets import of_axis
from layers import page
from layers.site import leaf, sites
from layers.site.edition import Edition
from layers.sites import columns, letters

_PART = 10_000  # sites a script
_NEEDED = {"leaflet.js": "script", "leaflet.css": "style", "map.js": "script"}
"""What the map cannot begin without: it is asked for while the page itself is on its way."""
PAINTS = ("kinds", "outreach", "compliance")
"""What colours can say, the first being what they say of so little known."""


def described() -> leaf.SitePage:
    """Return what the map is called and is about."""
    about = _(
        "Industrial parks and clusters, craft villages, shops and pilot models of the former "
        "province of Hậu Giang, and what dated evidence shows of them."
    )
    return leaf.SitePage(leaf.MAP, "", _("Map of sites"), about)


def rendered(edition: Edition) -> str:
    """Return the map page of an edition, in the language spoken."""
    one = described()
    frame = leaf.frame(one, edition)
    filled = leaf.environment().get_template
    paint = first_paint(edition)
    shown = scene(edition, paint, None, ())
    content = {
        **frame,
        "paints": _paints(paint),
        "later": len(edition.sites) > sites.MOST_PAGES,
        "answer": _answers(edition)[paint],
        "words": sites.data_block(_words(edition, paint, shown)),
    }
    needed = _NEEDED if content["later"] else _NEEDED | {"day.js": "script"}
    around = page.Around(
        one.title,
        filled("head.html").render(frame) + _asked_early(frame["assets"], needed),
        filled("bar.html").render(frame),
        filled("map_after.html").render(content),
        [f"{frame['assets']}{name}" for name in later(edition)],
    )
    assets = frame["assets"].rstrip("/")
    state = _state(edition, paint, shown)
    return page.render(
        edition.sites, dict(edition.frames), state, assets, edition.ways, around=around
    )


def _asked_early(assets: str, needed: Mapping[str, str]) -> str:
    """Return links that have a browser fetch what lies far below: each is a way there and back."""
    links = (
        f'<link rel="preload" as="{kind}" href="{assets}{name}">' for name, kind in needed.items()
    )
    return "\n".join(links)


def later(edition: Edition) -> dict[str, str]:
    """Return the scripts that bring many sites after the first view; of few there are none."""
    if len(edition.sites) <= sites.MOST_PAGES:
        return {}
    codes = {vintage: [*map(str, frame.index)] for vintage, frame in edition.frames.items()}
    whole, n = columns(edition.sites, codes), len(edition.sites)
    named = {"day.js": day_script(edition)}
    for at in range(0, n, _PART):
        part = {name: cells[at : at + _PART] for name, cells in whole.items()}
        text = json.dumps(part, ensure_ascii=False, separators=(",", ":"))
        named[f"cot-{at // _PART}.js"] = f"hgRows({text});"
    return named


def first_paint(edition: Edition) -> str:
    """Return what colours say at first, as the app decides it."""
    chosen = inventory.painted(edition.view, edition.known, len(edition.register))
    return "kinds" if chosen == "kinds" else edition.view.axis


def _answers(edition: Edition) -> dict[str, str]:
    """Return the answer that the app's map gives first, by what colours say."""
    given = {"kinds": inventory.answer(edition.known, len(edition.register))}
    given |= {axis: answer(edition.results, axis) for axis in PAINTS[1:]}
    nothing = _("No site belongs to the denominator of this target yet.")
    return {paint: one.headline if one else nothing for paint, one in given.items()}


def _paints(first: str) -> list[tuple[str, str]]:
    names = {"kinds": inventory_label(), **{axis: axis_label(axis) for axis in PAINTS[1:]}}
    return [(first, names[first]), *((key, name) for key, name in names.items() if key != first)]


def _state(edition: Edition, paint: str, shown: dict[str, Any]) -> dict[str, Any]:
    """Return what the page shows before anything is chosen, as the app tells it."""
    return {
        "axis": "entry" if paint == "kinds" else paint,
        "kinds": None,
        "statuses": None,
        "day": "day",
        "vintage": edition.view.units_of.value,
        "unit": None,
        "legend": shown,
        "rings": True,
        "banner": "",  # the bar says it
    }


def scene(edition: Edition, paint: str, unit: str | None, kinds: tuple[str, ...]) -> dict[str, Any]:
    """Return a legend with its counts, as the app's for the same view."""
    axis = "outreach" if paint == "kinds" else paint
    view: View = replace(edition.view, axis=axis, unit=unit, kinds=kinds)
    cut = edition.cut(unit)
    if paint == "kinds":
        return inventory_legend(cut.sites, cut.entries, view, cut.shown)
    return legend(cut.sites, cut.status, view, cut.shown)


def _words(edition: Edition, paint: str, shown: dict[str, Any]) -> dict[str, Any]:
    """Return what the page's own script needs: texts, names of units, ways."""
    names = edition.frames[edition.view.units_of.value]["name"]
    ids = edition.sites.index
    odd = {
        str(one): path for one in ids if (path := leaf.site_path(str(one))) != f"co-so/{one}.html"
    }
    return {
        "paint": paint,
        "paints": list(PAINTS),
        "legend": shown,
        "answers": _answers(edition),
        "scenes": f"{leaf.up(leaf.prefix(language()) + leaf.MAP)}{leaf.ASSETS}canh-{language()}.js",
        "axes": {axis: axis_label(axis) for axis in ("outreach", "compliance", "stage")},
        "units": {str(code): str(name) for code, name in names.items()},
        "pages": len(edition.sites) <= sites.MOST_PAGES,
        "odd": odd,
        "more": _("All that is known of it"),
        "close": _("Close"),
        "unplaced": _("no position: listed beside the map"),
    }


def day_script(edition: Edition) -> str:
    """Return the statuses of the day as a script: a page from a file may fetch nothing."""
    named = edition.sites.index
    of_day = letters(edition.status.loc[named], edition.entries[named])
    return f"hgDay={json.dumps(of_day)};hg.host.days.day=Promise.resolve(hgDay);"


def scenes_script(edition: Edition) -> str:
    """Return all legends that can be asked for, and what is said of units, as a script."""
    vintage = edition.view.units_of
    names = edition.frames[vintage.value]["name"]
    unit = edition.register[UNIT_COLUMN[vintage]]
    places = [None, *map(str, names.index)]
    some = {
        paint: ((), *((kind,) for kind in KINDS)) if paint == "kinds" else ((),) for paint in PAINTS
    }
    scenes = {
        paint: {
            place or "": {
                "".join(kinds): scene(edition, paint, place, kinds) for kinds in some[paint]
            }
            for place in places
        }
        for paint in PAINTS
    }
    about = {"kinds": inventory_in_short(edition.entries, names, unit)} | {
        axis: in_short(of_axis(edition.results, axis), axis, names, unit) for axis in PAINTS[1:]
    }
    content = json.dumps({"scenes": scenes, "about": about}, ensure_ascii=False)
    return f"hgScenes={content};"
