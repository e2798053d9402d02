from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command

from ..calc import fallback
from ..tools import linked_by
from .cohort import SEAT_STATES

# Who is or was taught: who was only proposed has lost no place.
STATES_WITH_A_PLACE_TO_LOSE = (*SEAT_STATES, "ended")


class LeerbedrijfFallback(models.Model):
    """A participant whose employer cannot deliver: open until something is chosen.

    In order: a place of another employer that fits, a BBL job of the next level,
    further study (calc/fallback.py). Coordinator and work coach work on it together;
    account managers see how many there are in a cohort, and nothing of a person.
    """

    _name = "leerbedrijf.fallback"
    _description = "Participant without a place"
    _inherit = ["leerbedrijf.enrolment.child.mixin"]
    _order = "opened_on, id"
    _rec_name = "enrolment_id"
    _label_fields = ("participant_name",)

    participant_name = fields.Char(
        string="Name", compute="_compute_participant_name", compute_sudo=False
    )
    participant_code = fields.Char(
        related="enrolment_id.participant_code", related_sudo=False, string="Code"
    )
    cohort_id = fields.Many2one(
        related="enrolment_id.cohort_id", store=True, index=True, precompute=True
    )
    state = fields.Selection(
        [("open", "No place yet"), ("chosen", "Chosen"), ("closed", "Not needed")],
        required=True,
        default="open",
        readonly=True,
        copy=False,
        index=True,
    )
    employer_id = fields.Many2one(
        "res.partner",
        string="Employer that cannot deliver",
        compute="_compute_employer_id",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        domain="[('is_employer', '=', True)]",
        ondelete="restrict",
    )
    opened_on = fields.Date(
        string="Since", required=True, default=fields.Date.context_today
    )
    closed_on = fields.Date(string="Solved on", readonly=True, copy=False)
    close_reason = fields.Text(string="Why not needed", readonly=True, copy=False)
    hours_min = fields.Float(string="Hours at least", aggregator=None)
    hours_max = fields.Float(string="Hours at most", aggregator=None)
    town = fields.Char(help="Where the person travels from; asked for this alone.")
    postcode = fields.Char(
        string="Postcode (digits)",
        size=4,
        help="The four digits; an employer with the same first two is near.",
    )
    skill_ids = fields.Many2many(
        "hr.skill",
        "leerbedrijf_fallback_skill_rel",
        string="Skills",
        help="What the person can, as far as it matters for a place.",
    )
    option_ids = fields.One2many(
        "leerbedrijf.fallback.option", "fallback_id", string="Possibilities"
    )
    proposed_count = fields.Integer(
        string="To discuss", compute="_compute_option_counts"
    )
    refused_count = fields.Integer(string="Refused", compute="_compute_option_counts")
    result = fields.Char(string="Became", compute="_compute_result")

    _open_once = models.UniqueIndex(
        "(enrolment_id) WHERE state = 'open'",
        "A place is already being looked for. Open that case.",
    )
    _hours_in_week = models.Constraint(
        "CHECK(hours_min >= 0 AND hours_max BETWEEN 0 AND 40"
        " AND (hours_max = 0 OR hours_max >= hours_min))",
        "The hours at most lie between the hours at least and 40.",
    )

    @api.depends("enrolment_id.participant_name")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_participant_name(self):
        """Only of an enrolment that the user sees: a client can fill in any."""
        for case in self:
            seen = case.enrolment_id._origin.sudo(False)._filtered_access("read")
            case.participant_name = seen.participant_name

    def _get_label(self):
        return self.participant_name or ""

    @api.depends("enrolment_id")
    def _compute_employer_id(self):
        for case in self:
            seen = case.enrolment_id._origin.sudo(False)._filtered_access("read")
            case.employer_id = case.employer_id or seen.employer_id

    @api.depends("option_ids.state")
    def _compute_option_counts(self):
        counts = {
            (case.id, state): count
            for case, state, count in self.env[
                "leerbedrijf.fallback.option"
            ]._read_group(
                [("fallback_id", "in", self.ids)], ["fallback_id", "state"], ["__count"]
            )
        }
        for case in self:
            case.proposed_count = counts.get((case._origin.id, "proposed"), 0)
            case.refused_count = counts.get((case._origin.id, "refused"), 0)

    @api.depends("option_ids.state")
    def _compute_result(self):
        for case in self:
            chosen = case.option_ids.filtered(lambda o: o.state == "chosen")
            case.result = chosen[:1].name

    def _get_wiped_fields(self):
        return super()._get_wiped_fields() | {
            "close_reason": None,
            "town": None,
            "postcode": None,
        }

    def _get_kept_fields(self):
        return super()._get_kept_fields() | {
            "state": "Statistics: who found another place.",
            "opened_on": "Statistics: how long it takes to find another place.",
            "closed_on": "Statistics: how long it takes to find another place.",
        }

    @api.constrains("employer_id", "cohort_id")
    def _check_employer_region(self):
        for case in self.filtered("employer_id"):
            if case.employer_id.region_id != case.cohort_id.region_id:
                raise ValidationError(
                    self.env._("Choose an employer of this cohort's region.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        # First of all: what is filled in by itself is the enrolment's.
        enrolments = linked_by(self, "enrolment_id", vals_list)
        enrolments.check_access("write")
        enrolments._check_can_lose_place()
        cases = super().create([self._with_known(vals) for vals in vals_list])
        cases._propose()
        for case in cases:
            case.enrolment_id.message_post(body=case._describe_opening())
        # Superuser is the key to the match; access to the enrolment was asked above.
        cases.sudo()._break_off_matches()
        return cases

    def _break_off_matches(self):
        """Whose employer cannot deliver is no longer matched to it: a next selection
        day takes this person again."""
        self.filtered(
            lambda case: (
                case.employer_id
                and case.employer_id == case.enrolment_id.function_id.partner_id
            )
        ).enrolment_id._break_off_match()

    @api.model
    def _with_known(self, vals):
        """The values with what the one who opens the case knows of the person: the
        town for the municipality alone, the skills for both."""
        known = {}
        default = self.env.context.get("default_enrolment_id")
        enrolment = self.env["leerbedrijf.enrolment"].browse(
            vals.get("enrolment_id", default)
        )
        if self.env["leerbedrijf.participant"].has_access("read"):
            person = enrolment.participant_id._filtered_access("read")
            known["town"] = person.city
        # Superuser: the skills are kept with the hours; of this person alone.
        known["skill_ids"] = [Command.set(enrolment.sudo().employee_id.skill_ids.ids)]
        return {**known, **vals}

    def _without_tenant_columns(self, vals):
        """A client does not answer a case by writing: see the buttons."""
        vals = super()._without_tenant_columns(vals)
        if self.env.su:
            return vals
        system = {"state", "closed_on", "close_reason", "option_ids"}
        return {key: value for key, value in vals.items() if key not in system}

    def write(self, vals):
        vals = self._without_tenant_columns(vals)
        if not self.env.su:
            self._check_open()
            if not vals:
                return True
        result = super().write(vals)
        asked = {"hours_min", "hours_max", "town", "postcode", "skill_ids"}
        if asked & vals.keys():
            self._propose()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_answered(self):
        answered = self.option_ids.filtered(lambda o: o.state != "proposed")
        if answered and not self.env.su:
            raise UserError(
                self.env._(
                    "There are answers in this case, so it stays. Close it as “Not "
                    "needed” instead."
                )
            )

    # What is proposed ---------------------------------------------------------

    def action_refresh(self):
        """Look again which places are open now."""
        self.check_access("write")
        self._check_open()
        self._propose()

    def _propose(self):
        """Put the possibilities in order; what was answered stays as it was."""
        for case in self.filtered(lambda c: c.state == "open"):
            # Superuser: options are made by the system alone, of a case that the
            # caller may write.
            case.sudo()._propose_options()

    def _propose_options(self):
        self.ensure_one()
        options = self.option_ids
        known = {(o.kind, o.pledge_id.id): o for o in options}
        wanted = list(self._get_proposals())
        keys = {(vals["kind"], vals["pledge_id"]) for vals in wanted}
        options.filtered(
            lambda o: o.state == "proposed" and (o.kind, o.pledge_id.id) not in keys
        ).unlink()
        for vals in wanted:
            option = known.get((vals["kind"], vals["pledge_id"]))
            if not option:
                options.create({"fallback_id": self.id, **vals})
            elif option.state == "proposed":
                option.write(vals)

    def _get_proposals(self):
        """The values of the options, in order."""
        pledges = self._get_open_pledges()
        ranked = fallback.rank(self._to_calc(), pledges._to_fallback(self.cohort_id))
        by_id = {pledge.id: pledge for pledge in pledges}
        for sequence, (place, reasons) in enumerate(ranked):
            yield {
                "kind": "place",
                "pledge_id": place.key,
                "sequence": sequence,
                "reasons": by_id[place.key]._describe_fit(reasons),
            }
        for sequence, kind in enumerate(("bbl", "study"), len(ranked)):
            yield {"kind": kind, "pledge_id": False, "sequence": sequence}

    def _get_open_pledges(self):
        """Open places of the other employers in the signed agreements of the region."""
        pledges = self.env["leerbedrijf.pledge"].search(
            [
                ("region_id", "=", self.cohort_id.region_id.id),
                ("agreement_id.state", "=", "signed"),
                ("partner_id", "!=", self.employer_id.id),
                ("standing_places", ">", 0),
            ]
        )
        return pledges.filtered("open_places")

    def _to_calc(self):
        return fallback.Person(
            hours_min=self.hours_min,
            hours_max=self.hours_max,
            town=self.town or "",
            postcode=self.postcode or "",
            skills=frozenset(self.skill_ids.ids),
            sector=self.cohort_id.sector_id.id,
        )

    # How it ends --------------------------------------------------------------

    def _check_open(self):
        closed = self.filtered(lambda case: case.state != "open")
        if closed:
            raise UserError(
                self.env._(
                    "The case of %(person)s is finished. Open a new one if a place is "
                    "needed again.",
                    person=closed[:1].display_name,
                )
            )

    def action_close(self):
        """Ask why no place is needed any more."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("No place needed any more"),
            "res_model": "leerbedrijf.fallback.refusal",
            "view_mode": "form",
            "target": "new",
            "context": {"default_fallback_id": self.id},
        }

    def _close(self, reason):
        self.ensure_one()
        self.check_access("write")
        self._check_open()
        self._finish("closed", close_reason=reason)
        self.enrolment_id.message_post(
            body=self.env._("No other place needed any more. %(why)s", why=reason)
        )

    def _finish(self, state, **values):
        # Superuser is the key to the state: our callers checked the access. What was
        # never answered is no part of the log.
        self.sudo().option_ids.filtered(lambda o: o.state == "proposed").unlink()
        self.sudo().write(
            {"state": state, "closed_on": fields.Date.context_today(self), **values}
        )
        # The index of open cases is asked as soon as the next one is made.
        self.flush_recordset(["state"])

    def _describe_opening(self):
        if not self.employer_id:
            return self.env._("A place is being looked for.")
        return self.env._(
            "%(employer)s cannot deliver: another place is being looked for.",
            employer=self.employer_id.name,
        )
