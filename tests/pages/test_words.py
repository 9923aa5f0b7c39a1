"""Errors on a screen: the sentence, without where a file lies on the server."""

import pytest

from geodata.core.errors import StoreError
from pages.parts.shared.words import without_folders


@pytest.mark.parametrize(
    ("sentence", "shown"),
    [
        ("Kho /srv/app/var/kho.sqlite hỏng.", "Kho kho.sqlite hỏng."),
        ("Tệp “/srv/My Documents/a b.toml” không đọc được", "Tệp “a b.toml” không đọc được"),
        (r"Kho C:\data\kho.sqlite hỏng.", "Kho kho.sqlite hỏng."),
        ("(/a/b.c); /d/e", "(b.c); e"),
        ("Xem https://bando.example.vn/a/b ngày 22/11/2026", None),
        ("Số 45/KH-UBND và 12/BC-SCT, và/hoặc 1/2", None),
        ("postgresql+psycopg://…", None),
    ],
)
def test_only_the_name_of_a_file_is_shown(sentence, shown):
    assert without_folders(StoreError(sentence)) == (shown or sentence)
