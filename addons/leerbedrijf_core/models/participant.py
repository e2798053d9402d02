from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .cohort import SEAT_STATES
from .enrolment import OPEN_STATES


class LeerbedrijfParticipant(models.Model):
    """A person of a municipality on the way to work. Never a contact (res.partner).

    Only the owner reads it. A leerbedrijf knows the person through the enrolment, as a
    whitelist of fields, for as long as its purpose lasts.
    """

    _name = "leerbedrijf.participant"
    _description = "Participant"
    _inherit = [
        "leerbedrijf.private.mixin",
        "leerbedrijf.dossier.mixin",
        "leerbedrijf.personal.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "name, id"
    _rec_names_search = ["name", "code", "client_number"]
    _label_fields = ("name", "code")

    _dossier_fields = frozenset(
        {
            *("client_number", "birthdate", "email", "phone", "motivation", "zip"),
            *("interests", "childcare", "childcare_date", "digital_skills"),
            *("study_finance", "may_work", "may_work_until"),
            *("conduct_state", "conduct_date"),
        }
    )

    name = fields.Char(required=True)
    code = fields.Char(required=True, readonly=True, copy=False, default="/")
    active = fields.Boolean(default=True)
    client_number = fields.Char(
        help="The municipality's own number of this person. Never the BSN."
    )
    birthdate = fields.Date(string="Date of birth")
    city = fields.Char()
    email = fields.Char()
    phone = fields.Char()
    work_coach_id = fields.Many2one(
        "res.users",
        default=lambda self: self.env.user,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        index="btree_not_null",
        tracking=True,
    )
    language_level = fields.Selection(
        [
            ("a0", "Below A1"),
            ("a1", "A1"),
            ("a2", "A2"),
            ("b1", "B1"),
            ("b2", "B2 or higher"),
        ],
        string="Dutch language",
    )
    motivation = fields.Text(help="What the person wants and can; no diagnosis.")
    enrolment_ids = fields.One2many(
        "leerbedrijf.enrolment", "participant_id", string="Enrolments"
    )
    enrolment_count = fields.Integer(compute="_compute_enrolment_count")
    status = fields.Selection(
        [
            ("candidate", "Candidate"),
            ("proposed", "Proposed"),
            ("participant", "Participant"),
            ("unplaced", "Not placed"),
            ("former", "Former participant"),
        ],
        compute="_compute_status",
        store=True,
    )

    dossier_view_ids = fields.One2many(
        "leerbedrijf.dossier.view", "participant_id", string="Looked at"
    )
    dossier_view_count = fields.Integer(compute="_compute_dossier_view_count")

    # The list of a municipality: its people by name, without sorting all of them.
    _company_name_idx = models.Index("(company_id, name, id) WHERE active IS TRUE")
    _code_uniq = models.UniqueIndex(
        "(code)", "Another participant has this code already."
    )
    _client_number_uniq = models.UniqueIndex(
        "(company_id, client_number) WHERE client_number IS NOT NULL",
        "Your organisation has a participant with this client number already. Open "
        "that one instead of making a second.",
    )

    def _get_stranger_label(self):
        return self.code

    @api.depends("enrolment_ids")
    def _compute_enrolment_count(self):
        for participant in self:
            participant.enrolment_count = len(participant.enrolment_ids)

    @api.depends("enrolment_ids.state")
    def _compute_status(self):
        for participant in self:
            states = set(participant.enrolment_ids.mapped("state"))
            if states & set(SEAT_STATES):
                participant.status = "participant"
            elif states & set(OPEN_STATES):
                participant.status = "proposed"
            elif not states:
                participant.status = "candidate"
            else:
                last = participant.enrolment_ids.sorted("id")[-1].state
                is_former = last == "ended"
                participant.status = "former" if is_former else "unplaced"

    def _compute_dossier_view_count(self):
        counts = dict(
            self.env["leerbedrijf.dossier.view"]._read_group(
                [("participant_id", "in", self.ids)], ["participant_id"], ["__count"]
            )
        )
        for participant in self:
            participant.dossier_view_count = counts.get(participant._origin, 0)

    def _get_dossier_participants(self):
        return self

    @api.constrains("birthdate")
    def _check_birthdate(self):
        today = fields.Date.context_today(self)
        if any(person.birthdate and person.birthdate > today for person in self):
            raise ValidationError(
                self.env._("The date of birth lies in the future. Correct it.")
            )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("code", "/") == "/":
                vals["code"] = self.env["ir.sequence"].next_by_code(self._name)
        return super().create(vals_list)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_enrolled(self):
        if self.enrolment_ids:
            raise UserError(
                self.env._(
                    "%(name)s has taken part in a cohort, so the file cannot be "
                    "deleted. Archive it instead.",
                    name=self.enrolment_ids[:1].participant_id.name,
                )
            )

    def action_view_enrolments(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "leerbedrijf_core.enrolment_action"
        )
        domain = [("participant_id", "=", self.id)]
        return {**action, "domain": domain, "context": {}}

    def action_view_dossier_views(self):
        """Who looked at this file, last first."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "leerbedrijf_core.dossier_view_action"
        )
        return {
            **action,
            "domain": [("participant_id", "=", self.id)],
            "context": {},
        }

    def action_propose(self):
        """Open the proposal of this candidate to a cohort."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Propose to a cohort"),
            "res_model": "leerbedrijf.enrolment",
            "view_mode": "form",
            "views": [
                (
                    self.env.ref("leerbedrijf_core.enrolment_view_form_propose").id,
                    "form",
                )
            ],
            "target": "new",
            "context": {"default_participant_id": self.id},
        }
