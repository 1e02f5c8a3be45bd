"""The private names of Textual that the tests use, and how tests wait for a reader.

A reader is idle when no message waits anywhere and all is painted. Textual itself watches the
processor time, 20 ms at a time, twice or more for each key; that is slow, and on a busy machine a
process that waits for the processor looks idle. Textual has no public way to get the queues of its
message pumps, the strips of the screen, or its name for the key of a character.
"""

from __future__ import annotations

import asyncio
import time
from typing import Any

from textual import app, pilot
from textual._context import active_app
from textual.keys import _character_to_key as character_to_key
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.strip import Strip

__all__ = ["character_to_key", "install", "shown_strips", "wait_until_idle"]

LONGEST = 2.0
"""The longest wait, in seconds, for a busy widget or an animation without end."""
_TURNS = 3
"""Idle turns after which the reader is idle: a message of a thread arrives within one."""
_SPINS = 100
"""Turns after which the wait is for a thread, such as a search, and so may sleep."""


async def wait_until_idle(*_: Any) -> None:
    """Wait until every message has been handled, and those they led to, and all is painted."""
    running = active_app.get()
    until = time.monotonic() + LONGEST
    calm = spins = 0
    painted = False
    while running.is_running and not running._exit and running.screen_stack:
        await asyncio.sleep(0 if spins < _SPINS else 0.002)
        spins += 1
        if _is_busy(running):
            calm, painted = 0, False
        elif calm < _TURNS:
            calm += 1
        elif painted:
            return
        else:
            for screen in running.screen_stack:
                screen._on_timer_update()
            calm, painted = 0, True
        if running._exception or time.monotonic() > until:
            return


def shown_strips(screen: Screen[Any]) -> list[Strip]:
    """Return the lines of the screen as they are painted."""
    return screen._compositor.render_strips()


def _is_busy(running: app.App[Any]) -> bool:
    """Return whether a resize is pending, or a message waits or is being handled."""
    pumps: list[MessagePump] = [running]
    for screen in running.screen_stack:  # screens below a dialog go on working
        pumps += screen.walk_children(with_self=True)
    return running._resize_event is not None or any(
        pump._running and not pump._closing and not _waits(pump) for pump in pumps
    )


def _waits(pump: MessagePump) -> bool:
    """Return whether the pump waits for a message, and there is none."""
    ready: Any = pump._message_queue.ready_event
    return not ready.is_set() and len(ready._waiters) > 0


def install() -> None:
    """Make pilots wait with `wait_until_idle`."""
    app.wait_for_idle = pilot.wait_for_idle = wait_until_idle  # type: ignore[attr-defined]
