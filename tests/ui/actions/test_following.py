"""A key follows what the paper under the cursor suggests."""

from __future__ import annotations

from tests.ui.conftest import Open


async def test_the_category_of_the_paper_is_followed(open_reader: Open) -> None:
    async with open_reader() as reader:
        await reader.press("W")
        assert "category: arxiv:cs.CL" in reader.frame
        assert "venue: none here" in reader.frame
        await reader.press("c")
        assert "arxiv:cs.CL is followed now; f fetches it" in reader.frame
        assert "arxiv:cs.CL" in reader.app.library.store.documents("feeds")
        await reader.press("W", "c")
        assert "arxiv:cs.CL is already followed" in reader.frame
        await reader.press("W", "v")
        assert "there is nothing to follow in that" in reader.frame
        await reader.press("u")
        assert "arxiv:cs.CL" not in reader.app.library.store.documents("feeds")
