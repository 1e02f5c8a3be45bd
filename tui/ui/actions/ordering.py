"""The action that chooses the order of the list."""

from __future__ import annotations

from tui.library.orders import ORDERS
from tui.ui.dialogs.question import QuestionScreen
from tui.ui.reader_protocol import Reader


async def choose_order(reader: Reader) -> None:
    """Choose the order from a menu; the same again reverses it."""
    answer = await reader.ask(QuestionScreen("Order by", "order", "leave it as it is"))
    order = next((order for order in ORDERS if order.command_id == answer), None)
    if order is None:
        return
    request = reader.request
    reverse = request.order == order.name and not request.reverse
    reader.request = request._replace(order=order.name, reverse=reverse, similar_to=None)
    reader.status.message(f"order: {order.label}{', reversed' if reverse else ''}")
