"""Asks every way in as every stranger, and judges the answers.

An answer with a canary that the user may not read is a leak, whoever was asked for.
"""

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from client import Client
from policy import PASSWORD
from probes import READING, Found, Target, sweep

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

    def users(self):
        """Everybody but the platform's administrator; "" is an anonymous visitor."""
        return {
            "": {"role": "visitor", "tenant": ""},
            **{
                login: user
                for login, user in self.plan["users"].items()
                if login != "platform"
            },
        }

    def log_in(self):
        with ThreadPoolExecutor(THREADS) as pool:
            list(pool.map(lambda client: client.open(), self.clients.values()))
        return self

    # What to ask

    def strangers(self, row):
        readers = set(row["readers"])
        return [login for login in self.clients if login not in readers]

    def sweeps(self):
        return [
            (login, model)
            for login in self.clients
            if login
            for model in self.plan["models"]
        ]

    def targeted(self):
        """Every (way, user, row) that must find nothing."""
        return [
            (way, login, number)
            for number, row in enumerate(self.plan["rows"])
            for login in self.strangers(row)
            for way in READING
        ]

    def sample(self, size):
        """A seeded part of them that still has every way, model and role in pairs."""
        everything = self.targeted()
        self.random.shuffle(everything)
        users = self.users()
        seen, chosen, others = set(), [], []
        for probe in everything:
            way, login, number = probe
            role = users[login]["role"]
            model = self.plan["rows"][number]["model"]
            pairs = {(way, model), (way, role), (model, role)}
            (others if pairs <= seen else chosen).append(probe)
            seen |= pairs
        return chosen + others[: max(size - len(chosen), 0)]

    # Asking

    def run(self, probes, ask):
        """Each user's probes one after the other, several users at once."""
        by_login = {}
        for probe in probes:
            by_login.setdefault(ask.login_of(probe), []).append(probe)

        def run_user(login):
            for probe in by_login[login]:
                ask(self, probe)

        with ThreadPoolExecutor(THREADS) as pool:
            list(pool.map(run_user, by_login))

    def judge(self, way, login, model, id_, answers):
        for answer in answers:
            for word in answer.words():
                known = self.plan["words"].get(word)
                if known and login not in known["readers"]:
                    shown = f"{known['model']}.{known['field']}"
                    self._leak(way, login, model, id_, known["root"], shown, word)

    def _leak(self, *parts):
        self.leaks.append(Leak(*parts))


def ask_sweep(prober, probe):
    login, model = probe
    client = prober.clients[login]
    before = client.calls
    answers = sweep(client, prober.plan, model)
    prober.judge("sweep", login, model, 0, answers)
    prober.counts["sweep"] += client.calls - before


ask_sweep.login_of = lambda probe: probe[0]


def ask_target(prober, probe):
    way, login, number = probe
    client = prober.clients[login]
    row = prober.plan["rows"][number]
    before = client.calls
    chance = random.Random(f"{prober.seed} {probe}")
    target = Target(prober.plan, row, chance)
    try:
        answers = READING[way](client, target)
    except Found as found:
        prober._leak(way, login, row["model"], row["id"], row["root"], str(found))
        answers = []
    prober.judge(way, login, row["model"], row["id"], answers)
    prober.counts[way] += client.calls - before


ask_target.login_of = lambda probe: probe[1]
