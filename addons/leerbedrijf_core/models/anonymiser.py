from collections import Counter

from odoo import api, models
from odoo.tools import SQL

# What hangs on a document, or on a message of it: model, column of the model's name,
# column of the id. Without a name column the id is that of a message.
ATTACHED = (
    ("mail.activity", "res_model", "res_id"),
    ("mail.followers", "res_model", "res_id"),
    ("rating.rating", "res_model", "res_id"),
    ("sms.sms", None, "mail_message_id"),
    ("snailmail.letter", None, "message_id"),
)


class LeerbedrijfAnonymiser(models.AbstractModel):
    """Takes the person out of everything that the database holds on participants.

    Which models that are is not written here: it is every model with the personal
    mixin. What hangs on their records (messages, files, activities, followers,
    appointments) goes whole. System code: nobody calls this with rights of its own.
    """

    _name = "leerbedrijf.anonymiser"
    _description = "Anonymising of participants"

    @api.model
    def _get_personal_models(self):
        """Every model that holds data of participants, the participant first."""
        names = [
            name
            for name, model in self.env.registry.items()
            if hasattr(model, "_person_path")
            and not model._abstract
            and not model._transient
        ]
        return [
            self.env[name]
            for name in sorted(names, key=lambda x: (len(self.env[x]._person_path), x))
        ]

    @api.model
    def _find_records(self, participants):
        """Everything on these participants: a recordset for each personal model."""
        return [
            model._find_of_people(participants) for model in self._get_personal_models()
        ]

    @api.model
    def _count(self, participants):
        """How much there is on the participants of this query, by model."""
        self.env.flush_all()
        counts = Counter()
        for model in self._get_personal_models():
            path = model._person_path or "id"
            found = model.with_context(active_test=False)._search(
                [(path, "in", participants)]
            )
            counts[model._name] += len(found)
            for name, column in (
                ("mail.message", "model"),
                ("ir.attachment", "res_model"),
            ):
                counts[name] += self._count_attached(name, column, model._name, found)
        return counts

    def _count_attached(self, name, column, model_name, found):
        self.env.cr.execute(
            SQL(
                "SELECT count(*) FROM %s WHERE %s = %s AND res_id IN %s",
                SQL.identifier(self.env[name]._table),
                SQL.identifier(column),
                model_name,
                found.subselect(),
            )
        )
        return self.env.cr.fetchone()[0]

    @api.model
    def _anonymise(self, participants):
        """Wipe all that there is on these participants; return counts by model."""
        self.env.flush_all()
        counts = Counter()
        for records in self._find_records(participants):
            counts[records._name] += len(records)
            counts.update(self._delete_attached(records))
            records._wipe()
        self.env.invalidate_all(flush=False)
        return counts

    # What hangs on the records --------------------------------------------------

    def _delete_attached(self, records):
        """Delete what hangs on these documents; return messages and files by number."""
        messages = self._find_attached("mail.message", records, "model")
        events = self._find_attached("calendar.event", records, "res_model")
        if events:
            self._delete_attached(events)
        files = self._find_files(records) | self._find_files_of_messages(messages)
        counts = {"mail.message": len(messages), "ir.attachment": len(files)}
        files.unlink()
        for name, model_column, id_column in ATTACHED:
            if name not in self.env:
                continue
            if model_column:
                found = self._find_attached(name, records, model_column, id_column)
            else:
                found = self._find_linked(name, id_column, messages)
            self._delete(found)
        self._delete(messages)
        self._delete(events)
        return counts

    def _find_attached(self, name, records, model_column, id_column="res_id"):
        return self._select(
            self.env[name],
            SQL(
                "%s = %s AND %s = ANY(%s)",
                SQL.identifier(model_column),
                records._name,
                SQL.identifier(id_column),
                records.ids,
            ),
        )

    def _find_linked(self, name, column, messages):
        return self._select(
            self.env[name],
            SQL("%s = ANY(%s)", SQL.identifier(column), messages.ids),
        )

    def _find_files(self, records):
        return self._find_attached("ir.attachment", records, "res_model")

    def _find_files_of_messages(self, messages):
        return self._find_files(messages) | self._select(
            self.env["ir.attachment"],
            SQL(
                "id IN (SELECT attachment_id FROM message_attachment_rel"
                " WHERE message_id = ANY(%s))",
                messages.ids,
            ),
        )

    def _select(self, model, where):
        """Straight from the table: searches of these models hide some of them."""
        self.env.cr.execute(
            SQL("SELECT id FROM %s WHERE %s", SQL.identifier(model._table), where)
        )
        return model.browse([id_ for (id_,) in self.env.cr.fetchall()])

    def _delete(self, records):
        if records:
            self.env.cr.execute(
                SQL(
                    "DELETE FROM %s WHERE id = ANY(%s)",
                    SQL.identifier(records._table),
                    records.ids,
                )
            )
