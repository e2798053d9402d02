"""A copy of a database and servers on it: two, because a tenant's users never share
one process in production either, and what one changes the other must know."""

import os
import shlex
import subprocess
from pathlib import Path

from serving import copy_database, drop_database, free_port, stop, wait_for

ROOT = Path(__file__).parents[2]
COUNT = 2
PLANTED = "leerbedrijf_tenancy_planted"


class Servers:
    def __init__(self, settings, database, template):
        self.settings = settings
        self.database = database
        self.template = template
        self.addresses = []
        self.processes = []

    def copy(self):
        copy_database(self.template, self.database)

    def drop(self):
        drop_database(self.database)

    def start(self, program=None):
        """`program` stands in for Odoo's command line."""
        for number in range(COUNT):
            self._start(program or shlex.split(self.settings["ODOO"]), number)
        try:
            for number, process in enumerate(self.processes):
                address = f"{self.addresses[number]}/web/login"
                wait_for(address, process, self._log(number))
        except RuntimeError:
            self.stop()
            raise

    def _start(self, program, number):
        port = free_port()
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
        return Path(self.settings["LOGS"]) / f"{self.database}_{number}.log"

    def cpu_seconds(self):
        """What the servers have used so far."""
        ticks = 0
        for process in self.processes:
            stat = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2]
            ticks += sum(map(int, stat.split()[11:13]))
        return ticks / os.sysconf("SC_CLK_TCK")

    def stop(self):
        for process in self.processes:
            stop(process)
        self.processes, self.addresses = [], []
