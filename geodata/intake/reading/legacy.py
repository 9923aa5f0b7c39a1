"""Letters from before Unicode: Windows-1258, TCVN3 (.VnTime) and VNI, recognised and converted.

A reading is right if the words become Vietnamese syllables. Not here: where the text comes from.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from geodata.core.errors import DataError
from geodata.core.text import _
from geodata.core.text import number as number_text
from geodata.intake.reading.grid import Grid
from geodata.register import vocabulary


class Decoding(NamedTuple):
    """One way to read characters of a single byte each, given as Latin-1 or Windows-1252."""

    name: str
    convert: Callable[[str], str]


# TCVN 5712:1993, third set: lower case, and the capitals that have no tone.
_TCVN3 = str.maketrans(
    dict(
        zip(
            "¸µ¶·¹¨¾»¼½Æ©ÊÇÈÉË®ÐÌÎÏÑªÕÒÓÔÖÝ×ØÜÞãßáâä«èåæçé¬íêëìîóïñòô\xadøõö÷ùýúûüþ¡¢§£¤¥¦",
            "áàảãạăắằẳẵặâấầẩẫậđéèẻẽẹêếềểễệíìỉĩịóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựýỳỷỹỵĂÂĐÊÔƠƯ",
            strict=True,
        )
    )
)

# VNI: a letter of ASCII, or ô for ơ and ö for ư, with its marks in the character after it.
_ACUTE, _GRAVE, _HOOK, _TILDE, _DOT = "\u0301", "\u0300", "\u0309", "\u0303", "\u0323"
_CIRCUMFLEX, _BREVE = "\u0302", "\u0306"
_VNI_MARKS = {
    **dict(zip("ùøûõï", (_ACUTE, _GRAVE, _HOOK, _TILDE, _DOT), strict=True)),
    "â": _CIRCUMFLEX,
    **{
        mark: _CIRCUMFLEX + tone
        for mark, tone in zip("áàåãä", (_ACUTE, _GRAVE, _HOOK, _TILDE, _DOT), strict=True)
    },
    "ê": _BREVE,
    **{
        mark: _BREVE + tone
        for mark, tone in zip("éèúüë", (_ACUTE, _GRAVE, _HOOK, _TILDE, _DOT), strict=True)
    },
}
_VNI_LETTERS = dict(zip("ñæóòîôöÑÆÓÒÎÔÖ", "đỉĩịỵơưĐỈĨỊỴƠƯ", strict=True))
_VNI = re.compile(
    f"([AEOUYaeouyÔôÖö])([{''.join(_VNI_MARKS)}{''.join(_VNI_MARKS).upper()}])"
    f"|([{''.join(_VNI_LETTERS)}])"
)

_ONSETS = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"
_RHYMES = """
a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu
im in inh ip it iu o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt
oc oe oen oeo oet oi om on ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
u ua uân uâng uât uây uc uê uêch uênh ui um un ung uôc uôi uôm uôn uông uôt uơ up ut
uy uya uych uyên uyêt uyn uynh uyp uyt uyu ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt
ươu ưt ưu y yêm yên yêng yêt yêu
"""
_SYLLABLE = re.compile(f"(?:{'|'.join(_ONSETS.split())})?(?:{'|'.join(_RHYMES.split())})")
_TONES = {_ACUTE, _GRAVE, _HOOK, _TILDE, _DOT}
_CAPITALS = re.compile("[A-ZĐ]")
_STOPPED = ("c", "ch", "p", "t")  # syllables that end so have one of two tones
_WORD = re.compile(r"[A-Za-z\u0080-\u1fff]+")
_BEYOND = re.compile("[\u0100-\u1fff]")  # letters no old set has
_SIGNS = re.compile("(?<![^\\W\\d_])[°º²³·«»×÷±]+|(?<=m)[²³]")  # no part of a word
_TWICE = re.compile("[ÂÃÄÅÆ][\x80-\xff\u0152-\u2122 ]|á[º»]|â€")  # UTF-8 read as Windows-1252
_SAMPLE = 3000
_RIGHT = 0.75  # share of words that have to become syllables
_ENOUGH = 10  # words needed to say that a text is in no known set


def decoded(content: bytes, name: str) -> tuple[str, str]:
    """Return text that is not UTF-8, and the name of the set it was written in.

    Parameters
    ----------
    content
        Bytes of a file in one of the sets of a byte a letter.
    name
        Of the file, for the sentence.

    Raises
    ------
    DataError
        If no known set makes Vietnamese words of it.
    """
    raw = content.decode("latin-1")
    words = _words(raw.splitlines())
    ranked = sorted(_READINGS, key=lambda reading: -_share(reading, words))
    best = ranked[0]
    if words and _share(best, words) < _RIGHT:
        raise DataError(
            _(
                "The letters of “{name}” cannot be recognised (not UTF-8, Windows-1258, TCVN3 or "
                "VNI); save it as “CSV UTF-8” or .xlsx and try again."
            ).format(name=name)
        )
    return unicodedata.normalize("NFC", best.convert(raw)), best.name


def repaired(grid: Grid) -> tuple[Grid, tuple[str, ...]]:
    """Return a table whose columns in old sets are converted, and a note if there were any.

    Fonts such as .VnTime or VNI-Times lead to this: the characters are those of Western Europe,
    and only the font shows Vietnamese. Columns are judged one by one, for offices mix them.
    """
    grid, twice = _read_once(grid)
    width = max((len(row) for row in grid.rows.values()), default=0)
    words = [_words(row[c] for row in grid.rows.values() if c < len(row)) for c in range(width)]
    shares = [{reading: _share(reading, w) for reading in (_AS_IS, *_FONTS)} for w in words]
    best = [max(share, key=lambda reading: share[reading]) for share in shares]
    votes = [r for r, share in zip(best, shares, strict=True) if r is not _AS_IS and share[r] > 0]
    if not votes:
        _refuse_unknown(grid, words)
        return grid, twice
    reading = max(_FONTS, key=votes.count)
    # A column that could be either goes with the others of its sheet.
    changed = [bool(w) and s[reading] >= s[_AS_IS] for w, s in zip(words, shares, strict=True)]
    rows = {
        number: [
            reading.convert(text) if changed[c] and not _is_unicode(text) else text
            for c, text in enumerate(row)
        ]
        for number, row in grid.rows.items()
    }
    return replace(grid, rows=rows), (*twice, note(reading.name))


def _read_once(grid: Grid) -> tuple[Grid, tuple[str, ...]]:
    """Return a table without texts that were read twice as UTF-8, and a note if there were any."""
    mended = {
        (number, c): once
        for number, row in grid.rows.items()
        for c, text in enumerate(row)
        if not text.isascii() and _TWICE.search(text) and (once := _once(text))
    }
    if not mended:
        return grid, ()
    rows = {number: list(row) for number, row in grid.rows.items()}
    for (number, c), text in mended.items():
        rows[number][c] = text
    sentence = _("Letters read twice as UTF-8 were put back in {n} cells, such as “{text}”.")
    example = next(iter(mended.values()))
    return replace(grid, rows=rows), (sentence.format(n=number_text(len(mended)), text=example),)


def _once(text: str) -> str:
    """Return what a text was before it was read twice, empty if that cannot be said for sure."""
    # The second byte of à is a space that does not break, which programs make a plain one.
    whole = re.sub("Ã (?=\\w)", "Ã\xa0", text)
    try:
        content = b"".join(
            char.encode("latin-1") if "\x80" <= char <= "\x9f" else char.encode("cp1252")
            for char in whole
        )
        once = unicodedata.normalize("NFC", content.decode("utf-8"))
    except UnicodeError:
        return ""
    words = _words([once])
    return once if words and sum(map(_is_syllable, words)) >= _RIGHT * len(words) else ""


def _is_unicode(text: str) -> bool:
    """Say whether a cell cannot be in an old set: by its letters, or as a header of today."""
    if text.isascii() or _BEYOND.search(text):
        return True
    return any(vocabulary.meaning_of(kind, text) for kind in vocabulary.HEADERS)


def note(encoding: str) -> str:
    """Return the sentence that tells a steward what was converted."""
    return _("Converted from {encoding} to Unicode.").format(encoding=encoding)


def _refuse_unknown(grid: Grid, words: list[list[str]]) -> None:
    """Raise a sentence if a sheet is written in a set that nobody knows."""
    legacy = [word for column in words for word in column if max(word) <= "\xff"]
    strange = [word for word in legacy if re.search(r"[\x80-\xbf÷×]", word)]
    if len(strange) >= _ENOUGH and _share(_AS_IS, strange) < 1 - _RIGHT:
        raise DataError(
            _(
                "The letters of the sheet “{name}” come from an old font that is not known; "
                "convert it to Unicode and try again."
            ).format(name=grid.name)
        )


def _words(texts: Iterable[str]) -> list[str]:
    """Return words with letters beyond ASCII out of some texts, enough to judge by."""
    words: list[str] = []
    for text in dict.fromkeys(texts):
        if not text.isascii():
            words += [word for word in _WORD.findall(_SIGNS.sub(" ", text)) if not word.isascii()]
        if len(words) > _SAMPLE:
            break
    return words


def _share(reading: Decoding, words: list[str]) -> float:
    """Return which share of some words a reading turns into Vietnamese syllables."""
    converted = [reading.convert(word) for word in words]
    return sum(_is_syllable(word) for word in converted) / len(converted) if converted else 0.0


@lru_cache(maxsize=20_000)
def _is_syllable(word: str) -> bool:
    """Say whether a word can be Vietnamese: a syllable, or an abbreviation such as QĐ."""
    if word.isupper() and not _CAPITALS.sub("", word):
        return True
    if word not in (word.lower(), word.upper(), word.capitalize()):
        return False
    letters = unicodedata.normalize("NFD", word.lower())
    tones = [char for char in letters if char in _TONES]
    plain = unicodedata.normalize("NFC", "".join(c for c in letters if c not in _TONES))
    if len(tones) > 1 or not _SYLLABLE.fullmatch(plain):
        return False
    return not plain.endswith(_STOPPED) or tones in ([_ACUTE], [_DOT])


def _from_1258(text: str) -> str:
    """Return what Windows-1258 says; its tones follow their letters."""
    characters = text.encode("latin-1", "replace").decode("cp1258", "replace")
    return unicodedata.normalize("NFC", characters)


def _from_tcvn3(text: str) -> str:
    """Return what TCVN3 says; it has no capitals with tones, the font .VnTimeH shows them."""
    return re.sub(r"[^\W\d_]+", _shouted, text.translate(_TCVN3))


def _shouted(match: re.Match[str]) -> str:
    """Return a word in capitals if all its letters of ASCII are."""
    word = match[0]
    in_capitals = sum(char.isupper() for char in word) > 1 and not re.search("[a-z]", word)
    return word.upper() if in_capitals else word


def _from_vni(text: str) -> str:
    """Return what VNI says."""
    return unicodedata.normalize("NFC", _VNI.sub(_vni_letter, text))


def _vni_letter(match: re.Match[str]) -> str:
    """Return one letter of VNI with its marks."""
    base, mark, alone = match.groups()
    if alone:
        return _VNI_LETTERS[alone]
    horned = {"Ô": "Ơ", "ô": "ơ", "Ö": "Ư", "ö": "ư"}.get(base, base)
    return horned + _VNI_MARKS[mark.lower()]


_AS_IS = Decoding("Unicode", str)
_FONTS = (Decoding("TCVN3 (.VnTime)", _from_tcvn3), Decoding("VNI", _from_vni))
_READINGS = (Decoding("Windows-1258", _from_1258), *_FONTS)
