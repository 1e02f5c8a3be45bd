"""TypeAhead: what is typed goes where it belongs, in order, however fast it comes.

Textual forwards each key to the widget that has the focus and goes on to the next key at once. So
the keys typed behind one that opens a dialog would reach the list before the dialog has the focus,
and a key that a screen handles before its widgets (PRIORITY_COMMANDS) would overtake the letters
that still wait in the queue of their field. TypeAhead delivers a key once the key before it has
been handled, the screen on top is ready, and no action runs that may open a dialog.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any
from weakref import WeakSet

from textual import events
from textual.app import App
from textual.message import Message
from textual.message_pump import MessagePump
from textual.widget import Widget
from textual.worker import Worker

from tui.ui.screen import ASKING, SheafScreen, TypingContinues
from tui.ui.textual_private import PALETTE_SEARCH

DIALOG_GROUPS = (ASKING, PALETTE_SEARCH)
"""Groups of workers whose end decides what a key means."""
QUEUE_PASSES = 2
"""How often the follower passes the queues; the second time, messages that the key caused are
handled too."""
DIALOG_TIMEOUT = 5.0
"""Seconds after which the next key waits no longer, for instance for a disk that hangs."""


class TypeAhead:
    """The keys and pastes that wait for what was typed before them.

    Its methods run on the event loop, in the queue of the app.
    """

    def __init__(self, app: App[Any], deliver: Callable[[events.Event], Awaitable[None]]) -> None:
        """`deliver` dispatches one key or paste as Textual does."""
        self._app = app
        self._deliver = deliver
        self._waiting: deque[events.Event] = deque()
        self._follower: Message | None = TypingContinues()
        """The message that follows the last key through the queues; None after it has returned."""
        self._target: MessagePump = app
        """Where the follower was sent."""
        self._passes = 0
        """How often it is still to be sent there."""
        self._sent = time.monotonic()
        self._hanging: WeakSet[Worker[Any]] = WeakSet()
        """Actions that keys no longer wait for."""

    def start(self) -> None:
        """Begin to deliver, as soon as the first screen is ready."""
        self._app.screen_change_signal.subscribe(self._app, self._follow, immediate=True)
        self._app.app_suspend_signal.subscribe(self._app, self._forget, immediate=True)
        self._follow(self._app.screen)

    async def put(self, event: events.Event) -> None:
        """Deliver a key or paste after all that came before it."""
        self._waiting.append(event)
        if time.monotonic() - self._sent > DIALOG_TIMEOUT:
            self._follower = None
            self._hanging.update(self._running_actions())
        await self.proceed()

    async def proceed(self, arrived: Message | None = None) -> None:
        """Deliver what need not wait any more. `arrived` is a follower that has come back."""
        if arrived is self._follower:
            self._follower = None
            if self._passes:
                self._send_follower()
        while self._waiting and self._follower is None and not self._running_actions():
            screen = self._app.screen
            target = self._app.focused or screen
            event = self._waiting.popleft()
            await self._deliver(event)
            if screen is not self._app.screen:
                self._follow(self._app.screen)
            elif not (
                self._waiting
                and _is_text(event, target)
                and _is_text(self._waiting[0], self._app.focused)
            ):
                self._follow(target)

    def _follow(self, target: MessagePump) -> None:
        """Wait until `target` and its ancestors have handled what is in their queues.

        A new screen has done so once it is composed and has set its focus.
        """
        self._target, self._passes, self._sent = target, QUEUE_PASSES, time.monotonic()
        self._send_follower()

    def _send_follower(self) -> None:
        """Send a message behind the key: it takes the same way through the queues to the app."""
        self._passes -= 1
        self._follower = TypingContinues()
        if not self._target.post_message(self._follower):  # it is closing
            self._app.post_message(self._follower)

    def _forget(self, _: App[Any]) -> None:
        """Drop what was typed for another program, which has the terminal now."""
        self._waiting.clear()

    def _running_actions(self) -> list[Worker[Any]]:
        """Return the actions that may open a dialog now: those that wait for no answer of one."""
        stack = self._app.screen_stack
        waiting = {screen.asker for screen in stack if isinstance(screen, SheafScreen)}
        return [
            worker
            for worker in self._app.workers
            if worker.group in DIALOG_GROUPS
            and not worker.is_finished
            and worker not in waiting
            and worker not in self._hanging
        ]


def _is_text(event: events.Event, target: Widget | None) -> bool:
    """Whether an event is a letter for a field: the next letter need not wait for it."""
    return (
        isinstance(event, events.Key)
        and target is not None
        and target.check_consume_key(event.key, event.character)
    )


def is_typed(event: events.Event) -> bool:
    """Whether an event comes from the keyboard and was not delivered yet."""
    return isinstance(event, events.Key | events.Paste) and not event.is_forwarded
