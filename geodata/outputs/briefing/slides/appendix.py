"""The slides after the talk: the whole board, both dates, units, findings, changes, method.

For questions from the floor. Not here: the talk (``talk``), or what the tables say (``sections``).
"""

from collections.abc import Sequence

from geodata.core.text import _, day, number
from geodata.outputs.briefing.provenance import provenance
from geodata.outputs.briefing.sections import TableSection, TargetSection
from geodata.outputs.briefing.slides.fitting import HEAD, cut, height, pages, row_height
from geodata.outputs.briefing.slides.leaf import Leaf
from geodata.outputs.briefing.slides.shapes import body, table, write
from geodata.outputs.briefing.slides.stage import SHAPES, Stage
from geodata.outputs.briefing.slides.template import ACROSS, BODY, BOTTOM, SIDE, TALL, TOP
from geodata.outputs.briefing.wording import (
    NAME,
    NOTHING,
    axis_name,
    plain,
    sectors,
    sectors_remark,
    transitions,
)
from geodata.reading.labels import key_label
from geodata.rules.targets import Count


def add(stage: Stage) -> None:
    """Add the appendix."""
    _board(stage)
    _comparison(stage)
    _sectors(stage)
    _ranking(stage)
    _findings(stage)
    _changes(stage)
    _method(stage)


def _board(stage: Stage) -> None:
    """Show the seven targets as a table."""
    leaf = stage.slide("table", _("The seven targets"))
    head = (
        _("Target"),
        _("Result"),
        _("At most"),
        _("Membership not known"),
        _("Threshold"),
        _("Verdict"),
        _("Short"),
    )
    rows = [_board_row(target) for target in stage.parts.targets]
    table(leaf, head, rows, (3.65, 1.85, 1.6, 1.3, 1.2, 1.9, 0.83), top=TOP)


def _board_row(target: TargetSection) -> tuple[str, ...]:
    """Return one target as a row."""
    line, count = target.line, target.result.count
    verdict = f"{SHAPES[line.verdict]} {line.verdict_text}"
    more = number(count.open) if count and count.open else NOTHING
    goal = NOTHING if line.verdict is None else line.threshold  # the verdict says there is none
    return target.name, line.counted, _most(count), more, goal, verdict, line.short or NOTHING


def _most(count: Count | None) -> str:
    """Return the upper bound of a count that has one."""
    if not count or not count.unknown:
        return "–"
    return number(count.most) + ("" if count.total is None else f"/{number(count.total)}")


def _comparison(stage: Stage) -> None:
    """Show the targets at both dates, if two are compared."""
    if part := stage.parts.comparison:
        leaf = stage.slide("table", part.title)
        table(leaf, part.head, part.rows, (4.9, 2.2, 2.2, 0.8, 2.2))
        _below(leaf, *part.notes)


def _sectors(stage: Stage) -> None:
    """Show the sectors, on as many slides as they need; on none without a baseline year."""
    head, rows = sectors(stage.briefing, remarks=False)
    if not rows:
        return
    widths = (2.3, 2.9, 1.45, 1.45, 1.3, 0.9, 2.03)
    title, remark = _("Material and fuel by sector"), sectors_remark(stage.briefing)
    _paged(stage, TableSection(title, head, tuple(rows), notes=(remark,)), widths, (0, 1), 0.35)


def _paged(
    stage: Stage, part: TableSection, widths: Sequence[float], left: Sequence[int], below: float
) -> None:
    """Show a table on as many slides as it needs, with its notes in so many inches below."""
    parted = pages(part.rows, part.head, widths, TALL - below - 0.1)
    note = cut(" ".join(part.notes), ACROSS, BODY, 2)
    for n, page in enumerate(parted, 1):
        leaf = stage.slide("table", _of(part.title, n, len(parted)))
        table(leaf, part.head, page, widths, left=left)
        _below(leaf, note, high=below)


def _ranking(stage: Stage) -> None:
    """Show the units by rank, on as many slides as they need."""
    part = stage.parts.units
    if not part.rows:
        write(stage.slide("table", part.title), (SIDE, TOP, ACROSS, 1), body([part.empty], 24))
        return
    widths = (0.85, 2.65, 0.95, 1.4, 1.5, 1.5, 1.15, 1.35, 0.95)[: len(part.head)]
    _paged(stage, part, widths, (1,), 0.65)


