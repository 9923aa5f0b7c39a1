"""What is kept for all readers: words are kept by the language that they are in."""

import ast
from pathlib import Path

PAGES = Path(__file__).parents[2] / "pages"
WITHOUT_WORDS = {
    *("store", "_data", "_snapshot", "_state"),  # data as it was entered
    *("unit_frames", "unit_names", "_geography", "geography", "_around", "ways"),  # places
}


def kept():
    """Every function of the pages whose answers are kept by Streamlit, and how it says so."""
    for path in PAGES.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef):
                for one in map(ast.unparse, node.decorator_list):
                    if one.startswith("st.cache_"):
                        yield node, one


def test_what_is_kept_with_words_is_kept_by_language():
    every = list(kept())
    assert len(every) > 20
    for function, said in every:
        by_language = "BY_VERSION" in said or "spoken" in {a.arg for a in function.args.args}
        wordless = "WORDLESS" in said or function.name in WITHOUT_WORDS
        assert by_language or wordless, function.name
