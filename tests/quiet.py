"""When a reader under test has nothing left to do: no message waits anywhere, all is painted.

Textual's own way is to watch the processor's clock, 20 ms at a time, twice or more a key; that is
slow, and on a busy machine it takes a process that waits for its turn for one that is done.
"""

from __future__ import annotations

import asyncio
from typing import Any

from textual import app, pilot
from textual._context import active_app
from textual.message import Message
from textual.message_pump import MessagePump

LONGEST = 2.0
"""Seconds that are waited for a widget which is busy, or gone."""
_ROUNDS = 50
"""So that what never rests, as an animation, does not go on for ever."""

_posted = 0
_post = MessagePump.post_message


def _counting(pump: MessagePump, message: Message) -> bool:
    global _posted
    _posted += 1
    return _post(pump, message)


async def quiet(*_: Any) -> None:
    """Wait until every message has been handled, and those they led to, and so on."""
    running = active_app.get()
    still = 0
    for _ in range(_ROUNDS):
        if not running.is_running or running._exit or not running.screen_stack:
            return
        before = _posted
        sent = await _all_handled(running)
        running.screen._on_timer_update()
        if running._resize_event:  # Textual lets a change of size rest a little
            await asyncio.sleep(0.01)
            continue
        still = still + 1 if _posted == before + sent else 0
        if still == 2:
            return


async def _all_handled(running: app.App[Any]) -> int:
    """Wait until all that waits in the queues now has been handled; how many messages that took."""
    pumps = [running, *running.screen.walk_children(with_self=True)]
    waiting = len(pumps)
    done = asyncio.Event()

    def handled() -> None:
        nonlocal waiting
        waiting -= 1
        if not waiting:
            done.set()

    for pump in pumps:
        if not pump.call_later(handled):
            handled()
    tasks = [
        asyncio.ensure_future(done.wait()),
        asyncio.ensure_future(running._exception_event.wait()),
    ]
    await asyncio.wait(tasks, timeout=LONGEST, return_when=asyncio.FIRST_COMPLETED)
    for task in tasks:
        task.cancel()
    return len(pumps)


def install() -> None:
    """Have pilots wait like this."""
    MessagePump.post_message = _counting  # type: ignore[method-assign]
    app.wait_for_idle = pilot.wait_for_idle = quiet  # type: ignore[attr-defined]
