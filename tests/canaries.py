"""Strings in every private field and id of records about a private site, to be searched for."""

from datetime import date

import pandas as pd

from geodata.core.clock import now
from geodata.register import evidence
from geodata.register.reports import PublicReport
from geodata.store import REAL
from geodata.store.inbox import Inbox
from tests.entering import STEWARD, entered
from tests.pages.conftest import HIDDEN, record

CALLED_OFF = "HG-KCN-01"  # a public site, whose plan a record about the private one calls off
OF_REPORTS = ("WORDS-QX7Z", "REACH-QX7Z", "PHOTO-QX7Z", "NUMBERQX7", "ANSWER-QX7Z")
ANSWER = "Đã xem lại điểm trên bản đồ"  # to the report on the public site, for everybody
OF_RECORDS = ("RECORD-QX7Z", "BEARING-QX7Z", "SOURCE-QX7Z", "PAPER-QX7Z", "ORGANISER-QX7Z")


def lay(store, private):
    """Enter records that are full of them; return all that must not be sent."""
    own = {"organiser": OF_RECORDS[4], "doc_no": OF_RECORDS[3]}
    own |= {"source_url": f"https://x.vn/{OF_RECORDS[2]}", "summary_vi": private.summary}
    bearing = {"kind": "cancelled", "refers_to": "T-7", "event_date": "2024-06-01"}
    told = [
        record(7, CALLED_OFF, kind="planned", event_date="2024-11-01"),
        record(8, HIDDEN) | own | {"id": OF_RECORDS[0]},
        record(9, HIDDEN) | own | bearing | {"id": OF_RECORDS[1], "recorded_at": "2024-06-02"},
    ]
    entered(store, evidence.typed(pd.DataFrame(told), date.max))
    report(store)
    return (*OF_RECORDS, *OF_REPORTS, HIDDEN, *vars(private).values())


def report(store):
    """Keep reports of the public full of them: one that waits, one answered, one of the private."""
    inbox = Inbox(store, REAL, STEWARD)
    words, contact, photo, number, answer = OF_REPORTS
    for n, site in enumerate((CALLED_OFF, CALLED_OFF, HIDDEN)):
        one = PublicReport(site, "place", words, contact)
        inbox.add(f"{number}{n}", one, photo.encode(), now(), str(n))
    inbox.answer(f"{number}1", ANSWER, mended=True)
    inbox.answer(f"{number}2", answer, mended=False)
