"""Who has not reported, on screen: counted, by unit, and with whom to call."""

from geodata.store import REAL
from tests.entering import STEWARD
from tests.geodata.store.samples import changed


def test_the_silent_sites_stand_with_whom_to_call(enter, drafts):
    before = drafts.load(REAL).sites.loc[["HG-ST-01"]]
    changed(drafts, before.assign(contact_name="Chị Lan", contact_phone="0293 3876 543"))
    screen = enter("pages/steward/reporting.py", STEWARD)
    units, calls = screen.tables()[:2]
    assert units["Chưa báo cáo"].sum() == len(calls)
    row = calls[calls["Mã"] == "HG-ST-01"].iloc[0]
    assert (row["Người liên hệ"], row["Điện thoại"]) == ("Chị Lan", "0293 3876 543")
    assert f"{len(calls)} cơ sở chưa có" in screen.text()
