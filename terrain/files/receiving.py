"""Receiving files: onto the disk as they come, and no more of them than may be kept."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler

MOST = 100_000_000
"""Bytes of one file."""
MOST_AT_ONCE = 300_000_000
"""Bytes of all the files of one form."""


class Bounded(TemporaryFileUploadHandler):
    """Writes each file to the disk. What comes beyond the bounds, or from a passer-by, is let go by; the file that
    arrives then says by its `size` how large it was, so that it is refused in a sentence and the rest of the form
    is there."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        self.received += len(raw_data)
        if start + len(raw_data) > MOST or self.received > MOST_AT_ONCE or not self._is_from_somebody():
            return None
        self.file.write(raw_data)
        return None

    def file_complete(self, file_size: int) -> "UploadedFile[Any]":
        self.file.seek(0)
        self.file.size = file_size if self.received <= MOST_AT_ONCE else MOST + 1
        return self.file

    def _is_from_somebody(self) -> bool:
        return self.request is not None and self.request.user.is_authenticated
