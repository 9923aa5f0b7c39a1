"""A layer of a map file, and the table it becomes.

Not here: which formats there are (``vectors``), where its shapes lie (``shapes``), or which column
is which (``headers``).
"""

import re
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import geopandas as gpd
import pyogrio
import shapely
from numpy.typing import NDArray
from pyproj import CRS
from pyproj.exceptions import CRSError

from geodata.core.errors import DataError
from geodata.core.text import _
from geodata.intake.reading import features, headers, legacy, shapes
from geodata.intake.reading.grid import Grid, LeftOut, Part, Sheet, Size, Type
from geodata.register import vocabulary

_BINARY = "OFTBinary"
_CLOCKS = ("OFTDate", "OFTDateTime")
_COUNTED = re.compile(r"([^.]*[^\W\d][^.]*)\.\d+")
_SHOWN = 6  # fields of a layer that is not recognised
READ_ERRORS = (
    pyogrio.errors.DataSourceError,
    pyogrio.errors.DataLayerError,
    pyogrio.errors.FeatureError,
    pyogrio.errors.FieldError,
    pyogrio.errors.GeometryError,
    CRSError,
    ValueError,
    UnboundLocalError,  # pyogrio, where the coordinate system cannot be read
)


class Layer(NamedTuple):
    """A layer before anybody knows what its fields mean.

    ``shapes`` may be in any system; ``unread`` are coordinates that make no geometry, by the
    place of their feature from 0.
    """

    title: str
    fields: dict[str, list[str]]
    types: dict[str, list[str]]
    shapes: gpd.GeoSeries | None
    unread: Mapping[int, str]
    notes: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


def of_features(
    title: str, marks: Sequence[features.Feature], crs: CRS | None, notes: tuple[str, ...]
) -> Layer:
    """Return features as a layer, a field for each name that any of them has."""
    names = list(dict.fromkeys(field for mark in marks for field in mark.fields))
    Size().add(len(marks), len(names), len(marks) * max(len(names), 1))
    values = {n: [mark.fields.get(n, features.BLANK) for mark in marks] for n in names}
    return Layer(
        title,
        {field: [value.text for value in column] for field, column in values.items()},
        {field: [str(value.type) for value in column] for field, column in values.items()},
        gpd.GeoSeries([mark.geometry for mark in marks], crs=crs) if marks else None,
        {at: mark.unread for at, mark in enumerate(marks) if mark.unread},
        (*notes, *features.closing_note(list(marks))),
    )


def layer_names(path: Path) -> list[str]:
    """Return the names of the layers of a file on disk."""
    with quiet():
        return [str(title) for title, _kind in pyogrio.list_layers(path)]


