"""Starting other programs, and stopping every one of them again.

Children get a session of their own: a Ctrl-C at the terminal reaches this process
alone, which then stops them in the right order (Odoo before its database).
"""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import contextmanager, suppress
from pathlib import Path

from .console import Progress, SetupError

PATIENCE = 15  # seconds to stop in before being killed


def handle_signals():
    """Let every polite way to stop us run the `finally` blocks, once.

    Set explicitly, because a process started in the background of a script
    inherits an ignored SIGINT.
    """

    def stop(number, _frame):
        for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(each, signal.SIG_IGN)
        raise KeyboardInterrupt(number)

    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, stop)
    threading.Thread(target=_stop_with_make, daemon=True).start()


def _stop_with_make():
    """Stop when `make` is gone, or was interrupted and only waits for us.

    A Ctrl-C reaches make and us alike; a `kill -INT` of make alone does not: make
    then lets go of the signal, passes nothing on and waits.
    """
    parent = os.getppid()
    name = Path(f"/proc/{parent}/comm")
    if not name.exists() or name.read_text().strip() not in ("make", "gmake"):
        return
    # in the background of a script, make ignores the signal from the start
    listening = _catches(parent, signal.SIGINT)
    while os.getppid() == parent and _catches(parent, signal.SIGINT) == listening:
        time.sleep(0.5)
    os.kill(os.getpid(), signal.SIGTERM)


def _catches(process: int, number: signal.Signals) -> bool:
    with suppress(OSError, AttributeError):
        status = Path(f"/proc/{process}/status").read_text()
        caught = re.search(r"^SigCgt:\s*(\w+)", status, re.MULTILINE)
        return bool(int(caught[1], 16) & (1 << (number - 1)))
    return False


def _ready_to_listen():
    """Undo an ignored signal in a child: Odoo and pip must be stoppable."""
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, signal.SIG_DFL)


@contextmanager
def started(command: list, **options):
    """A running child that does not outlive the block."""
    child = subprocess.Popen(
        [str(word) for word in command],
        start_new_session=True,
        preexec_fn=_ready_to_listen,
        **options,
    )
    try:
        yield child
    finally:
        stop(child)


def stop(child: subprocess.Popen):
    """End a child and what it started itself (browsers, wkhtmltopdf)."""
    if child.poll() is None:
        _signal_group(child, signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            child.wait(PATIENCE)
    _signal_group(child, signal.SIGKILL)
    child.wait()


def _signal_group(child: subprocess.Popen, number: signal.Signals):
    with suppress(ProcessLookupError):
        os.killpg(child.pid, number)


def run(
    command: list,
    log: Path,
    failure: str,
    on_line: Callable[[str], str | None] = lambda line: None,
    **options,
):
    """Run to the end; its output goes to a log, its progress to the terminal.

    `on_line` sees every line and answers what to show of it, if anything.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    progress = Progress()
    tail = deque(maxlen=40)
    with (
        log.open("a", encoding="utf-8") as out,
        started(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=options.pop("stdin", subprocess.DEVNULL),
            text=True,
            errors="replace",
            **options,
        ) as child,
    ):
        for line in child.stdout:
            out.write(line)
            tail.append(line)
            if text := on_line(line):
                progress(text)
        code = child.wait()
    progress.close()
    if code:
        raise SetupError(f"{failure}{_last_words(tail)} The whole log: {log}")


def _last_words(tail) -> str:
    """The line of a failed program's output that most likely says why."""
    lines = [line.strip() for line in tail if line.strip()]
    telling = [line for line in lines if "error" in line.lower()[:40]]
    last = (telling or lines)[-1:]
    return f" It said: {last[0][:300]}." if last else ""


def output(command: list, **options) -> str:
    """What a short command prints; an empty text when it fails."""
    done = subprocess.run(
        [str(word) for word in command],
        capture_output=True,
        text=True,
        check=False,
        **options,
    )
    return done.stdout if done.returncode == 0 else ""


def stream(command: list, **options) -> int:
    """Run with the terminal's output as its own; its exit code."""
    sys.stdout.flush()
    with started(command, stdin=subprocess.DEVNULL, **options) as child:
        return child.wait()


def interactive(command: list, **options) -> int:
    """Hand the terminal over: the child gets the keyboard and its Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    return subprocess.call(
        [str(word) for word in command], preexec_fn=_ready_to_listen, **options
    )
