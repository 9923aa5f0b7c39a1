"""The sheet of a unit on the map's screen: the figures of the gaps, the way there and back."""

import html
import json
import re
from pathlib import Path

import pytest

from geodata.core.text import _
from geodata.outputs.briefing.wording import words
from geodata.store import SIMULATED
from pages.parts.map import served
from pages.parts.map.unit import belonging_of

GAPS = str(Path(__file__).parents[2] / "pages" / "gaps.py")
INVENTED = {"workspace": SIMULATED, "as_of": "2024-12-31"}
SHARE = re.compile(r"^#{4,5} (\d+)/(\d+) \(")
STRADDLING = ("31369", "31453")  # Đông Phước and Vĩnh Thuận Đông
ANOTHER = "31321"


def figures(app):
    """Return verified and counted of the targets in the sheet, by target."""
    heads = [html.unescape(line.value) for line in app.sidebar.markdown]
    return [tuple(map(int, match.groups())) for head in heads if (match := SHARE.match(head))]


def rows(app, axis):
    """Return verified and counted of each unit in the table of the gaps."""
    (table,) = (t.value for t in app.dataframe if t.proto.id.split("-w_")[-1].startswith("don-vi"))
    done, number = words(axis)[0], _("In the denominator")
    return table.set_index(_("Unit"))[[done, number]].apply(tuple, axis=1).to_dict()


@pytest.mark.parametrize("vintage", ["legacy", "2025"])
@pytest.mark.parametrize("axis", ["outreach", "compliance"])
def test_a_unit_in_the_address_has_the_figures_of_the_gaps(open_app, unit_frames, vintage, axis):
    asked = {"vintage": vintage, "axis": axis, **INVENTED}
    gaps = rows(open_app(**asked).switch_page(GAPS).run(), axis)
    names = unit_frames[vintage]["name"]
    code = max(names.index, key=lambda each: gaps[names[each]])
    app = open_app(unit=code, **asked)
    assert any(f"### \u2068{names[code]}\u2069" == line.value for line in app.sidebar.markdown)
    assert figures(app)[0] == gaps[names[code]] > (0, 0)


def test_the_way_back_leaves_the_unit(open_app, shown):
    app = open_app(unit="31369", paint="statuses")
    back = shown(app.button(key="w_no_unit").click().run())
    assert back.address() == {"paint": "statuses"}
    assert back.map()["state"]["unit"] is None


def test_a_neighbour_is_one_click(open_app, shown):
    app = open_app(unit="31369", paint="statuses")
    key = next(button.key for button in app.button if button.key.startswith("unit_beside_"))
    after = shown(app.button(key=key).click().run())
    assert after.address()["unit"] == key.removeprefix("unit_beside_")


@pytest.mark.parametrize(
    ("code", "straddles"), [*((c, True) for c in STRADDLING), (ANOTHER, False)]
)
def test_who_straddles_former_districts_says_so(code, straddles):
    assert ("Nằm trên 2 đơn vị cấp huyện cũ" in belonging_of("2025", code)) == straddles


def test_pointing_at_any_unit_tells_its_count(open_app, shown, unit_frames):
    for vintage, paint in (("legacy", "statuses"), ("2025", "kinds")):
        file = shown(open_app(vintage=vintage, paint=paint)).map()["state"]["about"]
        about = json.loads(served.fetched(served.address(file)))
        assert set(about) == set(unit_frames[vintage].index)
        assert all(all(lines) for lines in about.values())
