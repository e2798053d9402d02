"""A copy of a database and servers on it: two, because a tenant's users never share
one process in production either, and what one changes the other must know."""

import os
import shlex
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).parents[2]
COUNT = 2
STARTING = 120  # seconds that a server may take to answer


class Servers:
    def __init__(self, settings, database, template):
        self.settings = settings
        self.database = database
        self.template = template
        self.addresses = []
        self.processes = []

    def copy(self):
        self.drop()
        subprocess.run(["createdb", "-T", self.template, self.database], check=True)

    def drop(self):
        subprocess.run(
            ["dropdb", "--if-exists", "--force", self.database],
            check=True,
            capture_output=True,
        )

    def start(self, program=None):
        """`program` stands in for Odoo's command line."""
        for number in range(COUNT):
            self._start(program or shlex.split(self.settings["ODOO"]), number)
        for number in range(COUNT):
            self._wait_for(number)

    def _start(self, program, number):
        port = _free_port()
        self.addresses.append(f"http://127.0.0.1:{port}")
        command = [
            *program,
            "server",
            f"--config={self.settings['CONFIG']}",
            f"--database={self.database}",
            f"--db-filter=^{self.database}$",
            f"--http-port={port}",
            "--max-cron-threads=0",
            "--log-level=warn",
        ]
        with self._log(number).open("w") as output:
            self.processes.append(
                subprocess.Popen(
                    command,
                    cwd=ROOT,
                    stdout=output,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                )
            )

    def _log(self, number):
        return Path(self.settings["LOGS"]) / f"tenancy_{number}.log"

    def _wait_for(self, number):
        deadline = time.monotonic() + STARTING
        while time.monotonic() < deadline and self.processes[number].poll() is None:
            try:
                with urllib.request.urlopen(
                    f"{self.addresses[number]}/web/login", timeout=60
                ):
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.3)
        self.stop()
        raise RuntimeError(f"A server does not answer; see {self._log(number)}.")

    def stop(self):
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        self.processes, self.addresses = [], []


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
