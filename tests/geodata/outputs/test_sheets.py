"""Tables as text: written in columns they are to the byte what they are row by row."""

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from geodata.outputs.sheets import csv_columns, csv_file

CELLS = st.one_of(
    st.none(), st.text(alphabet="a,\"\r\n=+-@'1. ế\t", max_size=5), st.text(max_size=9)
)
ROWS = st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=6)


@given(ROWS)
def test_a_table_written_in_columns_is_that_written_row_by_row(rows):
    heads = ["a", "b,c", "d"]
    columns = [pa.array([row[at] for row in rows], pa.large_string()) for at in range(3)]
    wanted = csv_file(heads, [[cell or "" for cell in row] for row in rows])
    assert csv_columns(heads, columns) == wanted
