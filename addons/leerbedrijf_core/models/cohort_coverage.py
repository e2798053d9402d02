import json

from odoo import api, fields, models
from odoo.fields import Domain

from ..calc import coverage
from .cohort import SEAT_STATES

# From here on the group is known, and nobody else comes in.
STEPS_WITH_A_GROUP = ("learning", "regular", "closed")


class LeerbedrijfCohort(models.Model):
    """What the pledges of a cohort are worth: see calc/coverage.py for the formula."""

    _inherit = "leerbedrijf.cohort"

    coverage_chance = fields.Float(
        string="Chance of a job for all",
        compute="_compute_coverage",
        help="The chance that everybody who finishes has a place (0 to 1).",
    )
    coverage_below_norm = fields.Boolean(compute="_compute_coverage")
    coverage_sentence = fields.Text(compute="_compute_coverage")
    coverage_graph = fields.Char(compute="_compute_coverage")

    @api.depends(
        "capacity",
        "step_id",
        "pledge_ids.standing_places",
        "pledge_ids.force",
        "pledge_ids.partner_id",
        "pledge_ids.agreement_id.is_in_force",
    )
    @api.depends_context("lang")
    def _compute_coverage(self):
        for cohort in self:
            cohort.update(cohort._get_coverage_values(*cohort._get_coverage_input()))

    # What is known -----------------------------------------------------------------

    def _get_coverage_input(self):
        """The pledges for calc, the participants and the part of them that finishes."""
        self.ensure_one()
        return (
            self._get_promises()._to_calc(self),
            self._get_participants_expected(),
            self._get_completion_rate(),
        )

    def _get_participants_expected(self):
        has_group = self.step_code in STEPS_WITH_A_GROUP
        return self.seats_taken if has_group else self.capacity

    def _get_completion_rate(self):
        """The part of those who started that finishes, in this region on this route."""
        # Superuser: two numbers of earlier editions, and nothing of a person.
        enrolments = self.env["leerbedrijf.enrolment"].sudo()
        started = (
            Domain("cohort_id.route_id", "=", self.route_id.id)
            & Domain("cohort_id.region_id", "=", self.region_id.id)
            & Domain("cohort_id", "not in", self.ids)
            & Domain("state", "in", (*SEAT_STATES, "ended"))
            & Domain("outcome_id", "!=", False)
        )
        return coverage.realisation_rate(
            enrolments.search_count(started),
            enrolments.search_count(
                started & Domain("outcome_id.is_finish", "=", True)
            ),
            self._get_parameter("completion_prior") / 100,
            self._get_parameter("completion_prior_participants"),
        )

    # What it is worth --------------------------------------------------------------

    def _get_coverage_values(self, pledges, participants, completion):
        """Chance, sentence and picture, for the cohort and for its what-if."""
        self.ensure_one()
        result = coverage.cover(pledges, participants, completion)
        norm = self._get_parameter("coverage_norm") / 100
        below = result.chance < norm
        sentences = [self._describe_jobs(pledges, participants, result)]
        if pledges and participants:
            sentences.append(self._describe_chance(result.chance))
            if below:
                extra = coverage.places_needed(
                    pledges,
                    participants,
                    completion,
                    rate=self._get_parameter("realisation_prior_intention") / 100,
                    norm=norm,
                )
                sentences.append(self._describe_extra(extra, norm))
            sentences.append(
                self._describe_withdrawal(pledges, participants, completion)
            )
        return {
            "coverage_chance": result.chance,
            "coverage_below_norm": below,
            "coverage_sentence": "\n".join(sentences),
            "coverage_graph": self._draw_coverage(result),
        }

    def _get_parameter(self, code):
        return self.env["leerbedrijf.parameter"]._get(code, company=self.company_id)

    def _describe_jobs(self, pledges, participants, result):
        if not pledges:
            return self.env._(
                "No agreement with places has been sent to employers yet, so nobody "
                "can count on a job."
            )
        return self.env._(
            "Of %(participants)s participants probably %(finishing)s finish. Employers "
            "pledged %(places)s places; by experience about %(jobs)s of them become a "
            "job.",
            participants=participants,
            finishing=round(result.expected_finishing),
            places=sum(pledge.places for pledge in pledges),
            jobs=round(result.expected_jobs),
        )

    def _describe_chance(self, chance):
        tenths = round(chance * 10)
        if tenths == 10:
            return self.env._(
                "Everybody who finishes will almost certainly have a place."
            )
        if tenths == 0:
            return self.env._(
                "It is almost certain that somebody who finishes will have no place."
            )
        return self.env._(
            "In %(tenths)s out of 10 such groups everybody who finishes has a place.",
            tenths=tenths,
        )

    def _describe_extra(self, extra, norm):
        if extra is None:
            return self.env._("More intentions alone do not lift that enough.")
        return self.env._(
            "With %(extra)s more intended places that becomes %(norm)s out of 10.",
            extra=extra,
            norm=round(norm * 10),
        )

    def _describe_withdrawal(self, pledges, participants, completion):
        """What the withdrawal of the most important employer would do."""
        left = coverage.without_each(pledges, participants, completion)
        employer, chance = min(left.items(), key=lambda item: item[1])
        name = self.env["res.partner"].browse(employer).name
        return self.env._(
            "Without %(employer)s that would be %(tenths)s out of 10.",
            employer=name,
            tenths=round(chance * 10),
        )

    def _draw_coverage(self, result):
        """The distribution of jobs, as web's dashboard_graph reads it."""
        needed = result.expected_finishing
        values = [
            {
                "label": f"{jobs}+" if jobs == len(result.jobs) - 1 else str(jobs),
                "value": round(chance * 100, 1),
                "type": "future" if jobs >= needed else "past",
            }
            for jobs, chance in enumerate(result.jobs)
        ]
        key = self.env._("Chance of so many jobs (%)")
        return json.dumps([{"key": key, "values": values, "is_sample_data": False}])

    def action_what_if(self):
        """Try more pledges or a withdrawal, without changing anything."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("What if…"),
            "res_model": "leerbedrijf.coverage.what.if",
            "view_mode": "form",
            "target": "new",
            "context": {"default_cohort_id": self.id},
        }
