"""A choice of this session kept in step with its words in the address.

Not here: what a choice means, or its words (their own modules), or the view (``state``).
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

import streamlit as st

Choice = TypeVar("Choice")


@dataclass(frozen=True)
class Addressed(Generic[Choice]):
    """One kind of choice: under which name it is kept, and how it is spelled.

    `words` are the parameters of an address that belong to it.
    """

    name: str
    words: Collection[str]
    from_words: Callable[[Mapping[str, str]], tuple[Choice, list[str]]]
    to_words: Callable[[Choice], dict[str, str]]

    def current(self) -> Choice:
        """Return the session's choice, taken anew when the address has another one."""
        address = self._address()
        if self.name not in st.session_state or address != st.session_state.get(self._spelled):
            st.session_state[self.name], st.session_state[self._problems] = self.from_words(address)
        return self.settle(st.session_state[self.name])

    def kept(self) -> Choice:
        """Return the choice as it stands, whatever the address says."""
        choice: Choice = st.session_state[self.name]
        return choice

    def change(self, **to: object) -> None:
        """Change parts of the choice, which is a dataclass."""
        changed: Choice = replace(st.session_state[self.name], **to)
        self.take(changed)

    def settle(self, choice: Choice) -> Choice:
        """Keep a choice that the address is about to spell, and return it."""
        st.session_state[self.name] = choice
        st.session_state[self._spelled] = self.to_words(choice)
        return choice

    def take(self, choice: Choice) -> None:
        """Make a choice the one shown; the address is written when the page is."""
        st.session_state[self.name] = choice
        st.session_state[self._spelled] = self._address()
        st.session_state[self._problems] = []

    def problems(self) -> list[str]:
        """Return what the address asked for and could not get."""
        listed: list[str] = st.session_state.setdefault(self._problems, [])
        return listed

    def _address(self) -> dict[str, str]:
        return {word: st.query_params[word] for word in self.words if word in st.query_params}

    @property
    def _spelled(self) -> str:
        return f"{self.name}_address"

    @property
    def _problems(self) -> str:
        return f"{self.name}_problems"
