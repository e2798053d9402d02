"""What the person at the terminal sees: numbered steps, progress, one sentence."""

import sys
import time
from contextlib import contextmanager


class SetupError(Exception):
    """Something that the person at the terminal can do something about.

    Its text is the one sentence that is shown.
    """


class Steps:
    """Numbered steps: "[3/7] Python requirements" and how long each took."""

    def __init__(self, total: int):
        self.total = total
        self.number = 0

    @contextmanager
    def __call__(self, title: str):
        self.number += 1
        say(f"[{self.number}/{self.total}] {title}")
        start = time.monotonic()
        yield
        took = time.monotonic() - start
        if took > 1:
            note(f"done in {took:.0f} s")


class Progress:
    """One line that keeps changing on a terminal, a line now and then in a log."""

    every = 10  # seconds between two lines of a log

    def __init__(self):
        self.tty = sys.stdout.isatty()
        self.last = time.monotonic()
        self.shown = False

    def __call__(self, text: str):
        if self.tty:
            print(f"\r\033[K      {text[:70]}", end="", flush=True)
            self.shown = True
        elif time.monotonic() - self.last > self.every:
            note(text)
            self.last = time.monotonic()

    def close(self):
        if self.shown:
            print("\r\033[K", end="", flush=True)
            self.shown = False


def say(text: str = ""):
    print(text, flush=True)


def note(text: str):
    say(f"      {text}")
