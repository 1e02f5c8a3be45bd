"""The private names of Textual that the tests use, and how tests wait for a reader.

A reader is quiet when no message waits anywhere and all is painted. Textual's own way is to watch
the processor's clock, 20 ms at a time, twice or more a key; that is slow, and on a busy machine a
process that waits for its turn looks like one that has nothing to do. Textual has no public way to
ask for the queues of its message pumps, for the strips that the screen shows, or for the name that
it gives the key of a character.
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

__all__ = ["character_to_key", "install", "quiet", "shown_strips"]

LONGEST = 2.0
"""Seconds that are waited for a widget which is busy, or for what never rests."""
_TURNS = 3
"""Turns of the event loop in which nothing happens: what a thread has posted comes in one."""
_SPINS = 100
"""Turns after which there is something to wait for that is no message, as a search."""


async def quiet(*_: Any) -> None:
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
    """The lines of the screen as they are painted."""
    return screen._compositor.render_strips()


def _is_busy(running: app.App[Any]) -> bool:
    """Whether a change of size rests, as Textual has it do, or a message waits or is handled."""
    pumps: list[MessagePump] = [running]
    for screen in running.screen_stack:  # what lies below a question goes on
        pumps += screen.walk_children(with_self=True)
    return running._resize_event is not None or any(
        pump._running and not pump._closing and not _waits(pump) for pump in pumps
    )


def _waits(pump: MessagePump) -> bool:
    """Whether it waits for a message, and there is none."""
    ready: Any = pump._message_queue.ready_event
    return not ready.is_set() and len(ready._waiters) > 0


def install() -> None:
    """Have pilots wait like this."""
    app.wait_for_idle = pilot.wait_for_idle = quiet  # type: ignore[attr-defined]
