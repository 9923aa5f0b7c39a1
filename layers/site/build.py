"""The whole site, written in a room of its own and then put in its place at once.

Not here: what stands on a page, or looking a folder over (``checked``).
"""

import hashlib
import io
import json
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

from geodata import leaflet
from geodata.core.errors import WrongCallError
from geodata.core.files import OutputError, reason
from geodata.core.text import LANGUAGES, _, day, language, speaking
from geodata.core.workroom import workroom
from geodata.outputs.fonts import FAMILY, FILES
from geodata.outputs.open.release import Contents
from geodata.outputs.picture import link_picture
from geodata.reading import tokens
from layers.element import asset
from layers.site import downloads, finding, leaf, sites, told, units
from layers.site import map as map_page
from layers.site.checked import LISTING, Faulty, faults
from layers.site.edition import Edition

OURS = "haugiang-scp-map"
# Basic Latin, Latin-1, Vietnamese, dashes and quotes, arrows, a few signs.
_SIGNS = (
    *range(0x20, 0x7F), *range(0xA0, 0x180), 0x1A0, 0x1A1, 0x1AF, 0x1B0, *range(0x1EA0, 0x1EFA),
    0x300, 0x301, 0x303, 0x309, 0x323, *range(0x2010, 0x2027), 0x2032, 0x20AB,
    *range(0x2190, 0x2194), 0x2212, 0x2264, 0x2265,
)  # fmt: skip


