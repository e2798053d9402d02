"""Looks at the tenants' rows past Odoo: what a push changed, what it left behind."""

import psycopg2

#: a regional record may be started by a neighbour for its owner
MADE_FOR_NEIGHBOURS = {
    "leerbedrijf_agreement",
    "leerbedrijf_cohort",
    "leerbedrijf_cohort_phase",
    "leerbedrijf_pledge",
    "leerbedrijf_pledge_change",
    "leerbedrijf_signatory",
}
#: a log for the owner of what others do, made by the system
KEPT_FOR_OTHERS = {"leerbedrijf_dossier_view"}
DOCUMENTS = {
    "ir_attachment": "res_model",
    "mail_activity": "res_model",
    "mail_followers": "res_model",
    "mail_message": "model",
    "mail_scheduled_message": "model",
}


class Database:
    def __init__(self, name, plan):
        # an empty host lets libpq read PGHOST
        self.connection = psycopg2.connect(dbname=name)
        self.connection.autocommit = True
        self.plan = plan
        self.tables = {
            info["table"]: model
            for model, info in plan["models"].items()
            if not info["view"]
        }
        self.tenant_of_company = {
            user["company_id"]: user["tenant"]
            for user in plan["users"].values()
            if user["tenant"]
        }
        self.user_of_id = {user["id"]: login for login, user in plan["users"].items()}
        self.last = self._last()

    def ask(self, query, *values):
        with self.connection.cursor() as cursor:
            cursor.execute(query, values or None)
            return cursor.fetchall() if cursor.description else []

    def close(self):
        self.connection.close()

    # Rows that were there --------------------------------------------------------

    def row(self, model, id_):
        """A fingerprint of one row; None if it has gone."""
        table = self.plan["models"][model]["table"]
        found = self.ask(f'SELECT md5(t::text) FROM "{table}" t WHERE id = %s', id_)
        return found[0][0] if found else None

    def values(self, model, id_):
        """The columns of one row, as a form of the client would send them."""
        info = self.plan["models"][model]
        columns = [name for name in info["columns"] if name not in MAGIC]
        names = ", ".join(f'"{name}"' for name in columns)
        query = f'SELECT {names} FROM "{info["table"]}" WHERE id = %s'
        # none if an earlier push has deleted it, and was reported
        rows = self.ask(query, id_)
        return dict(zip(columns, rows[0], strict=True)) if rows else {}

    def snapshot(self):
        """Of each planted row a mark of what it says, and when it was written."""
        ids = {}
        for row in self.plan["rows"]:
            ids.setdefault(row["model"], []).append(row["id"])
        return {
            (model, id_): (mark, written)
            for table, model in self.tables.items()
            for id_, mark, written in self.ask(
                "SELECT id, md5((to_jsonb(t) - %s::text[])::text), "
                f"to_jsonb(t) ->> 'write_date' FROM \"{table}\" t WHERE id = ANY(%s)",
                sorted(MAGIC),
                ids.get(model, []),
            )
        }

    def is_by_its_own(self, key, before, after):
        """Whether somebody who may write the row did so: on the way to another's row a
        probe writes rows of its own."""
        model, id_ = key
        row = self.row(model, id_)
        if not row or before[1] == after[1]:  # by nobody, so past the ORM
            return False
        query = f'SELECT write_uid FROM "{self.plan["models"][model]["table"]}" '
        [[uid]] = self.ask(f"{query}WHERE id = %s", id_)
        planned = {(r["model"], r["id"]): r["writers"] for r in self.plan["rows"]}
        return self.user_of_id.get(uid) in planned.get(key, ())

    def last_writer(self, key):
        """A row, and who wrote it last, for who looks for the cause."""
        model, id_ = key
        info = self.plan["models"][model]
        if "write_uid" not in info["columns"] or not self.row(model, id_):
            return f"{model}({id_}), deleted or without a writer"
        query = f'SELECT write_uid FROM "{info["table"]}" WHERE id = %s'
        [[uid]] = self.ask(query, id_)
        return f"{model}({id_}) by {self.user_of_id.get(uid, uid)}"

    # Rows that were made -----------------------------------------------------------

    def _last(self):
        return {
            table: self.ask(f'SELECT coalesce(max(id), 0) FROM "{table}"')[0][0]
            for table in self.tables
        }

    def smuggled(self):
        """New rows that belong to a tenant that their maker does not work for, or hang
        on a record that their maker may not read."""
        found = []
        for table, model in self.tables.items():
            columns = self.plan["models"][model]["columns"]
            if table in KEPT_FOR_OTHERS:
                continue
            if "company_id" in columns and "create_uid" in columns:
                found += self._for_others(table)
            if table in DOCUMENTS and "create_uid" in columns:
                found += self._hung_on_others(table)
        return found

    def _for_others(self, table):
        made = self.ask(
            f'SELECT id, company_id, create_uid FROM "{table}" WHERE id > %s',
            self.last[table],
        )
        for id_, company, maker in made:
            owner = self.tenant_of_company.get(company)
            login = self.user_of_id.get(maker)
            if owner and login and not self._may_make(table, login, owner):
                yield f"{login} made {table}({id_}) for tenant {owner}"

    def _may_make(self, table, login, owner):
        tenant = self.plan["users"][login]["tenant"]
        if table in MADE_FOR_NEIGHBOURS:
            return tenant[:1] == owner[0]
        return tenant == owner

    def _hung_on_others(self, table):
        readers = {
            (row["model"], row["id"]): row["readers"] for row in self.plan["rows"]
        }
        made = self.ask(
            f'SELECT id, {DOCUMENTS[table]}, res_id, create_uid FROM "{table}" '
            "WHERE id > %s",
            self.last[table],
        )
        for id_, model, document, maker in made:
            login = self.user_of_id.get(maker)
            known = readers.get((model, document))
            if login and known is not None and login not in known:
                yield f"{login} hung {table}({id_}) on {model}({document})"


MAGIC = {
    *("id", "create_uid", "create_date", "write_uid", "write_date"),
    *("parent_path", "access_token", "message_main_attachment_id"),
}
