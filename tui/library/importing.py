"""Import papers: what `sheaf add`, the reader's add command and a paste all run.

Files, folders and pasted text are read first and saved in batches, so that nothing in them waits
for the network. Then come the look-ups: identifiers and URLs that were named, and records of any
format that have an identifier but no title.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from tui.catalog.batch import AddResult, KeptApart
from tui.catalog.catalog import Catalog
from tui.core.paper import Paper
from tui.core.paths import path_exists
from tui.core.progress import NO_PROGRESS, Progress
from tui.net.network_settings import NetworkSettings
from tui.services.lookup_request import LookupRequest, parse_identifier
from tui.sources.interface import Notice, Record, RejectedRecord
from tui.sources.reader import read_bytes
from tui.sources.reading_process import ReadingProgress, read_all

PASTED = "pasted text"
OFFLINE = "not looked up because of --offline"
_STEP = 50
"""Records between two reports of progress."""


@dataclass(slots=True)
class ImportResult:
    """What became of the records of an import."""

    added: AddResult = field(default_factory=AddResult)
    rejected: list[RejectedRecord] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    """Files and pages whose encoding was guessed."""

    @property
    def problems(self) -> list[RejectedRecord | Notice | KeptApart]:
        """What the user must know, the worst first."""
        return [*self.rejected, *self.added.kept_apart, *self.notices]

    @property
    def summary(self) -> str:
        """`12 added, 3 already here, 1 refused`."""
        counts = self.added
        parts = [f"{counts.added:,} added"]
        parts += [f"{counts.updated:,} updated"] if counts.updated else []
        parts += [f"{counts.unchanged:,} already here"] if counts.unchanged else []
        parts += [f"{len(counts.kept_apart):,} kept apart"] if counts.kept_apart else []
        parts += [f"{len(self.rejected):,} refused"] if self.rejected else []
        return ", ".join(parts)


class PendingLookups:
    """The papers of an import that have to be looked up, in the order of the import."""

    def __init__(self) -> None:
        self.named: list[LookupRequest] = []
        """What the user named."""
        self._listed: list[LookupRequest] = []
        """Records without a title."""

    def add_identifier(self, text: str) -> bool:
        """Add what `text` identifies; False if it names a file, or is no identifier or URL."""
        request = None if text == "-" or path_exists(text) else parse_identifier(text)
        if request:
            self.named.append(request)
        return request is not None

    def add_rejected(self, record: RejectedRecord) -> bool:
        """Add a record that was rejected for lack of a title; False if it has no identifier."""
        if record.ids:
            self._listed.append(LookupRequest(record.where, record.ids, why=record.why))
        return bool(record.ids)

    def records(
        self, catalog: Catalog, network: Callable[[], NetworkSettings], progress: Progress
    ) -> Iterator[Record | Notice]:
        """Yield the papers; one of a list is not looked up if the catalog has it with an abstract.

        `progress` gets the number of papers found; see `tui.services.lookup.look_up`.
        """
        requests = list(self.named)
        for request in self._listed:
            if known := _known_paper(request, catalog):
                yield known
            else:
                requests.append(request)
        if requests:
            from tui.services.lookup import look_up

            yield from look_up(requests, network(), progress)


def _known_paper(request: LookupRequest, catalog: Catalog) -> Paper | None:
    rows = catalog.rows_of(f"{scheme}:{value}" for scheme, value in request.ids.items())
    stored = catalog.get(next(iter(rows.values()))) if rows else None
    return stored.paper if stored and stored.paper.abstract else None


class PaperImport:
    """An import in two steps, `read` and `look_up`; `result` grows with each saved batch."""

    def __init__(
        self,
        catalog: Catalog,
        network: Callable[[], NetworkSettings] | None,
        *,
        format_name: str = "",
        batch_saved: Callable[[], None] | None = None,
    ) -> None:
        """Prepare an import into `catalog`, which belongs to the calling thread.

        `network` returns the settings when they are needed; None means that nothing is looked up.
        `format_name` is the format of the files; by default it is detected for each file.
        `batch_saved` is called after each batch.
        """
        self.result = ImportResult()
        self._catalog = catalog
        self._network = network
        self._format_name = format_name
        self._batch_saved = batch_saved
        self._pending = PendingLookups()

    def read(self, what: Sequence[str | bytes], progress: Progress = NO_PROGRESS) -> None:
        """Save the papers of files, folders, `-` (standard input) and pasted texts (bytes).

        Identifiers and URLs wait for `look_up`. Cancelling ends it between two papers. Raises
        SheafError if the catalog cannot be written; the batches before stay.
        """
        self._save(self._read(what, progress))

    def look_up(self, progress: Progress = NO_PROGRESS) -> None:
        """Look up what `read` left, and save the papers. Raises SheafError as `read`."""
        if self._network:
            records = self._pending.records(self._catalog, self._network, progress)
            self._save(self._without_notices(records))
        else:
            self.result.rejected += [
                RejectedRecord(request.where, OFFLINE) for request in self._pending.named
            ]

    def _read(self, what: Sequence[str | bytes], progress: Progress) -> Iterator[Record]:
        files: list[str] = []
        for each in what:
            if isinstance(each, bytes):
                records = self._without_notices(read_bytes(each, PASTED, date.today()))
                yield from self._without_pending(records)
            elif not self._pending.add_identifier(each):
                files.append(each)
        reading = ReadingProgress(files)
        records = self._without_notices(read_all(files, self._format_name, reading))
        for count, record in enumerate(self._without_pending(records), 1):
            if progress.cancelled():
                return
            if count % _STEP == 0:
                fraction = reading.done / reading.total if reading.total else None
                name = Path(reading.name).name or "standard input"
                progress.update(name, count, fraction=fraction)
            yield record

    def _without_notices(self, records: Iterable[Record | Notice]) -> Iterator[Record]:
        """Yield the records; notices go to the result."""
        for record in records:
            if isinstance(record, Notice):
                self.result.notices.append(record)
            else:
                yield record

    def _without_pending(self, records: Iterable[Record]) -> Iterator[Record]:
        """Yield the records that need no look-up."""
        for record in records:
            if isinstance(record, Paper) or not (
                self._network and self._pending.add_rejected(record)
            ):
                yield record

    def _save(self, records: Iterable[Record]) -> None:
        before = self.result.added

        def batch_saved(so_far: AddResult) -> None:
            self.result.added = before + so_far
            if self._batch_saved:
                self._batch_saved()

        self._catalog.add(self._papers(records), batch_saved)

    def _papers(self, records: Iterable[Record]) -> Iterator[Paper]:
        """Yield the papers; rejected records go to the result."""
        for record in records:
            if isinstance(record, Paper):
                yield record
            else:
                self.result.rejected.append(record)


def import_papers(
    catalog: Catalog, what: Sequence[str | bytes], network: NetworkSettings, progress: Progress
) -> ImportResult:
    """Read and look up all of `what`; see PaperImport."""
    papers = PaperImport(catalog, lambda: network)
    papers.read(what, progress)
    papers.look_up(progress)
    return papers.result
