from psycopg2.errors import ReadOnlySqlTransaction

from odoo import api, fields, models
from odoo.tools import SQL

KEEP_VIEWS_FUNCTION = "leerbedrijf_keep_dossier_views"


class LeerbedrijfDossierView(models.Model):
    """Who looked at whose file: shown to the municipality of that person.

    A row an hour for each user, person and kind. Nobody changes or deletes a row, not
    even the superuser: a database trigger refuses it as long as the person's file
    exists. The rows go with the file, at the end of its retention term.
    """

    _name = "leerbedrijf.dossier.view"
    _description = "Look at a file"
    _inherit = ["leerbedrijf.private.mixin", "leerbedrijf.personal.mixin"]
    _order = "viewed_on desc, id desc"
    _rec_name = "participant_id"

    _person_path = "participant_id"
    _is_deleted_with_person = True

    company_id = fields.Many2one(string="Municipality", readonly=True)
    participant_id = fields.Many2one(
        "leerbedrijf.participant",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Who",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    viewer_company_id = fields.Many2one(
        "res.company",
        string="Worked for",
        required=True,
        readonly=True,
        ondelete="restrict",
        help="The organisation that the user worked for at that moment.",
    )
    viewed_on = fields.Datetime(string="When", required=True, readonly=True)
    kind = fields.Selection(
        [
            ("participant", "Participant"),
            ("enrolment", "Enrolment"),
            ("file", "File on request"),
            ("barrier", "Barrier"),
            ("level", "Level of Dutch"),
            ("invitation", "Invitation to a meeting"),
        ],
        string="What",
        required=True,
        readonly=True,
    )

    _once_an_hour = models.UniqueIndex(
        "(participant_id, user_id, viewer_company_id, kind,"
        " date_trunc('hour', viewed_on))",
        "This look has been recorded already.",
    )

    def init(self):
        result = super().init()
        self.env.cr.execute(
            SQL(
                """
                CREATE OR REPLACE FUNCTION %(function)s() RETURNS trigger AS $$
                BEGIN
                    IF TG_OP = 'DELETE' AND NOT EXISTS (
                        SELECT FROM leerbedrijf_participant
                         WHERE id = OLD.participant_id AND anonymised_on IS NULL
                    ) THEN
                        RETURN OLD;
                    END IF;
                    RAISE EXCEPTION 'Who looked at a file stays on record.'
                        USING ERRCODE = 'check_violation';
                END $$ LANGUAGE plpgsql;
                DROP TRIGGER IF EXISTS %(trigger)s ON %(table)s;
                CREATE TRIGGER %(trigger)s BEFORE UPDATE OR DELETE ON %(table)s
                    FOR EACH ROW EXECUTE FUNCTION %(function)s()
                """,
                function=SQL.identifier(KEEP_VIEWS_FUNCTION),
                trigger=SQL.identifier(f"{self._table}_append_only"),
                table=SQL.identifier(self._table),
            )
        )
        return result

    @api.model
    def _record(self, participants, kind):
        """Record that the current user looks at the files of `participants`.

        One statement, whatever their number.
        """
        if not participants.ids:
            return
        if self.env.cr.readonly:
            # Odoo repeats the request on the primary; the statement would say the
            # same, but leave an error in the log.
            raise ReadOnlySqlTransaction("A look at a file has to be recorded")
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO leerbedrijf_dossier_view (
                    participant_id, company_id, user_id, viewer_company_id, viewed_on,
                    kind, create_uid, create_date, write_uid, write_date
                )
                SELECT id, company_id, %(user)s, %(company)s, %(now)s,
                       %(kind)s, %(user)s, %(now)s, %(user)s, %(now)s
                  FROM leerbedrijf_participant WHERE id = ANY(%(ids)s)
                ON CONFLICT DO NOTHING
                """,
                ids=participants.ids,
                user=self.env.uid,
                company=self.env.company.id,
                now=SQL("now() AT TIME ZONE 'UTC'"),
                kind=kind,
            )
        )