def publish(edition: Edition, folder: Path, *, verify: bool = False) -> dict[str, int]:
    """Write the site of an edition; a folder that stands already is replaced in one step.

    Parameters
    ----------
    edition : Edition
        What is published.
    folder : Path
        Where; it must not be there, be empty, or hold an earlier edition of ours.
    verify : bool
        Whether the new site is looked over first; what is faulty takes no place.

    Returns
    -------
    dict
        How many `files` and `bytes` it has.

    Raises
    ------
    WrongCallError
        If something else lies in the folder.
    OutputError
        If it cannot be written; what stood there then still stands.
    """
    _refuse_foreign(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with workroom(folder.absolute().parent) as room:
            draft = room / "site"
            written = _write(edition, draft)
            if verify and (wrong := faults(draft)):
                raise Faulty(wrong)
            _put(draft, folder.absolute(), room / "before")
    except OSError as error:
        sentence = _(
            "“{path}” could not be written ({reason}); free some space or choose another folder."
        )
        raise OutputError(sentence.format(path=folder, reason=reason(error))) from error
    return written


def _refuse_foreign(folder: Path) -> None:
    """Refuse a folder with anything in it that is no edition of ours."""
    if folder.is_dir():
        listing = folder / LISTING
        ours = listing.is_file() and f'"made_by": "{OURS}"' in listing.read_text("utf-8")
        if ours or not any(folder.iterdir()):
            return
    elif not folder.exists():
        return
    raise WrongCallError(
        _(
            "“{path}” holds other files; choose an empty folder or one of an earlier edition."
        ).format(path=folder)
    )


def _put(draft: Path, folder: Path, before: Path) -> None:
    """Put the new folder in the place of the old one; if that fails, the old one is back."""
    draft.chmod(0o755)
    if not folder.exists():
        draft.rename(folder)
        return
    folder.rename(before)
    try:
        draft.rename(folder)
    except OSError:
        before.rename(folder)
        raise


def _write(edition: Edition, draft: Path) -> dict[str, int]:
    """Write all files and the list of them."""
    listed: dict[str, list[object]] = {}
    for path, content in _files(edition):
        place = draft / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
        listed[path] = [len(content), hashlib.sha256(content).hexdigest()[:16]]
    listing = {
        "made_by": OURS,
        "workspace": edition.snapshot.workspace,
        "data_version": edition.snapshot.version,
        "as_of": edition.view.as_of.isoformat(),
        "day": edition.day.isoformat(),
        "files": dict(sorted(listed.items())),
    }
    (draft / LISTING).write_text(json.dumps(listing, indent=0), "utf-8")
    return {"files": len(listed), "bytes": sum(int(str(size)) for size, _hash in listed.values())}


def _files(edition: Edition) -> Iterator[tuple[str, bytes]]:
    """Yield every file of the site: path and content."""
    yield from _shared(edition)
    data = downloads.files(edition)
    for name, (_titles, content) in data.items():
        yield leaf.DATA + name, content
    for spoken in LANGUAGES:
        with speaking(spoken):
            for path, text in _spoken(edition, data):
                yield path, text if isinstance(text, bytes) else text.encode()
    core = [
        *(f"{leaf.prefix(code)}{name}" for code in LANGUAGES for name in _CORE),
        *(f"{leaf.ASSETS}{name}" for name in ("site.css", "map.js", "day.js", *leaflet.FILES)),
        *(
            f"{leaf.ASSETS}{name}-{code}.js"
            for code in LANGUAGES
            for name in ("site", "tim", "canh")
        ),
        *(f"{leaf.ASSETS}{name}" for name in _LETTERS),
    ]
    worker = files("layers").joinpath("site", "assets", "sw.js").read_text("utf-8")
    version = f"{edition.snapshot.version}-{edition.day}-{edition.view.as_of}"
    yield "sw.js", worker.replace("{version}", version).replace("{core}", json.dumps(core)).encode()
    yield (
        "robots.txt",
        (b"User-agent: *\nDisallow: /\n" if edition.simulated else b"User-agent: *\n"),
    )


_CORE = (
    leaf.MAP,
    leaf.LIST,
    leaf.UNITS,
    leaf.TARGETS,
    leaf.HELP,
    leaf.UNKNOWN,
    leaf.METHOD,
    leaf.LOST,
)
_LETTERS = {"thuong.woff": False, "dam.woff": True}


def _shared(edition: Edition) -> Iterator[tuple[str, bytes]]:
    """Yield what all languages share: Leaflet, styles, letters, scripts, the day."""
    for name, path in leaflet.located().items():
        yield leaf.ASSETS + name, path.read_bytes()
    yield (
        leaf.ASSETS + "site.css",
        (tokens.css() + _own("site.css").replace("FAMILY", tokens.FAMILY)).encode(),
    )
    yield leaf.ASSETS + "map.js", _own("map.js").encode()
    yield leaf.ASSETS + "day.js", map_page.day_script(edition).encode()
    for name, script in map_page.later(edition).items():
        if name != "day.js":
            yield leaf.ASSETS + name, script.encode()
    for name, bold in _LETTERS.items():
        yield leaf.ASSETS + name, letters(bold=bold)


def _own(name: str) -> str:
    """Return a script or style sheet of the site, without lines that only speak to its reader."""
    return asset(f"../site/assets/{name}")


def letters(*, bold: bool) -> bytes:
    """Return the typeface with the letters that Vietnamese and English need."""
    font = TTFont(FILES[FAMILY][bold], recalcTimestamp=False)
    options = subset.Options(
        flavor="woff", layout_features=["kern", "mark", "mkmk", "ccmp", "locl"]
    )
    maker = subset.Subsetter(options)
    maker.populate(unicodes=_SIGNS)
    maker.subset(font)
    font.flavor = "woff"
    content = io.BytesIO()
    font.save(content)
    return content.getvalue()


def _spoken(edition: Edition, data: Contents) -> Iterator[tuple[str, str | bytes]]:
    """Yield the files of the language spoken."""
    spoken, prefix = language(), leaf.prefix(language())
    yield f"{prefix}{leaf.MAP}", map_page.rendered(edition)
    chief = [
        sites.listed(edition),
        units.listed(edition),
        told.targets(edition),
        told.evidence(edition),
        told.explained(edition),
        told.unknown(edition),
        told.rules(edition),
        downloads.page(edition, data),
        told.imprint(edition),
    ]
    for one in (*chief, told.lost(), *units.pages(edition), *sites.pages(edition)):
        yield prefix + one.path, leaf.rendered(one, edition)
    leaves = [(one.path, one.title) for one in (map_page.described(), *chief)]
    yield f"{leaf.ASSETS}tim-{spoken}.js", finding.index_script(edition, leaves)
    yield f"{leaf.ASSETS}canh-{spoken}.js", map_page.scenes_script(edition)
    yield f"{leaf.ASSETS}site-{spoken}.js", finding.words_script() + _own("site.js")
    yield f"{leaf.ASSETS}anh-{spoken}.png", _picture(edition)


def _picture(edition: Edition) -> bytes:
    made = edition.briefing()
    facts = _("As of {as_of}").format(as_of=day(edition.view.as_of))
    alert = _("SIMULATED DATA – not real figures") if edition.simulated else ""
    return link_picture(made, made.title, facts, alert)
