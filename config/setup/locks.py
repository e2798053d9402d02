"""Locks between processes: two set-ups at once wait for each other."""

import fcntl
from contextlib import contextmanager
from pathlib import Path

from .console import note


@contextmanager
def exclusive(path: Path, what: str):
    """One at a time; says whom it waits for when it has to wait."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            note(f"waiting for another set-up that is busy with {what}")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


class Presence:
    """Being one of the users of something; the last one to leave is told so."""

    def __init__(self, path: Path):
        path.parent.mkdir(parents=True, exist_ok=True)
        self.handle = path.open("w")
        fcntl.flock(self.handle, fcntl.LOCK_SH)

    def is_last(self) -> bool:
        """True when nobody else is there; then nobody can enter until `leave`."""
        try:
            fcntl.flock(self.handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def leave(self):
        self.handle.close()
