"""Ids: a new one continues the numbers in use and is never one that is there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata import intake
from geodata.register import ids
from geodata.register.sites import KINDS


@pytest.mark.parametrize(
    ("workspace", "kind", "used", "new"),
    [
        ("real", "supermarket", [], "HG-ST-01"),
        ("real", "supermarket", ["HG-ST-01", "HG-ST-07", "HG-TTTM-09"], "HG-ST-08"),
        ("real", "craft_village", ["HG-LN-99"], "HG-LN-100"),
        ("simulated", "pilot_model", ["SIM-MH-0041", "HG-MH-99"], "SIM-MH-0042"),
    ],
)
def test_a_site_gets_the_number_after_the_highest_of_its_kind(workspace, kind, used, new):
    assert ids.of_site(workspace, kind, used) == new


def test_a_record_gets_the_number_after_the_highest():
    assert ids.of_record("real", ["EV-009", "EV-044", "SIM-EV-0000099"]) == "EV-045"
    assert ids.of_record("simulated", ["EV-044", "SIM-EV-0000099"]) == "SIM-EV-0000100"


@given(used=st.lists(st.from_regex(r"(HG|SIM)-(ST|LN|X)-\d{1,5}", fullmatch=True)))
def test_no_new_id_is_there_already(used):
    made = [
        ids.of_site(workspace, kind, used) for workspace in ("real", "simulated") for kind in KINDS
    ]
    assert not {*made} & {*used}
    assert len({*made}) == len(made)


def test_several_at_once_continue_the_numbers_in_use():
    used = ["HG-ST-03", "HG-ST-01", "HG-LN-13", "EV-043", "other"]
    asked = ["HG-ST", "HG-LN", "HG-ST", "HG-TTTM"]
    assert ids.fresh(asked, used, 2) == ["HG-ST-04", "HG-LN-14", "HG-ST-05", "HG-TTTM-01"]


def test_the_prefixes_are_those_of_the_shipped_register():
    register = intake.shipped_sites()
    used = {(row["kind"], row["id"].rpartition("-")[0]) for _i, row in register.iterrows()}
    assert used <= set(ids.PREFIXES.items())
    assert set(ids.PREFIXES) == set(KINDS)