def _findings(stage: Stage) -> None:
    """Say the findings, on as many slides as they need."""
    sentences = stage.parts.findings
    size = 24 if height(sentences, ACROSS, 24) < TALL - 0.2 else 20
    parted: list[list[str]] = [[]]
    for sentence in sentences:
        if parted[-1] and height([*parted[-1], sentence], ACROSS, size) > TALL - 0.2:
            parted.append([])
        parted[-1].append(sentence)
    for n, page in enumerate(parted, 1):
        leaf = stage.slide("table", _of(stage.parts.findings_title, n, len(parted)))
        write(leaf, (SIDE, TOP + 0.1, ACROSS, TALL - 0.1), body(page, size))


def _changes(stage: Stage) -> None:
    """Show which statuses changed since the date compared, then which sites, by what evidence."""
    briefing, part = stage.briefing, stage.parts.changes
    if part is None or briefing.compared_to is None:
        return
    title = _("Changes since {earlier}").format(earlier=day(briefing.compared_to))
    if not part.rows:
        write(stage.slide("table", title), (SIDE, TOP, ACROSS, 1), body([part.empty], 24))
        return
    leaf, fitting = _listed(stage, title, part.head, part.rows, (2.2, 4.45, 4.45, 1.2))
    _more(leaf, sum(n for *_words, n in transitions(briefing)[fitting:]))
    leaf, fitting = _changed_sites(stage, title)
    _more(leaf, len(briefing.changes) - fitting, *part.notes)


def _changed_sites(stage: Stage, title: str) -> tuple[Leaf, int]:
    """Name the first sites that changed, with the records that decided, and how many they are."""
    columns = ("name", "axis", "before", "after", "evidence")
    rows = [
        (
            plain(name, NAME),
            f"{axis_name(axis, after)}: {key_label(axis, before)} → {key_label(axis, after)}",
            plain(evidence, NAME) if isinstance(evidence, str) else "–",
        )
        for name, axis, before, after, evidence in zip(
            *(stage.briefing.changes[column] for column in columns), strict=True
        )
    ]
    head = (_("Name"), _("Change"), _("Evidence"))
    return _listed(stage, _("{title}: sites").format(title=title), head, rows, (3.9, 5.6, 2.8))


def _listed(
    stage: Stage,
    title: str,
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
) -> tuple[Leaf, int]:
    """Add a slide with the rows that fit on it, as a table; return it with how many they are."""
    room, fitting = TALL - 0.45 - row_height(head, widths, HEAD), 0
    while fitting < len(rows) and room >= (high := row_height(rows[fitting], widths)):
        room, fitting = room - high, fitting + 1
    leaf = stage.slide("table", title)
    table(leaf, head, rows[:fitting], widths, left=(0, 1, 2))
    return leaf, fitting


def _more(leaf: Leaf, n: int, *notes: str) -> None:
    """Say on the last slide how many changes are not on it, and where they are."""
    rest = _("… and {n} more; the XLSX file lists them all.").format(n=number(n)) if n else ""
    _below(leaf, rest, *notes)


def _below(leaf: Leaf, *notes: str, high: float = 0.35) -> None:
    """Say something in the last inches of a slide, if there is anything to say."""
    if text := " ".join(filter(None, notes)):
        write(leaf, (SIDE, BOTTOM - high, ACROSS, high), body([text]))


def _method(stage: Stage) -> None:
    """Say how it was counted and where it comes from."""
    sources = (
        _("The sites and their evidence are invented.")
        if stage.briefing.simulated
        else _("Sites and evidence: the register, each record with its source.")
    )
    sentences = [
        _("Only verified evidence (grade A or B) counts as a yes."),
        _("Unknown is neither yes nor no: it is counted apart and only raises the upper bound."),
        _("Shares are x/N first; no share is rounded onto or across its threshold."),
        _("What may belong to the denominator is counted apart; a verdict holds either way."),
        _("Undetermined: the threshold lies between what is verified and the upper bound."),
        _("Rank 1 is the highest share; equal shares have the same rank."),
        sources,
        *provenance(stage.briefing),
    ]
    leaf = stage.slide("table", _("Method and sources"))
    write(leaf, (SIDE, TOP, ACROSS, TALL), body(sentences, 20))


def _of(title: str, n: int, total: int) -> str:
    """Return the title of one of several slides."""
    return title if total == 1 else f"{title} ({n}/{total})"
