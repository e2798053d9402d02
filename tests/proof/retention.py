"""A retention run over many participants: bounded memory, killed and resumed.

    python tests/proof/retention.py DATABASE [--config FILE] [--size 100000]

The database has the addons and no people; it is filled by SQL (and is good for nothing
else afterwards). Run with the Python of the set-up. Prints a line for each figure.
"""

import argparse
import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg2

HERE = Path(__file__).parent
RUN = b"env['leerbedrijf.retention.run']._cron_anonymise()\n"
# Of twenty persons: whose term is over, who is still taught, for whom an invoice
# stays, who learned lately, and who never took part and was forgotten.
DUE = "n % 20 < 14 OR n % 20 = 19"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("database")
    parser.add_argument("--config")
    parser.add_argument("--size", type=int, default=100_000)
    options = parser.parse_args()
    proof = Proof(options)
    proof.fill()
    proof.kill_one_run()
    proof.finish()
    proof.check()


class Proof:
    def __init__(self, options):
        self.options = options
        self.database = psycopg2.connect(dbname=options.database)
        self.database.autocommit = True
        self.due = options.size // 20 * 15

    def ask(self, statement):
        with self.database.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchone()[0]

    def odoo(self, stdin):
        command = [sys.executable, "-m", "odoo", "shell", "--no-http"]
        if self.options.config:
            command += ["-c", self.options.config]
        process = subprocess.Popen(
            [*command, "-d", self.options.database, "--log-level=warn"],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            env={**os.environ, "PROOF_SIZE": str(self.options.size)},
        )
        process.stdin.write(stdin)
        process.stdin.close()
        return process

    def fill(self):
        start = time.monotonic()
        if self.odoo((HERE / "retention_fill.py").read_bytes()).wait():
            sys.exit("filling failed")
        self.say("retention_participants", self.ask(COUNT))
        self.say("retention_due", self.due)
        self.say("retention_fill_seconds", round(time.monotonic() - start))
        self.before = self.figures()

    def figures(self):
        return {name: self.ask(statement) for name, statement in FIGURES.items()}

    def kill_one_run(self):
        """End the process in the middle of a batch, as a power cut would."""
        process = self.odoo(RUN)
        while self.ask(DONE) < self.due // 4:
            time.sleep(0.05)
            if process.poll() is not None:
                sys.exit("the run ended before it could be killed")
        process.send_signal(signal.SIGKILL)
        process.wait()
        done, logged = self.ask(DONE), self.ask(LOGGED)
        self.say("retention_killed_after", done)
        self.must("the log holds what was done", done == logged)
        self.must("some are left", done < self.due)
        self.killed_after = done

    def finish(self):
        start = time.monotonic()
        process = self.odoo(RUN)
        memory = []  # of the process, in MB, with what is done by then
        while process.poll() is None:
            with contextlib.suppress(FileNotFoundError, ProcessLookupError):
                memory.append((self.ask(DONE), rss(process.pid)))
            time.sleep(0.2)
        seconds = time.monotonic() - start
        done = self.due - self.killed_after
        self.say("retention_seconds", round(seconds))
        self.say("retention_persons_a_second", round(done / seconds))
        working = [mb for number, mb in memory if number > self.killed_after and mb]
        quarter = len(working) // 4 or 1
        self.say("retention_peak_mb", max(working))
        growth = max(working[-quarter:]) - max(working[:quarter])
        self.say("retention_growth_mb", growth)

    def check(self):
        self.must("all that were due are anonymised", self.ask(DONE) == self.due)
        self.must("the log tells the same", self.ask(LOGGED) == self.due)
        for table, column in NAMES:
            is_due = (
                f"SELECT n FROM generate_series(1, {self.options.size}) n WHERE {DUE}"
            )
            left = self.ask(
                f"SELECT count(*) FROM {table} WHERE {column} LIKE 'Persoon %'"
                f" AND substring({column} from '[0-9]+')::int IN"
                f" ({is_due})"
            )
            self.must(f"no name is left in {table}", left == 0)
            kept = self.ask(f"SELECT count(*) FROM {table} WHERE {column} LIKE 'Per%'")
            self.must(f"the others are whole in {table}", kept > 0)
        self.must("statistics and amounts are the same", self.figures() == self.before)
        for name, value in self.before.items():
            self.say(f"retention_kept_{name}", value)

    def say(self, name, value):
        sys.stdout.write(f"{name}: {value}\n")
        sys.stdout.flush()

    def must(self, what, holds):
        if not holds:
            sys.exit(f"NOT TRUE: {what}")


def rss(pid):
    """Resident memory of a process in MB."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) // 1024
    return 0


COUNT = "SELECT count(*) FROM leerbedrijf_participant WHERE code LIKE 'P%'"
DONE = "SELECT count(*) FROM leerbedrijf_participant WHERE anonymised_on IS NOT NULL"
LOGGED = """
    SELECT COALESCE(sum(participant_count), 0) FROM leerbedrijf_retention_run
     WHERE kind = 'anonymised'
"""
NAMES = (
    ("leerbedrijf_participant", "name"),
    ("leerbedrijf_enrolment", "participant_name"),
    ("hr_employee", "name"),
    ("resource_resource", "name"),
    ("mail_message", "subject"),
)
FIGURES = {
    "ended": "SELECT count(*) FROM leerbedrijf_enrolment WHERE state = 'ended'",
    "outcomes": "SELECT count(outcome_id) FROM leerbedrijf_enrolment",
    "hours": "SELECT sum(unit_amount) FROM account_analytic_line",
    "billed": "SELECT sum(quantity) FROM leerbedrijf_billing_link",
    "codes": "SELECT count(DISTINCT participant_code) FROM account_analytic_line",
}

if __name__ == "__main__":
    main()
