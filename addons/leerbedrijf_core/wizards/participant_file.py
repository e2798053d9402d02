import base64
import io
import json
import re
import zipfile

from odoo import SUPERUSER_ID, api, fields, models
from odoo.tools import format_date, format_datetime, html2plaintext

# How the person reads it, if the database knows Dutch.
LANGUAGE = "nl_NL"

# Columns that tell nothing of the person.
TECHNICAL = frozenset(
    {"active", "id", "create_uid", "create_date", "write_uid", "write_date"}
)
# Of Odoo's own tables only what their declaration names, and this.
ALSO = {"account.analytic.line": ("unit_amount", "task_id")}
# Fields of what hangs on the records: model, column of its model's name, fields.
ATTACHED = (
    ("mail.message", "model", ("date", "author_id", "subject", "body")),
    ("mail.activity", "res_model", ("date_deadline", "user_id", "summary", "note")),
    ("calendar.event", "res_model", ("start", "stop", "name", "description")),
    ("ir.attachment", "res_model", ("create_date", "name", "mimetype")),
)


class LeerbedrijfParticipantFile(models.TransientModel):
    """Everything that is kept on a person, to hand over on request (GDPR, article 15).

    A ZIP with a readable PDF, the files, and the same data for a machine. It is made
    when it is downloaded and kept nowhere. Making this record is the look that the
    municipality's list shows; without it there is no download.
    """

    _name = "leerbedrijf.participant.file"
    _description = "File of a person on request"
    _transient_max_hours = 1.0

    _tenancy_kind = "private"

    participant_id = fields.Many2one(
        "leerbedrijf.participant", required=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="participant_id.company_id")
    content = fields.Binary(compute="_compute_content", compute_sudo=False)

    @api.model_create_multi
    def create(self, vals_list):
        requests = super().create(vals_list)
        requests.participant_id.check_access("read")
        self.env["leerbedrijf.dossier.view"]._record(requests.participant_id, "file")
        return requests

    def action_download(self):
        self.ensure_one()
        name = self.participant_id.code
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content?model={self._name}&id={self.id}&field=content"
            f"&download=true&filename=dossier-{name}.zip&mimetype=application/zip",
            "target": "self",
        }

    @api.depends("participant_id")
    def _compute_content(self):
        for request in self:
            request.participant_id.check_access("read")
            request.content = base64.b64encode(request._get_complete()._make_zip())

    def _get_complete(self):
        """This request with all the person's data within reach, in Dutch."""
        lang = LANGUAGE if LANGUAGE in self._get_languages() else self.env.lang
        # Superuser: the person has a right to all of it, also to what the
        # leerwerkbedrijf keeps. Callers checked that the user may read the person.
        return self.with_user(SUPERUSER_ID).with_context(lang=lang)

    def _get_languages(self):
        return dict(self.env["res.lang"].get_installed())

    def _make_zip(self):
        buffer = io.BytesIO()
        report = self.env["ir.actions.report"]
        pdf, _type = report._render_qweb_pdf(
            "leerbedrijf_core.participant_file_report", self.ids
        )
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("dossier.pdf", pdf)
            archive.writestr("dossier.json", self._make_json())
            for file in self._get_files():
                archive.writestr(self._get_path(file), file.raw or b"")
        return buffer.getvalue()

    def _make_json(self):
        data = {
            "code": self.participant_id.code,
            "made_on": fields.Datetime.to_string(fields.Datetime.now()),
            "sections": [
                {
                    "table": section["model"],
                    "records": [
                        {line["name"]: line["value"] for line in lines}
                        for lines in section["records"]
                    ],
                }
                for section in self._get_sections()
            ],
        }
        return json.dumps(data, ensure_ascii=False, indent=2, default=str)

    def _get_path(self, file):
        """A name that is safe on every file system and never twice."""
        name = re.sub(r"[^\w.() -]", "_", file.name or "")[-100:]
        return f"bestanden/{file.id}-{name}"

    # What is in it -------------------------------------------------------------

    def _get_records(self):
        """A recordset of each model that has something on the person."""
        found = self.env["leerbedrijf.anonymiser"]._find_records(self.participant_id)
        return [records for records in found if records]

    def _get_sections(self):
        """Title and records of each table; a record is a list of filled fields."""
        sections = [
            self._get_section(records, self._get_names(records))
            for records in self._get_records()
            if records._name != "leerbedrijf.dossier.view"
        ]
        for name, column, names in ATTACHED:
            attached = self._find_attached(name, column)
            if name == "ir.attachment":
                attached = self._get_files()
            if attached:
                sections.append(self._get_section(attached, names))
        return sections

    def _find_attached(self, name, column):
        anonymiser = self.env["leerbedrijf.anonymiser"]
        found = self.env[name]
        for records in self._get_records():
            found |= anonymiser._find_attached(name, records, column)
        return found.sorted("id")

    def _get_files(self):
        """Without the pictures that Odoo draws itself, and smaller copies."""
        return self._find_attached("ir.attachment", "res_model").filtered(
            lambda file: (
                not file.res_field
                or (file.res_field == "image_1920" and "svg" not in file.mimetype)
            )
        )

    def _get_names(self, records):
        """The columns that may tell something of the person."""
        declared = records._get_wiped_fields() | records._get_kept_fields()
        declared = {*declared, *ALSO.get(records._name, ())}
        is_ours = records._name.startswith("leerbedrijf.")
        return [
            name
            for name in records._fields
            if (
                records._is_column(name) or (is_ours and self._is_choice(records, name))
            )
            and name not in TECHNICAL
            and (is_ours or records._is_deleted_with_person or name in declared)
            and not self._is_itself(records._fields[name])
        ]

    def _is_choice(self, records, name):
        """Several out of a list, such as the days on which the person can come."""
        field = records._fields[name]
        return field.type == "many2many" and field.store

    def _is_itself(self, field):
        """A link to another record of the same person."""
        model = self.env.get(field.comodel_name)
        return field.type == "many2one" and hasattr(model, "_person_path")

    def _get_section(self, records, names):
        title = self.env["ir.model"]._get(records._name).name
        lines = [self._get_lines(record, names) for record in records]
        return {"model": records._name, "title": title, "records": lines}

    def _get_lines(self, record, names):
        lines = []
        for name in names:
            text = self._format(record, name)
            if text:
                field = record._fields[name]
                lines.append(
                    {
                        "name": name,
                        "label": field._description_string(self.env),
                        "value": self._get_value(record, name),
                        "text": text,
                    }
                )
        return lines

    def _get_value(self, record, name):
        value = record[name]
        if isinstance(value, models.BaseModel):
            return ", ".join(value.mapped("display_name"))
        return value

    def _format(self, record, name):
        """The value as a person reads it; empty for what is not filled."""
        field, value = record._fields[name], record[name]
        if not value or field.type == "binary":
            return ""
        formats = {
            "many2one": lambda: value.display_name,
            "many2many": lambda: self._get_value(record, name),
            "selection": lambda: dict(field._description_selection(self.env))[value],
            "date": lambda: format_date(self.env, value),
            "datetime": lambda: format_datetime(self.env, value, dt_format="short"),
            "html": lambda: html2plaintext(value),
            "boolean": lambda: self.env._("Yes"),
            "float": lambda: f"{value:g}".replace(".", ","),
        }
        return str(formats[field.type]() if field.type in formats else value)

    def _get_lookers(self):
        """Which organisations looked at the file: how often, and when last."""
        groups = self.env["leerbedrijf.dossier.view"]._read_group(
            [("participant_id", "=", self.participant_id.id)],
            ["viewer_company_id"],
            ["__count", "viewed_on:max"],
        )
        return [
            (company.name, count, format_date(self.env, last))
            for company, count, last in groups
        ]

    def _get_processings(self):
        """What the register says of the tables that are in it."""
        names = {records._name for records in self._get_records()}
        register = self.env["leerbedrijf.processing"].search([("active", "=", True)])
        return register.filtered(lambda processing: processing._get_models() & names)
