"""The newest data version, asked of the store for many calls at once.

Each call is told what the store said after the call came in, never before: so what a publication
takes away is gone for the next who asks. Not here: the store, or what is answered (``api``).
"""

import asyncio
from collections.abc import Callable

import anyio


class Newest:
    """Asks for those who came while it was asking: under load one question serves many calls.

    Parameters
    ----------
    ask : callable
        What says the version; it is called in a thread.
    """

    def __init__(self, ask: Callable[[], str]) -> None:
        self._ask = ask
        self._waiting: list[asyncio.Future[str]] = []
        self._asking: asyncio.Task[None] | None = None

    async def version(self) -> str:
        """Return the version that is the newest now; what keeps it from being read is raised."""
        answer: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._waiting.append(answer)
        if self._asking is None:
            self._asking = asyncio.create_task(self._serve())
        return await answer

    async def _serve(self) -> None:
        try:
            while self._waiting:
                waiting, self._waiting = self._waiting, []
                try:
                    version = await anyio.to_thread.run_sync(self._ask)
                except Exception as error:  # noqa: BLE001 - it is for those who wait
                    for answer in waiting:
                        if not answer.done():
                            answer.set_exception(error)
                else:
                    for answer in waiting:
                        if not answer.done():
                            answer.set_result(version)
        finally:
            self._asking = None
