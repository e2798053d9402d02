"""Asks every way in as every stranger, and judges the answers.

An answer with a canary that the user may not read is a leak, whoever was asked for.
"""

import random
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import NamedTuple

from client import Client
from database import Database
from doors import READING
from policy import PASSWORD
from probes import Found, Target, sweep
from pushes import PUSHING, WAYS, give_away, point_to_other

THREADS = 4


class Leak(NamedTuple):
    way: str
    login: str
    model: str  # that was asked for
    id: int
    root: str  # the model that it is about
    shown: str  # model.field of what came out, or what else was told
    text: str = ""

    def __str__(self):
        return (
            f"{self.root}: {self.way} of {self.model}({self.id}) as "
            f"{self.login or 'a visitor'} shows {self.shown} {self.text}"
        )


class Prober:
    """The plan, the sessions and what was found."""

    def __init__(self, plan, addresses, database, seed):
        self.plan = plan
        self.seed = seed
        self.random = random.Random(seed)
        self.leaks = []
        self.counts = Counter()
        self.needed = set()  # probes without which some way was not tried
        self.lock = Lock()
        self.rows = {(row["model"], row["id"]): row for row in plan["rows"]}
        self.database = Database(database, plan)
        self.clients = {
            login: Client(
                addresses[number % len(addresses)],
                database,
                login,
                PASSWORD,
                user.get("key", ""),
            )
            for number, (login, user) in enumerate(self.users().items())
        }

    @property
    def asked(self):
        """How many answers of the servers were looked at."""
        return sum(self.counts.values())

    def users(self):
        """By login; "" is an anonymous visitor."""
        return {"": {"role": "visitor", "tenant": ""}, **self.plan["users"]}

    def askers(self):
        """Who is asked as: everybody but the platform's administrator."""
        return [login for login in self.clients if login != "platform"]

    def log_in(self):
        self.started = time.monotonic()
        with ThreadPoolExecutor(THREADS) as pool:
            list(pool.map(lambda client: client.open(), self.clients.values()))
        return self

    # What to ask

    def others(self, login):
        """Companies and regions of other tenants."""
        tenant = self.plan["users"][login]["tenant"]
        companies = {
            user["company_id"]
            for user in self.plan["users"].values()
            if user["tenant"] and user["tenant"] != tenant
        }
        regions = {
            row["id"]
            for row in self.plan["rows"]
            if row["model"] == "leerbedrijf.region" and login not in row["readers"]
        }
        return sorted(companies), sorted(regions)

    def strangers(self, row, among="readers"):
        allowed = set(row[among])
        return [login for login in self.askers() if login not in allowed]

    def sweeps(self):
        return [
            (login, model)
            for login in self.askers()
            if login
            for model in self.plan["models"]
        ]

    def readings(self):
        """Every (way, user, row) that must find nothing."""
        return self._probes(READING, "readers", self.plan["rows"])

    def pushes(self):
        """Every (way, user, row) that must change nothing."""
        rows = [
            row
            for row in self.plan["rows"]
            if not self.plan["models"][row["model"]]["view"]
        ]
        return [
            probe
            for among, ways in PUSHING.items()
            for probe in self._probes([way.__name__ for way in ways], among, rows)
        ]

    def _probes(self, ways, among, rows):
        return [
            (way, login, row["model"], row["id"])
            for row in rows
            for login in self.strangers(row, among)
            for way in ways
        ]

    def own(self):
        """Every (user, row) that the user may write: to be pushed out."""
        return [
            ("give", login, row["model"], row["id"])
            for row in self.plan["rows"]
            for login in row["writers"]
            if not self.plan["models"][row["model"]]["view"]
        ]

    def sample(self, everything, size):
        """A seeded part that still has every way, model and role with each other."""
        self.random.shuffle(everything)
        users = self.users()
        seen, chosen, others = set(), [], []
        for probe in everything:
            way, login, model, _id = probe
            role = users[login]["role"]
            pairs = {(way, model), (way, role), (model, role)}
            (others if pairs <= seen else chosen).append(probe)
            seen |= pairs
        self.needed = set(chosen)
        return chosen + others[: max(size - len(chosen), 0)]

    # Asking

    def run(self, probes, ask, enough=None):
        """Each user's probes one after the other, several users at once; until there
        are `enough` answers, however few were needed to try every way."""
        start = self.asked
        by_login = {}
        for probe in probes:
            login = probe[0] if len(probe) == 2 else probe[1]
            by_login.setdefault(login, []).append(probe)

        def run_user(login):
            for probe in by_login[login]:
                is_enough = enough and self.asked - start >= enough
                if is_enough and probe not in self.needed:
                    break
                ask(self, probe)

        with ThreadPoolExecutor(THREADS) as pool:
            list(pool.map(run_user, by_login))

    def judge(self, way, login, model, id_, answers):
        for answer in answers:
            for word in answer.words():
                known = self.plan["words"].get(word)
                if known and login not in known["readers"]:
                    shown = f"{known['model']}.{known['field']}"
                    said = f"{word} when asked {answer.asked[:300]}"
                    self.leak(way, login, model, id_, known["root"], shown, said)

    def leak(self, *parts):
        self.leaks.append(Leak(*parts))

    def target(self, probe):
        _way, _login, model, id_ = probe
        chance = random.Random(f"{self.seed} {probe}")
        return Target(self.plan, self.rows[model, id_], chance, self.database)

    def _count(self, way, client, before):
        with self.lock:
            self.counts[way] += client.calls - before


def ask_sweep(prober, probe):
    """List a whole model as a user."""
    login, model = probe
    client = prober.clients[login]
    before = client.calls
    answers = sweep(client, prober.plan, model)
    prober.judge("sweep", login, model, 0, answers)
    prober._count("sweep", client, before)


def ask(prober, probe):
    """Ask for a row of another in one way."""
    way, login, model, id_ = probe
    client = prober.clients[login]
    before = client.calls
    target = prober.target(probe)
    try:
        answers = READING[way](client, target)
    except Found as found:
        prober.leak(way, login, model, id_, target.row["root"], str(found))
        answers = []
    prober.judge(way, login, model, id_, answers)
    prober._count(way, client, before)


def push(prober, probe):
    """Try to change a row of another, and look at it in the database."""
    way, login, model, id_ = probe
    client = prober.clients[login]
    before = client.calls
    target = prober.target(probe)
    mark = prober.database.row(model, id_)
    if not mark:
        return  # an earlier push has deleted it, and was reported
    try:
        answers = WAYS[way](client, target)
    except Found as found:
        prober.leak(way, login, model, id_, target.row["root"], str(found))
        answers = []
    if mark != prober.database.row(model, id_):
        prober.leak(way, login, model, id_, target.row["root"], "changed")
    prober.judge(way, login, model, id_, answers)
    prober._count(way, client, before)


def push_out(prober, probe):
    """Try to give one's own row to another tenant, or link it to another's."""
    _way, login, model, id_ = probe
    client = prober.clients[login]
    before = client.calls
    target = prober.target(probe)
    companies, regions = prober.others(login)
    answers = []
    for way in (give_away, point_to_other):
        try:
            if way is give_away:
                answers = way(client, target, companies, regions)
            else:
                answers = way(client, target)
        except Found as found:
            prober.leak(way.__name__, login, model, id_, target.row["root"], str(found))
        prober.judge(way.__name__, login, model, id_, answers)
    prober._count("push_out", client, before)
