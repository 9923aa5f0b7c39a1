"""The map alone, as another page shows it in a frame."""

import pytest


@pytest.mark.parametrize("word", ["1", "true"])
def test_the_map_stands_alone_with_a_way_to_the_whole(open_app, shown, word):
    app = open_app(embed=word, axis="compliance", lang="en")
    assert shown(app).map()["state"]["folded"]
    assert not app.dataframe
    assert not app.sidebar.children
    (way,) = (h.proto.body for h in app.get("html") if "hg-whole" in h.proto.body)
    assert 'href="?axis=compliance&amp;lang=en"' in way


def test_without_the_word_all_of_the_screen_is_there(open_app, shown):
    app = open_app()
    assert "folded" not in shown(app).map()["state"]
    assert app.dataframe