@contextmanager
def quiet() -> Iterator[None]:
    """Let GDAL's own English words go nowhere; what matters is said by us."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        yield


def stored(
    path: Path,
    layer: str,
    size: Size,
    *,
    title: str = "",
    encoding: str | None = None,
    columns: Iterable[str] = (),
) -> Layer:
    """Return a layer of a file on disk.

    Parameters
    ----------
    path, layer
        Where it is.
    size
        Counts the cells of the whole file.
    title
        As it is called; as in the file if not given.
    encoding
        In which its letters are read.
    columns
        All that are stored; those that GDAL does not know to read are named.
    """
    title = title or layer
    with quiet():
        about = pyogrio.read_info(path, layer=layer, encoding=encoding, force_feature_count=True)
        count, width = int(about["features"]), len(about["fields"])
        size.add(count, width, count * max(width, 1))
        meta, _ids, geometry, data = pyogrio.raw.read(
            path, layer=layer, encoding=encoding, datetime_as_string=True
        )
    kinds = dict(zip(unique_names(map(str, meta["fields"])), meta["ogr_types"], strict=True))
    texts = {
        field: _texts(values, kind)
        for (field, kind), values in zip(kinds.items(), data, strict=True)
        if kind != _BINARY
    }
    own = {about.get("fid_column"), about.get("geometry_name")}
    unread_fields = tuple(field for field in (*kinds, *columns) if field not in own | {*texts})
    series, unread = None, {}
    if geometry is not None:
        drawn = shapely.from_wkb(geometry, on_invalid="ignore")
        wrong = [at for at, wkb in enumerate(geometry) if wkb is not None and drawn[at] is None]
        unread = {at: _("a geometry that cannot be read") for at in wrong}
        series = gpd.GeoSeries(drawn, crs=meta["crs"])
    return Layer(
        title,
        {field: [value.text for value in column] for field, column in texts.items()},
        {field: [str(value.type) for value in column] for field, column in texts.items()},
        series,
        unread,
        left_out=_named(title, dict.fromkeys(unread_fields)),
    )


def _named(title: str, fields: Iterable[str]) -> tuple[LeftOut, ...]:
    """Return fields that hold neither text, numbers nor days."""
    names = tuple(fields)
    reason = _("Its type is neither text, number nor day.")
    return (LeftOut(title, Part.COLUMN, names, reason),) if names else ()


def _texts(values: NDArray[Any], kind: str) -> list[features.Value]:
    """Return a field of a layer; a moment at midnight, without a zone, is how days are kept."""
    texts = [features.typed(value) for value in values.tolist()]
    if kind not in _CLOCKS:
        return texts
    days = [text.removesuffix(".000").removesuffix("T00:00:00") for text, _type in texts]
    return [features.Value(d, Type.TEXT if "T" in d else Type.DAY) for d in days]


def unique_names(names: Iterable[str]) -> list[str]:
    """Return names of fields, those that occur again with a count behind them."""
    unique: list[str] = []
    for name in names:
        title, count = name, 2
        while title in unique:
            title, count = f"{name} ({count})", count + 1
        unique.append(title)
    return unique


def tables(
    items: Iterable[Layer | LeftOut], name: str, notes: tuple[str, ...] = ()
) -> Iterator[Sheet | LeftOut]:
    """Yield the layers of a file that are tables of ours, and what was left out.

    Parameters
    ----------
    items
        Layers, and what their reader left out.
    name
        Of the file, for the sentence.
    notes
        On the file as a whole; they stand with its first table.

    Raises
    ------
    DataError
        If none is recognised, naming what there is.
    """
    recognised = False
    left_out: list[LeftOut] = []
    refused: list[DataError] = []
    for item in items:
        if isinstance(item, LeftOut):
            left_out.append(item)
            continue
        try:
            sheet = _table(item)
        except DataError as error:  # costs this layer only
            refused.append(error)
            left_out.append(LeftOut("", Part.LAYER, (item.title,), str(error)))
            continue
        if sheet is None:
            left_out.append(_unknown(item))
        else:
            yield sheet if recognised else sheet.noting(*notes)
            recognised = True
    if not recognised:
        raise refused[0] if refused else _unrecognised(left_out, name)
    yield from left_out


def _unknown(layer: Layer) -> LeftOut:
    """Return a layer that is none of ours, with its fields."""
    fields = features.listed([f"“{field}”" for field in layer.fields], _SHOWN)
    reason = (
        _("No table of sites, evidence or declarations was recognised in its fields: {fields}.")
        if fields
        else _("It has no fields.")
    )
    return LeftOut("", Part.LAYER, (layer.title,), reason.format(fields=fields))


def _unrecognised(left_out: Sequence[LeftOut], name: str) -> DataError:
    """Return the sentence for a file in which nothing was recognised."""
    titles = vocabulary.HEADERS["sites"]
    parts = " ".join(_told(part) for part in left_out)
    return DataError(
        _(
            "Nothing of “{name}” can be taken in. {parts} Name the fields as in the template, for "
            "sites at least “{id}” or “{title}” and “{kind}”."
        ).format(
            name=name, parts=parts, id=titles["id"], title=titles["name_vi"], kind=titles["kind"]
        )
    )


def _told(part: LeftOut) -> str:
    """Return a part that was left out, and why."""
    items = features.listed([item for item in part.items if item], _SHOWN)
    return f"{items}: {part.reason}" if items else part.reason


def _table(layer: Layer) -> Sheet | None:
    """Return a layer as a table, None if it is none of ours."""
    written = dict(
        enumerate([[*layer.fields], *map(list, zip(*layer.fields.values(), strict=True))])
    )
    repaired, more = legacy.repaired(Grid(layer.title, written))
    titles, *rows = repaired.rows.values()
    columns = map(list, zip(*rows, strict=True)) if rows else ([] for _title in titles)
    fields = dict(zip(unique_names(titles), columns, strict=True))
    rivals = _rivals(fields)
    fields = {title: column for title, column in fields.items() if title not in rivals}
    types = dict(zip(unique_names(titles), layer.types.values(), strict=True))
    positions = shapes.positions(layer.shapes)
    kept = {**positions.columns, **_unread(layer, fields)}
    kept_types = _completed(kept, fields, types)
    sheet = headers.layer(layer.title, fields, kept, types, kept_types)
    if sheet is None:
        return None
    if sheet.kind != "sites" and kept:
        reason = _("Evidence and declarations have no position of their own; their site has one.")
        part = LeftOut(layer.title, Part.GEOMETRY, (_("the geometry"),), reason)
        sheet = sheet.leaving_out(part)
    sheet = sheet.leaving_out(*layer.left_out)
    if rivals:
        reason = _("It is blank or only numbers the features; another column says the same.")
        sheet = sheet.leaving_out(LeftOut(layer.title, Part.COLUMN, rivals, reason))
    return sheet.noting(*layer.notes, *more, *positions.notes, *_unread_note(layer))


def _rivals(fields: dict[str, list[str]]) -> tuple[str, ...]:
    """Return fields that say nothing while another one fills the same column.

    Map programs add fields of their own, such as a blank ``id``, or one of ``layer.1``,
    ``layer.2``, beside the code of a site.
    """
    spoken = {
        title
        for title, column in fields.items()
        if any(column) and not (title.lower() == "id" and _is_counted(column))
    }
    rivals: set[str] = set()
    for kind in vocabulary.HEADERS:
        meant = {title: vocabulary.meaning_of(kind, title) for title in fields}
        columns = {title: meaning.column for title, meaning in meant.items() if meaning}
        taken = {column for title, column in columns.items() if title in spoken}
        rivals |= {t for t, column in columns.items() if t not in spoken and column in taken}
    return tuple(title for title in fields if title in rivals)


def _is_counted(column: list[str]) -> bool:
    """Say whether a field only numbers the features, under the name of their layer."""
    counts = [_COUNTED.fullmatch(text) for text in column if text]
    names = {count[1] if count else None for count in counts}
    return len(names) == 1 and None not in names


def _completed(
    kept: dict[str, list[str]], fields: Mapping[str, list[str]], types: Mapping[str, list[str]]
) -> dict[str, list[str]]:
    """Give features that are not drawn the position written in their fields; return the types."""
    kept_types = {}
    for column, texts in kept.items():
        plain = str(Type.TEXT if column == "position" else Type.NUMBER)
        kept_types[column] = [plain] * len(texts)
        written = next((title for title in fields if means(title, column)), None)
        if written is not None:
            blank = [not text for text in texts]
            kept[column] = [
                w if b else t for t, w, b in zip(texts, fields[written], blank, strict=True)
            ]
            pairs = zip(kept_types[column], types[written], blank, strict=True)
            kept_types[column] = [w if b else t for t, w, b in pairs]
    return kept_types


def _unread(layer: Layer, fields: dict[str, list[str]]) -> dict[str, list[str]]:
    """Put coordinates that make no geometry where a person sees them: in the cell of the position.

    A written position is kept beside them.
    """
    if not layer.unread:
        return {}
    written = next((title for title in fields if means(title, "position")), "")
    count = len(next(iter(fields.values()), layer.shapes if layer.shapes is not None else []))
    column = list(fields.get(written, [""] * count))
    for at, text in layer.unread.items():
        column[at] = column[at] or text
    if written:
        fields[written] = column
        return {}
    return {"position": column}


def _unread_note(layer: Layer) -> tuple[str, ...]:
    """Return a note that names the features whose geometry could not be read."""
    if not layer.unread:
        return ()
    note = _("The geometry of feature {rows} cannot be read: mend it, or write its position.")
    return (note.format(rows=features.listed([str(at + 1) for at in layer.unread])),)


def means(title: str, column: str) -> bool:
    """Say whether a field is a column of sites."""
    meaning = vocabulary.meaning_of("sites", title)
    return meaning is not None and meaning.column == column
