from odoo import api, fields, models
from odoo.exceptions import UserError

# How a case ends, by the job that was found; further study is none.
OUTCOMES = {
    "bbl": "leerbedrijf_core.outcome_bbl_next",
    "regular_job": "leerbedrijf_core.outcome_regular_job",
    "study": "leerbedrijf_core.outcome_further_study",
}


class LeerbedrijfFallbackOption(models.Model):
    """Something that was proposed to a participant without a place, and the answer.

    The answers are the log: who refused, why, when, and who wrote it down. They change
    by the buttons alone, once.
    """

    _name = "leerbedrijf.fallback.option"
    _description = "Possibility for a participant without a place"
    _inherit = ["leerbedrijf.enrolment.child.mixin"]
    _order = "fallback_id, sequence, id"
    _rec_name = "kind"
    _label_fields = ("name",)

    _write_once_columns = ("enrolment_id", "fallback_id")
    _tenant_columns = (
        "company_id",
        "leerbedrijf_id",
        "access_leerbedrijf_id",
        "enrolment_id",
    )

    fallback_id = fields.Many2one(
        "leerbedrijf.fallback", required=True, index=True, ondelete="cascade"
    )
    enrolment_id = fields.Many2one(
        related="fallback_id.enrolment_id", store=True, precompute=True
    )
    case_state = fields.Selection(related="fallback_id.state", string="Case")
    sequence = fields.Integer()
    kind = fields.Selection(
        [
            ("place", "Place of another employer"),
            ("bbl", "BBL job of the next level"),
            ("study", "Further study"),
        ],
        required=True,
    )
    pledge_id = fields.Many2one(
        "leerbedrijf.pledge",
        string="Promised place",
        index="btree_not_null",
        ondelete="cascade",
    )
    name = fields.Char(string="Possibility", compute="_compute_name")
    reasons = fields.Text(string="Why it fits, or not")
    state = fields.Selection(
        [("proposed", "To discuss"), ("refused", "Refused"), ("chosen", "Chosen")],
        required=True,
        default="proposed",
    )
    refused_by = fields.Selection(
        [("participant", "The participant"), ("employer", "The employer")],
        string="Refused by",
    )
    answer = fields.Text(string="Why refused")
    answered_on = fields.Date(string="On")
    user_id = fields.Many2one("res.users", string="By")
    placement_id = fields.Many2one(
        "leerbedrijf.placement", index="btree_not_null", ondelete="set null"
    )

    _place_has_pledge = models.Constraint(
        "CHECK((kind = 'place') = (pledge_id IS NOT NULL))",
        "A place of another employer is one that was promised.",
    )

    @api.depends("kind", "pledge_id")
    def _compute_name(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for option in self:
            pledge = option.pledge_id
            option.name = (
                f"{pledge.partner_id.name} · {pledge.function}"
                if pledge
                else labels.get(option.kind)
            )

    def _get_label(self):
        return self.name

    def _get_wiped_fields(self):
        return super()._get_wiped_fields() | {"reasons": None, "answer": None}

    def _get_kept_fields(self):
        return super()._get_kept_fields() | {
            "kind": "Statistics: what people without a place went on to.",
            "state": "Statistics: what people without a place went on to.",
            "refused_by": "Statistics: who refuses.",
            "answered_on": "Statistics: how long it takes to find another place.",
        }

    def action_refuse(self):
        """Ask who refuses, and why."""
        return self._ask(
            "leerbedrijf.fallback.refusal",
            self.env._("Refused"),
            default_fallback_id=self.fallback_id.id,
        )

    def action_choose(self):
        """Ask what is needed to make it so: where, from when, how many hours."""
        return self._ask("leerbedrijf.fallback.choice", self.env._("Choose"))

    def _ask(self, model, title, **context):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": model,
            "view_mode": "form",
            "target": "new",
            "context": {"default_option_id": self.id, **context},
        }

    def _refuse(self, refused_by, reason):
        self._check_to_answer()
        self._set_answer("refused", refused_by=refused_by, answer=reason)
        labels = dict(self._fields["refused_by"]._description_selection(self.env))
        self.enrolment_id.message_post(
            body=self.env._(
                "%(option)s: refused by %(who)s. %(why)s",
                option=self.name,
                who=labels[refused_by].lower(),
                why=reason,
            )
        )

    def _choose(self, **placement):
        """Make it so. `placement` holds kind, partner_id, date_start and
        hours_per_week of the job; none for further study."""
        self._check_to_answer()
        job = self._make_placement(placement) if placement else None
        self._set_answer("chosen", placement_id=job and job.id)
        self.fallback_id._finish("chosen")
        self._update_enrolment(job)
        self.enrolment_id.message_post(
            body=self.env._("Chosen: %(option)s.", option=self.name)
        )

    def _check_to_answer(self):
        self.ensure_one()
        self.fallback_id.check_access("write")
        self.fallback_id._check_open()
        if self.state != "proposed":
            raise UserError(
                self.env._(
                    "%(option)s has an answer already, and that stays in the log.",
                    option=self.name,
                )
            )

    def _set_answer(self, state, **values):
        # Superuser: answers are written here alone; our callers checked the case.
        self.sudo().write(
            {
                "state": state,
                "answered_on": fields.Date.context_today(self),
                "user_id": self.env.uid,
                **values,
            }
        )

    def _make_placement(self, values):
        if self.pledge_id:
            self._check_place_is_open()
        # Superuser: a municipality makes no placements, but the case is worked on by
        # both sides, and the caller may write it. The job hangs on its enrolment.
        return (
            self.env["leerbedrijf.placement"]
            .sudo()
            .create(
                {
                    **values,
                    "enrolment_id": self.enrolment_id.id,
                    "pledge_id": self.pledge_id.id,
                }
            )
        )

    def _check_place_is_open(self):
        # Superuser: somebody else may just have taken it, and it is not the caller's.
        pledge = self.pledge_id.sudo()
        pledge._claim()
        pledge.invalidate_recordset(["delivered_places", "open_places"])
        if not pledge.open_places:
            raise UserError(
                self.env._(
                    "%(employer)s has no open place any more. Look for places again "
                    "and choose another one.",
                    employer=pledge.partner_id.name,
                )
            )

    def _update_enrolment(self, job):
        """The employer that it became, and the outcome: of study, of a next level, and
        of who was without a job. Else the outcome comes at the end."""
        enrolment = self.enrolment_id
        values = {"employer_id": job.partner_id.id} if job else {}
        without_job = enrolment.outcome_id and not enrolment.outcome_id.is_job
        if self.kind != "place" or without_job:
            outcome = self.env.ref(
                OUTCOMES.get(job.kind if job else "study", ""), raise_if_not_found=False
            )
            values.update({"outcome_id": outcome.id} if outcome else {})
        enrolment.write(values)
