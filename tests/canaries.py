"""Strings in every private field and id of records about a private site, to be searched for."""

from datetime import date

import pandas as pd

from geodata.register import evidence
from tests.entering import entered
from tests.pages.conftest import HIDDEN, record

CALLED_OFF = "HG-KCN-01"  # a public site, whose plan a record about the private one calls off
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
    return (*OF_RECORDS, HIDDEN, *vars(private).values())
