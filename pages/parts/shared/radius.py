"""How far something may be: one of the usual distances, written as people write them.

The browser's own box for numbers would write a decimal point. Not here: what is near (the screens).
"""

from collections.abc import Callable

import streamlit as st

from geodata.core.text import number

USUAL_KM = (
    0.5,
    1.0,
    1.5,
    2.0,
    2.5,
    3.0,
    4.0,
    5.0,
    6.0,
    8.0,
    10.0,
    12.0,
    15.0,
    20.0,
    25.0,
    30.0,
    50.0,
)


def choice(label: str, key: str, now: float, take: Callable[[], None]) -> None:
    """Offer the usual distances in kilometres, and the one of now, which may be another."""
    st.session_state[key] = float(now)
    st.selectbox(
        label, sorted({*USUAL_KM, float(now)}), key=key, format_func=written, on_change=take
    )


def written(km: float) -> str:
    """Return a distance as people write it: ``2,5 km``."""
    return f"{number(km, len(f'{km:g}'.partition('.')[2]))} km"
