from odoo import api, fields, models
from odoo.exceptions import RedirectWarning
from odoo.fields import Domain
from odoo.tools.misc import format_date

from .cohort import SEAT_STATES


class LeerbedrijfCohort(models.Model):
    """The gates between the steps: what is missing, passing on with a reason."""

    _inherit = "leerbedrijf.cohort"

    missing_requirements = fields.Text(compute="_compute_missing_requirements")

    @api.depends("step_id", "phase_ids", "employer_ids", "forecast_ids", "pledge_ids")
    def _compute_missing_requirements(self):
        for cohort in self:
            cohort.missing_requirements = "\n".join(cohort._get_missing_requirements())

    def write(self, vals):
        if vals.get("step_id"):
            target = self.env["leerbedrijf.cohort.step"].browse(vals["step_id"])
            for cohort in self:
                cohort._check_step_passable(target)
        return super().write(vals)

    def _get_missing_requirements(self):
        """Plain sentences: what the current step still misses. Sectors add theirs."""
        self.ensure_one()
        codes = [self.step_code] if self.step_code else []
        if self.step_code == "match":
            codes.insert(0, "route")
        return self._get_missing_of_steps(codes)

    def _get_missing_of_steps(self, codes):
        return [
            sentence
            for code in codes
            for sentence in getattr(self, f"_get_missing_{code}", list)()
        ]

    def _get_missing_job(self):
        missing = []
        if not self.employer_ids:
            missing.append(self.env._("No employer takes part yet."))
        if not self.forecast_ids:
            missing.append(self.env._("No future job is linked yet."))
        return missing

    def _get_missing_options(self):
        missing = []
        if not self.training_partner_ids:
            missing.append(self.env._("It is not known yet who trains."))
        if self.forecast_places < self.capacity:
            missing.append(
                self.env._(
                    "Employers expect %(jobs)s jobs for %(seats)s seats.",
                    jobs=self.forecast_places,
                    seats=self.capacity,
                )
            )
        return missing

    def _get_missing_route(self):
        missing = []
        if not self.phase_ids:
            missing.append(self.env._("The phases have no dates yet."))
        states = set(self.pledge_ids.mapped("agreement_state"))
        states -= {"cancelled", "replaced"}
        if not states:
            missing.append(self.env._("No employer has pledged a place yet."))
        elif states - {"signed", "ended"}:
            missing.append(self.env._("Not every agreement has been signed."))
        return missing

    def _get_missing_match(self):
        missing = []
        if self.proposal_count:
            missing.append(
                self.env._(
                    "%(number)s proposed candidates wait for an answer.",
                    number=self.proposal_count,
                )
            )
        if not self.seats_taken:
            missing.append(self.env._("No candidate has been accepted yet."))
        pledges = self._get_promises().filtered(lambda p: not p.is_workplace_ready)
        if pledges:
            missing.append(
                self.env._(
                    "The workplace is not ready yet (support on the floor, an "
                    "experienced daily supervisor): %(employers)s.",
                    employers=", ".join(pledges.partner_id.mapped("name")),
                )
            )
        return missing

    def _get_missing_learning(self):
        if self.date_end and self.date_end > fields.Date.context_today(self):
            return [
                self.env._(
                    "The last phase ends on %(date)s.",
                    date=format_date(self.env, self.date_end),
                )
            ]
        return []

    def _get_missing_regular(self):
        if not self.without_outcome_count:
            return []
        return [
            self.env._(
                "%(number)s participants have no outcome yet.",
                number=self.without_outcome_count,
            )
        ]

    def _count_seats_taken(self, domain):
        """How many who have a seat are in `domain`."""
        self.ensure_one()
        # Superuser: as for the seats, a number says nothing about a person. The account
        # manager reads this on the board and may not read enrolments.
        enrolments = self.env["leerbedrijf.enrolment"].sudo()
        seats = Domain("cohort_id", "in", self.ids) & Domain("state", "in", SEAT_STATES)
        return enrolments.search_count(seats & domain)

    def _get_missing_before(self, target):
        """What is missing for a move to `target`: nothing if it lies behind.

        Route and match may be done in either order, so the route is not asked for on
        the way to the match, but is on the way out of it.
        """
        self.ensure_one()
        passed = self.env["leerbedrijf.cohort.step"].search(
            [
                ("sequence", ">=", self.step_id.sequence),
                ("sequence", "<", target.sequence),
            ]
        )
        codes = passed.mapped("code")
        if target.code == "match":
            codes = [code for code in codes if code != "route"]
        elif self.step_code == "match" and "match" in codes:
            codes = ["route", *codes]
        return self._get_missing_of_steps(codes)

    def _check_step_passable(self, target):
        missing = self._get_missing_before(target)
        if missing:
            raise RedirectWarning(
                self.env._(
                    "%(cohort)s cannot pass to “%(step)s” without a reason:\n"
                    "%(missing)s",
                    cohort=self.name,
                    step=target.name,
                    missing="\n".join(f"– {sentence}" for sentence in missing),
                ),
                self.env.ref("leerbedrijf_core.cohort_step_pass_action").id,
                self.env._("Give a reason"),
                {"default_cohort_id": self.id, "default_step_id": target.id},
            )

    def _pass_step(self, target, reason):
        """Move to `target` although something is missing, and log why."""
        self.ensure_one()
        missing = self._get_missing_before(target)
        self.message_post(
            body=self.env._(
                "Passed to “%(step)s” with something missing. Reason: %(reason)s "
                "(missing: %(missing)s)",
                step=target.name,
                reason=reason,
                missing=" ".join(missing),
            )
        )
        # Past this model's own write, which asks for this reason.
        return super().write({"step_id": target.id})

    def action_next_step(self):
        """Pass on to the next step, or ask for a reason if something is missing."""
        self.ensure_one()
        target = self.env["leerbedrijf.cohort.step"].search(
            [("sequence", ">", self.step_id.sequence)], limit=1
        )
        if not target:
            return False
        if not self._get_missing_before(target):
            self.step_id = target
            return False
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "leerbedrijf_core.cohort_step_pass_action"
        )
        return {
            **action,
            "context": {"default_cohort_id": self.id, "default_step_id": target.id},
        }
