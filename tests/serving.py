"""A server that a test starts, waits for and stops, and the copy of a database that it
works on: shared by the journeys, the isolation test and the server of production."""

import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

STARTING = 120  # seconds that a server may take to answer
STOPPING = 15  # seconds before it is killed


def copy_database(template: str, name: str):
    drop_database(name)
    subprocess.run(["createdb", "-T", template, name], check=True)


def drop_database(name: str):
    subprocess.run(
        ["dropdb", "--if-exists", "--force", name], check=True, capture_output=True
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(address: str, process: subprocess.Popen, log: Path):
    """Until it answers, whatever it answers; an error that names its log if never."""
    deadline = time.monotonic() + STARTING
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=60):
                return
        except urllib.error.HTTPError:
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
    raise RuntimeError(f"The server does not answer; see {log}.")


def stop(process: subprocess.Popen):
    process.terminate()
    try:
        process.wait(STOPPING)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
