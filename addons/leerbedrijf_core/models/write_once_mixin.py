from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..tools import is_other_value

REFUSE_CHANGE_FUNCTION = "leerbedrijf_refuse_change"


class LeerbedrijfWriteOnceMixin(models.AbstractModel):
    """Columns that never change once they are filled: owner, person, parent.

    A change would push the record into a tenant that the writer may not even see,
    because Odoo checks the rules before a write only. Both Python (a clear sentence)
    and a database trigger (whatever the path) refuse it.
    """

    _name = "leerbedrijf.write.once.mixin"
    _description = "Record with columns that never change"

    _write_once_columns = ()

    @api.model
    def _refuse_change_sql(self, column):
        """The statements that make `column` of this model's table write-once."""
        trigger = SQL.identifier(f"{self._table}_{column}_write_once"[:63])
        table = SQL.identifier(self._table)
        col = SQL.identifier(column)
        return SQL(
            """
            DROP TRIGGER IF EXISTS %(trigger)s ON %(table)s;
            CREATE TRIGGER %(trigger)s BEFORE UPDATE OF %(col)s ON %(table)s
            FOR EACH ROW WHEN (
                OLD.%(col)s IS NOT NULL AND OLD.%(col)s IS DISTINCT FROM NEW.%(col)s
            ) EXECUTE FUNCTION %(function)s()
            """,
            trigger=trigger,
            table=table,
            col=col,
            function=SQL.identifier(REFUSE_CHANGE_FUNCTION),
        )

    def init(self):
        if self._abstract or not self._auto:
            return
        self.env.cr.execute(
            SQL(
                """
                CREATE OR REPLACE FUNCTION %s() RETURNS trigger AS $$
                BEGIN
                    RAISE EXCEPTION 'The owner of a %% cannot change.', TG_TABLE_NAME
                        USING ERRCODE = 'check_violation';
                END $$ LANGUAGE plpgsql
                """,
                SQL.identifier(REFUSE_CHANGE_FUNCTION),
            )
        )
        for column in self._write_once_columns:
            self.env.cr.execute(self._refuse_change_sql(column))

    def write(self, vals):
        self._check_write_once(vals)
        return super().write(vals)

    def _check_write_once(self, vals):
        for column in self._write_once_columns:
            if column not in vals:
                continue
            changed = self.filtered(column).filtered(
                lambda record, column=column: is_other_value(
                    record, column, vals[column]
                )
            )
            if changed:
                raise UserError(
                    self.env._(
                        "“%(field)s” of %(record)s cannot change. Make a new record "
                        "instead.",
                        field=self._fields[column]._description_string(self.env),
                        record=changed[:1].display_name,
                    )
                )
