"""What a page lacks for who does not see it: said of each page before it takes its place."""

import pytest

from geodata.core.text import speaking
from layers.site.accessible import lacking

WELL = """<html lang="vi"><head><title>Bản đồ</title></head><body><h1>Bản đồ</h1>
<a href="x.html">Danh sách</a><a href="y.html"><img src="a.png" alt="Trang chủ"></a>
<button aria-label="Đóng">×</button><img src="b.png" alt="">
<label for="find">Tìm</label><input id="find"><label>Loại <select></select></label>
<input type="hidden"><details><summary>Thêm</summary></details></body></html>"""


def said(page):
    with speaking("en"):
        return [sentence.removeprefix("a.html: ") for sentence in lacking("a.html", page)]


@pytest.mark.parametrize(
    ("was", "now", "sentence"),
    [
        ("", "", None),
        (' lang="vi"', "", "does not say its language"),
        ("<title>Bản đồ</title>", "<title> </title>", "has no title"),
        ("<h1>Bản đồ</h1>", "", "has 0 headings of the first level instead of one"),
        ("</h1>", "</h1><h1>Khác</h1>", "has 2 headings of the first level instead of one"),
        ("Danh sách", " ", "1 × <a> without a name"),
        (' alt="Trang chủ"', ' alt=""', "1 × <a> without a name"),
        (' alt="">', ">", "1 × <img> without a name"),
        (' aria-label="Đóng">×', ">", "1 × <button> without a name"),
        ('for="find"', 'for="other"', "1 × <input> without a name"),
        (
            "<label>Loại <select></select></label>",
            "<select></select>",
            "1 × <select> without a name",
        ),
        ("Thêm", "", "1 × <summary> without a name"),
        ("<input type", '<i id="find"></i><input type', "“find” is there twice"),
    ],
)
def test_each_thing_that_a_page_lacks_is_said(was, now, sentence):
    page = WELL.replace(was, now, 1)
    assert sentence in said(page) if sentence else said(page) == []
