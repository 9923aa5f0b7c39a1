"""Streamlit's own words in the language of the app: it has no option for them.

A script says them again wherever they appear, by this list alone. Not here: the app's own words.
"""

import json
from pathlib import Path

from geodata.core.text import N_, _, language

SCRIPT = Path(__file__).with_name("borrowed.js").read_text("utf-8")

# As Streamlit writes them; "{x}" stands for what is the app's own or a number.
WORDS = (
    N_("Skip to main content"),
    N_("Sidebar"),
    N_("Selected values"),
    N_("Collapse sidebar"),
    N_("Expand sidebar"),
    N_("Help"),
    N_("Help for {x}"),
    N_("Close"),
    N_("Clear"),
    N_("Clear all"),
    N_("Clear value"),
    N_("Select all"),
    N_("Deselect all"),
    N_("Remove {x}"),
    N_("No results"),
    N_("No options to select"),
    N_("Choose an option"),
    N_("Choose options"),
    N_("{x} options available."),
    N_("{x} option available."),
    N_("Choose date"),
    N_("Choose date, {x}"),
    N_("day, {x}"),
    N_("month, {x}"),
    N_("year, {x}"),
    N_("Today, {x}"),
    N_("{x} selected"),
    N_("{x}, First available date"),
    N_("{x}, Last available date"),
    N_("Use arrow keys to navigate dates. Enter to select. Escape to close."),
    N_("Previous month"),
    N_("Next month"),
    N_("Previous"),
    N_("Next"),
    N_("Decrement"),
    N_("Increment"),
    N_("Decrement value of {x}"),
    N_("Increment value of {x}"),
    N_("Show password"),
    N_("Hide password"),
    N_("Press Enter to apply"),
    N_("Press Enter to submit form"),
    N_("Press Ctrl+Enter to apply"),
    N_("Press Ctrl+Enter to submit form"),
    N_("file upload"),
    N_("Upload"),
    N_("Browse files"),
    N_("Drag and drop file here"),
    N_("Drag and drop a file here"),
    N_("Add files"),
    N_("File must be {x} or smaller."),
    N_("{x} files are not allowed."),
    N_("{x}MB per file"),
    N_("{x}MB per file • {x}"),
    N_("Limit {x}MB per file"),
    N_("Limit {x}MB per file • {x}"),
    N_("Show/hide columns"),
    N_("Show/hide columns: {x}"),
    N_("Download as CSV"),
    N_("Download as CSV: {x}"),
    N_("Download as PNG"),
    N_("Download as PNG: {x}"),
    N_("Copy Vega-Lite spec"),
    N_("Copy Vega-Lite spec: {x}"),
    N_("Show data"),
    N_("Show data: {x}"),
    N_("Show chart"),
    N_("Show chart: {x}"),
    N_("Search"),
    N_("Search: {x}"),
    N_("Clear selection"),
    N_("Clear selection: {x}"),
    N_("Fullscreen"),
    N_("Fullscreen: {x}"),
    N_("Close fullscreen"),
    N_("Close fullscreen: {x}"),
    N_("Sort ascending"),
    N_("Sort descending"),
    N_("Autosize"),
    N_("Pin column"),
    N_("Unpin column"),
    N_("Hide column"),
    N_("Format"),
    N_("Statistics"),
    N_("Type to search"),
    N_("Previous Result"),
    N_("Next Result"),
    N_("Close Search"),
    N_("CONNECTING"),
    N_("Copy to clipboard"),
    N_("Copied"),
    N_("Network error"),
    N_("Connection error"),
)
# What the app's catalogue has in another sense.
OTHERWISE = {"Open": N_("Open the list")}


def script() -> str:
    """Return a script that a page runs once; it changes nothing that is not on the list.

    In English there is none: that is what Streamlit speaks.
    """
    if language() == "en":
        return ""
    words = {text: _(text) for text in WORDS} | {text: _(to) for text, to in OTHERWISE.items()}
    return f"{SCRIPT}({json.dumps(words, ensure_ascii=False)});"
