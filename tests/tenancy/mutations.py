"""Takes every guard of ours away, one at a time, and looks whether the probes see it.

A guard is a record rule, an access line, a group, or a column that never changes (the
check in Python together with the database's trigger). It is taken away in the
database under the running servers, whose caches are told, and put back after. Only the
probes of its model are run, and they stop at the first that sees it.
"""

import itertools
from contextlib import contextmanager, suppress

import psycopg2
from known_open import KNOWN_OPEN

ENOUGH = 300  # probes of a way, if the first ones see nothing
#: the ways that a rule, once gone, opens first
READS = ("search_count", "read", "search_by_text")
PUSHES = {
    "W": ("write_text", "writers"),
    "C": ("create_like", "writers"),
    "D": ("unlink", "deleters"),
}
LETTERS = {"R": "read", "W": "write", "C": "create", "D": "unlink"}
CACHES = "SELECT tablename FROM pg_tables WHERE tablename LIKE 'orm\\_signaling\\_%'"


class Mutations:
    """The mutants of one kind of guard each, and who sees them."""

    def __init__(self, prober, ask, push, sweep):
        self.prober = prober
        self.plan = prober.plan
        self.database = prober.database
        self.ask, self.push, self.sweep = ask, push, sweep

    # What is taken away --------------------------------------------------------------

    @contextmanager
    def without(self, table, id_):
        """A rule or access line that no longer counts."""
        self._set(f"UPDATE {table} SET active = false WHERE id = %s", id_)
        try:
            yield
        finally:
            self._set(f"UPDATE {table} SET active = true WHERE id = %s", id_)

    @contextmanager
    def without_group(self, id_):
        """A role that nobody has any more, and that no other role implies."""
        links = {
            "res_groups_users_rel": ("gid", "uid"),
            "res_groups_implied_rel": ("hid", "gid"),
        }
        taken = {}
        for table, (mine, other) in links.items():
            taken[table] = self.database.ask(
                f"DELETE FROM {table} WHERE {mine} = %s RETURNING {mine}, {other}", id_
            )
        self._signal()
        try:
            yield
        finally:
            for table, (mine, other) in links.items():
                for pair in taken[table]:
                    self.database.ask(
                        f"INSERT INTO {table} ({mine}, {other}) VALUES (%s, %s)", *pair
                    )
            self._signal()

    @contextmanager
    def without_trigger(self, table, column):
        trigger = f"{table}_{column}_write_once"[:63]
        self.database.ask(f'ALTER TABLE "{table}" DISABLE TRIGGER "{trigger}"')
        try:
            yield
        finally:
            self.database.ask(f'ALTER TABLE "{table}" ENABLE TRIGGER "{trigger}"')

    def _set(self, statement, id_):
        self.database.ask(statement, id_)
        self._signal()

    def _signal(self):
        """Tell the servers, as another server would."""
        for (table,) in self.database.ask(CACHES):
            if table != "orm_signaling_registry":
                self.database.ask(f"INSERT INTO {table} DEFAULT VALUES")

    # Who sees it -------------------------------------------------------------------

    def is_asked(self, model, modes):
        """The first thing that a stranger now reads or changes of the model."""
        for probes, run in self._probes(model, modes):
            for probe in self._nearest_first(probes)[:ENOUGH]:
                before = len(self.prober.leaks)
                run(self.prober, probe)
                new = self.prober.leaks[before:]
                del self.prober.leaks[before:]
                # what leaks with every guard in place says nothing of a mutant
                new = [
                    leak
                    for leak in new
                    if not any(known.matches(leak) for known in KNOWN_OPEN)
                ]
                if new:
                    return str(new[0])
        return None

    def counts(self, model):
        """How much of a model each role of the first tenants finds."""
        return {
            login: self.prober.clients[login].call(model, "search_count", []).result
            for login in self.prober.askers()
            if login.endswith((".a1", ".a3"))
        }

    def _nearest_first(self, probes):
        """Of colleagues in another role, of the region and of elsewhere in turn: what a
        rule keeps from colleagues, strangers do not see for another reason."""
        self.prober.random.shuffle(probes)
        by_distance = {}
        for probe in probes:
            by_distance.setdefault(self._distance(probe), []).append(probe)
        turns = itertools.zip_longest(*by_distance.values())
        return [probe for turn in turns for probe in turn if probe]

    def _distance(self, probe):
        if len(probe) == 2:  # a list of a model
            return 0
        way, login, model, id_ = probe
        tenant = self.plan["users"][login]["tenant"]
        row = self.prober.rows[model, id_]
        owners = row["owners"]
        is_near = tenant in owners or tenant[:1] in {owner[0] for owner in owners}
        return way, (tenant in owners) + is_near, row["root"], bool(row["readers"])

    def moved(self, model, column):
        """Whether somebody can give the column of an own row another value."""
        comodel = self.plan["models"][model]["relations"][column][1]
        for row in self.plan["rows"]:
            if row["model"] != model:
                continue
            now = self.database.values(model, row["id"]).get(column)
            others = [
                other["id"]
                for other in self.plan["rows"]
                if other["model"] == comodel and other["id"] != now
            ]
            for login in row["writers"][:2]:
                for other in others[:6] if now else ():
                    client = self.prober.clients[login]
                    client.call(model, "write", [row["id"]], {column: other})
                    if self.database.values(model, row["id"])[column] != now:
                        return True
        return False

    def moved_by_sql(self, model, column):
        """Whether the database lets somebody who needs no Odoo change the column."""
        comodel = self.plan["models"][model]["relations"][column][1]
        table = self.plan["models"][model]["table"]
        rows = [row["id"] for row in self.plan["rows"] if row["model"] == model]
        others = [row["id"] for row in self.plan["rows"] if row["model"] == comodel]
        for id_ in rows:
            now = self.database.values(model, id_).get(column)
            other = next((each for each in others if now and each != now), None)
            if other:
                statement = f'UPDATE "{table}" SET "{column}" = %s WHERE id = %s'
                with suppress(psycopg2.Error):
                    self.database.ask(statement, other, id_)
                return self.database.values(model, id_)[column] == other
        return False

    def _probes(self, model, modes):
        """The probes of the modes that the rule was for."""
        if "R" in modes:
            yield self._of(model, READS, "readers"), self.ask
            yield self._neighbours(model), self.sweep
        info = self.plan["models"].get(model, {"view": True})
        for letter, (way, among) in PUSHES.items():
            if letter in modes and not info["view"]:
                yield self._of(model, (way,), among), self.push

    def _neighbours(self, model):
        """Lists of what points to it: there its name shows."""
        return [
            (login, other)
            for other, info in self.plan["models"].items()
            for login in self.prober.askers()
            if login
            and any(comodel == model for _kind, comodel in info["relations"].values())
        ]

    def _of(self, model, ways, among):
        return [
            (way, login, model, row["id"])
            for way in ways
            for row in self.plan["rows"]
            if row["model"] == model
            for login in self.prober.strangers(row, among)
            if login
        ]

    def uncovered(self, model):
        """Ways of use of a model of ours that no global rule looks at."""
        if not self.plan["models"].get(model, {"ours": True})["ours"]:
            return None
        covered = self.database.ask(
            "SELECT bool_or(perm_read), bool_or(perm_write), bool_or(perm_create), "
            "bool_or(perm_unlink) FROM ir_rule r JOIN ir_model m ON m.id = r.model_id "
            "WHERE m.model = %s AND r.active AND NOT EXISTS "
            "(SELECT FROM rule_group_rel g WHERE g.rule_group_id = r.id)",
            model,
        )
        missing = [
            name
            for name, is_covered in zip(LETTERS.values(), covered[0], strict=True)
            if not is_covered
        ]
        return f"no global rule for {', '.join(missing)}" if missing else None

    def rights_changed(self, model=None):
        """Rights that differ from docs/security-matrix.md."""
        return next(self.wrong_rights(model), None)

    def wrong_rights(self, model=None):
        roles = {}
        for login, user in self.plan["users"].items():
            roles.setdefault(user["role"], login)
        for name, by_role in self.plan["matrix"].items():
            if model and name != model:
                continue
            for role, letters in by_role.items():
                if role not in roles:
                    continue
                client = self.prober.clients[roles[role]]
                for letter, operation in LETTERS.items():
                    answer = client.call(name, "has_access", [], operation)
                    self.prober.counts["has_access"] += 1
                    if answer.result is not (letter in letters):
                        yield f"{role} may {operation} {name}: {answer.result}"
