"""A sorted table: of a long list the screen words what it shows, the files hold all."""

import pandas as pd
from streamlit.testing.v1 import AppTest

from pages.parts.shared import sorted_list


def test_of_a_long_list_only_the_rows_on_the_screen_are_worded(monkeypatch):
    asked, given = [], []
    words = lambda cells: asked.append(len(cells)) or cells.astype("string") + " km"  # noqa: E731
    column = sorted_list.ListColumn(pd.Series([3, 1, 2]), words=words)
    monkeypatch.setattr(sorted_list, "MOST_ROWS", 2)
    monkeypatch.setattr(sorted_list, "files", lambda seen, *_rest: given.append(seen))

    def screen(column):
        from pages.parts.shared.sorted_list import render, words

        words()  # as a page's address does first
        render({"Xa": column}, "Danh sách", {"stem": "ds"}, name="ds")

    app = AppTest.from_function(screen, args=(column,)).run()
    assert list(app.dataframe[0].value["Xa"]) == ["3 km", "1 km"]
    assert asked == [2]
    (whole,) = given
    assert list(whole()["Xa"]) == ["3 km", "1 km", "2 km"]
