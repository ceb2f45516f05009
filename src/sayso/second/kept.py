"""Answers that were given are kept in a folder, by the hash of what was asked: the same is never paid twice.

In:   a folder, requests, responses.   Out: responses.
Knows nothing of: what they say.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from sayso.errors import BadEndpoint


class Kept:
    """A folder of answers; None keeps nothing."""

    def __init__(self, folder: str | None) -> None:
        self._folder = Path(folder).expanduser() if folder is not None else None

    def get(self, where: str, body: bytes) -> bytes | None:
        """The answer that was given to this request at this address."""
        if self._folder is None:
            return None
        try:
            return self._file(self._folder, where, body).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise BadEndpoint(f"{self._folder}: the cache cannot be read: {error.strerror}") from error

    def put(self, where: str, body: bytes, response: bytes) -> None:
        if self._folder is None:
            return
        file = self._file(self._folder, where, body)
        part = file.with_suffix(f".{os.getpid()}.part")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            part.write_bytes(response)
            part.replace(file)
        except OSError as error:
            raise BadEndpoint(f"{self._folder}: the cache cannot be written: {error.strerror}") from error

    @staticmethod
    def _file(folder: Path, where: str, body: bytes) -> Path:
        digest = hashlib.sha256(where.encode() + b"\n" + body)
        return folder / f"{digest.hexdigest()}.json"
