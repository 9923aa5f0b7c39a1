"""What befalls invented subjects, and when: tables of "fates", by year, and how they are dealt.

Who does what in which year stands here. Not here: the records that come of it (`records`), the
sites (`places`).
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

FIRST_YEAR = 2021
LAST_YEAR = 2026


class Event(NamedTuple):
    """One record to be: what happens on about which day of its year, and how it is recorded."""

    day: str  # MM-DD, the earliest day; or, with `fixed`, the very day
    axis: str
    kind: str
    grades: str = "AB"  # one of these; D leaves the record undated
    topic: str | None = None
    scope: str | None = "site"
    says: str = ""  # answers, dealt to the criteria of the profile in turn
    method: str | None = None
    entered: tuple[int, int] = (3, 25)  # days from the event to its entry in the register
    back: int = 0  # the record meant by `supersedes` or `refers_to`: so many events back
    fixed: bool = False
    organiser: str = "Đơn vị mô phỏng"


def _held(day: str, grades: str = "AB", topic: str = "scp", **how: Any) -> Event:
    return Event(day, "outreach", "held", grades, topic, **how)


def _planned(day: str, **how: Any) -> Event:
    return Event(day, "outreach", "planned", "AB", "scp", entered=(-60, -45), **how)


def _check(says: str, grades: str = "AB", day: str = "04-01", **how: Any) -> Event:
    how = {"kind": "check", "method": "inspection", **how}
    return Event(day, "compliance", grades=grades, says=says, **how)


def _milestone(stage: str, grades: str = "AB", **how: Any) -> Event:
    return Event("04-01", "model", "milestone", grades, f"circular_economy;{stage}", **how)


def _district(kind: str, grades: str, scope: str = "group", **how: Any) -> Event:
    # So early in the year that those of 2025 lie before districts ended on 30/06/2025.
    topic = "scp;sustainable_lifestyle"
    organiser = "Đơn vị mô phỏng cấp huyện"
    return Event("02-01", "outreach", kind, grades, topic, scope, organiser=organiser, **how)


def _document(day: str, level: str, organiser: str) -> Event:
    topic = f"{level};scp"
    return Event(day, "policy", "document", "A", topic, None, organiser=organiser)


_PROVINCE = "Đơn vị mô phỏng cấp tỉnh"
_CENTRE = "Cơ quan trung ương mô phỏng"

# What can befall a site (a district, the province) in a year.
FATES: dict[str, tuple[Event, ...]] = {
    "-": (),
    # outreach
    "reached": (_planned("04-01"), _held("04-01")),
    "visited": (_held("04-01", topic="scp;cleaner_production", scope="group"),),
    "reported": (_held("05-01", "C"),),
    "mass": (_held("05-01", "BC", scope="mass"),),
    "plastic": (_held("06-01", topic="plastic_reduction;waste_sorting"),),
    "planned": (_planned("12-31", fixed=True),),
    "overdue": (_planned("05-01"),),
    "cancelled": (
        _planned("05-01"),
        Event("04-10", "outreach", "cancelled", back=1, entered=(0, 9)),
    ),
    "revived": (
        _planned("12-31", fixed=True),
        Event("11-20", "outreach", "cancelled", back=1, entered=(0, 5), fixed=True),
        Event("12-01", "outreach", "withdraw", back=1, entered=(0, 5), fixed=True),
    ),
    "none": (Event("12-15", "outreach", "none_confirmed", entered=(1, 10), fixed=True),),
    "withdrawn": (_held("04-01"), Event("06-01", "outreach", "withdraw", back=1)),
    "corrected": (_held("04-01", "C"), _held("04-01", "A", back=1, entered=(40, 60))),
    "undated": (_held("05-01", "D"),),
    "late": (_held("11-20", fixed=True, entered=(60, 90)),),
    # compliance
    "meets": (_check("yes"),),
    "partly": (_check("yes partial", method="document"),),
    "mixed": (_check("yes no"),),
    "fails": (_check("no"),),
    "unfinished": (_check("yes not_checked", "B"),),
    "exempt": (_check("na"),),
    "declares": (_check("yes", "C", kind="self_declared", method="self"),),
    "admits": (_check("yes no", "C", kind="self_declared", method="self"),),
    "phoned": (_check("yes", "C", method="document"),),
    "unread": (_check("yes", "D"),),
    "disputed": (
        _check("yes", "A", "09-10", fixed=True),
        _check("partial", "A", "09-10", fixed=True),
    ),
    "annulled": (_check("yes"), Event("06-01", "compliance", "withdraw", back=1)),
    "revised": (_check("yes", "B"), _check("yes partial", "A", back=1, entered=(40, 60))),
    # stages of a pilot model
    "proposed": (_milestone("proposed", "BC"),),
    "building": (_milestone("building"),),
    "applied": (_milestone("applied"),),
    "accepted": (_milestone("accepted", "A"),),
    "replicated": (_milestone("replicated"),),
    "rumoured": (_milestone("applied", "D"),),
    "retracted": (_milestone("applied"), Event("06-01", "model", "withdraw", back=1)),
    # districts
    "organised": (_district("planned", "B", entered=(-30, -20)), _district("held", "AB")),
    "claimed": (_district("held", "C"),),
    "broadcast": (_district("held", "B", "mass"),),
    "intended": (_district("planned", "B", entered=(-30, -20)),),
    "idle": (_district("none_confirmed", "A"),),
    # the province
    "answered": (
        _document("01-10", "central", _CENTRE),
        _document("06-01", "provincial", _PROVINCE),
    ),
    "unanswered": (_document("05-01", "central", _CENTRE),),
    "campaign": (_held("06-05", "B", "scp", scope="mass", fixed=True, organiser=_PROVINCE),),
    "conference": (_held("03-01", scope="group", organiser=_PROVINCE),),
}

# Archetypes: weight, then a fate (or several, joined by +) for each year from 2021. The first
# sites get one row each in this order, later ones by weight.
OUTREACH = (
    (24, "reached   visited+mass   reached        reached         visited+mass"),
    (8, " mass      plastic+mass   mass           reported        reported"),
    (12, "reached   mass           visited        mass            plastic+mass"),
    (8, " mass      mass           plastic+mass   planned         planned"),
    (7, " mass      mass+cancelled mass           overdue+mass    overdue"),
    (8, " none      mass           none           none+mass       none"),
    (10, "mass      plastic+mass   mass           undated+mass    mass"),
    (6, " mass      plastic        mass+cancelled reached         reached"),
    (4, " mass      mass           plastic        withdrawn+mass  cancelled"),
    (4, " mass      mass           mass           corrected       visited"),
    (3, " mass      mass           plastic        mass+late       plastic"),
    (3, " mass      mass           plastic        mass+revived    cancelled+revived"),
    (3, " none      overdue        mass           reported+none   overdue+none"),
)
# From 2024 to 2025 and from 2026 on the profile in force is not the same (plan files).
COMPLIANCE = (
    (20, "-  meets    meets       meets       meets       meets"),
    (12, "-  partly   partly      partly      partly      meets"),
    (6, " -  -        fails       fails       fails       mixed"),
    (6, " -  mixed    unfinished  unfinished  unfinished  partly"),
    (10, "-  -        declares    declares    declares    declares"),
    (8, " -  fails    meets       -           -           -"),
    (6, " -  unread   -           unread      annulled    -"),
    (4, " -  -        exempt      exempt      exempt      exempt"),
    (8, " -  partly   -           meets       -           declares"),
    (6, " -  -        meets       admits      phoned      mixed"),
    (6, " -  -        phoned      disputed    revised     meets"),
    (8, " -  fails    mixed       partly      meets       meets"),
)
STAGES = (
    (4, "-                  proposed  building  applied    accepted"),
    (4, "proposed           building  applied   accepted   replicated"),
    (4, "-                  -         -         proposed   building"),
    (4, "-                  -         proposed  building   applied"),
    (2, "proposed+building  applied   accepted  replicated replicated"),
    (2, "rumoured           rumoured  -         rumoured   -"),
    (2, "-                  -         -         -          proposed"),
    (2, "proposed           building  retracted -          applied"),
)
DISTRICTS = (
    (1, "organised broadcast organised           organised           organised"),
    (1, "broadcast organised organised           organised+broadcast organised"),
    (1, "organised organised broadcast           organised           intended"),
    (1, "broadcast claimed   organised           organised           organised"),
    (1, "broadcast broadcast organised           organised           claimed"),
    (1, "claimed   broadcast claimed             claimed+broadcast   organised"),
    (1, "idle      broadcast intended            intended            broadcast"),
    (1, "broadcast idle      broadcast+organised organised           idle"),
)
PROVINCE = (
    (1, "answered unanswered answered answered answered"),
    (1, "campaign conference campaign campaign+conference campaign+conference"),
)

DOCUMENTS = {
    "planned": "KH",
    "held": "BC",
    "cancelled": "TB",
    "none_confirmed": "BC",
    "check": "BB",
    "milestone": "QĐ",
    "document": "QĐ",
    "withdraw": "TB",
}
SUMMARIES = {
    "planned": ("dự kiến tổ chức phổ biến.", "outreach planned."),
    "held": ("đã tổ chức phổ biến.", "outreach held."),
    "cancelled": ("hủy hoạt động đã dự kiến.", "planned activity cancelled."),
    "none_confirmed": (
        "xác nhận chưa phổ biến trong năm.",
        "confirmed that no outreach was held this year.",
    ),
    "check": ("kiểm tra theo từng tiêu chí.", "checked criterion by criterion."),
    "milestone": ("mốc của mô hình.", "milestone of the model."),
    "document": ("ban hành văn bản.", "document issued."),
    "withdraw": ("rút lại bản ghi đã nêu.", "the record named is withdrawn."),
    "self_declared": ("cơ sở tự khai báo.", "declared by the site itself."),
}


def deal(rng: np.random.Generator, weights: Sequence[int], turn: np.ndarray) -> np.ndarray:
    """Return a row of a table for each turn: one after the other, then by weight.

    Turns before 0 get the first row.
    """
    rows = rng.choice(len(weights), size=len(turn), p=np.array(weights) / sum(weights))
    first = turn < len(weights)
    rows[first] = np.maximum(turn[first], 0)
    return rows
