from odoo import api, fields, models
from odoo.exceptions import UserError


class LeerbedrijfEnrolmentBatch(models.TransientModel):
    """Accept, start, move on, place or give an employer: for a whole group at once."""

    _name = "leerbedrijf.enrolment.batch"
    _description = "Participants at once"
    _inherit = ["leerbedrijf.batch.mixin"]
    _tenancy_kind = "shared"

    kind = fields.Selection(
        [
            ("accept", "Accept"),
            ("start", "Start learning in"),
            ("phase", "Move to a phase"),
            ("placement", "Plan placements"),
            ("employer", "Intended employer"),
        ],
        required=True,
        readonly=True,
    )
    line_ids = fields.One2many(
        "leerbedrijf.enrolment.batch.line", "batch_id", string="People"
    )
    cohort_count = fields.Integer(compute="_compute_cohorts")
    cohort_id = fields.Many2one(
        "leerbedrijf.cohort",
        compute="_compute_cohorts",
        help="The cohort of all of them; empty when they are of several.",
    )
    cohort_names = fields.Char(string="Cohorts", compute="_compute_cohorts")
    cohort_phase_id = fields.Many2one(
        "leerbedrijf.cohort.phase",
        string="Phase",
        domain="[('cohort_id', '=', cohort_id)]",
    )
    # Where the placements are, unless a line says otherwise.
    partner_id = fields.Many2one(
        "res.partner", string="Workplace", domain="[('is_employer', '=', True)]"
    )
    placement_kind = fields.Selection(
        selection=lambda self: self._selection_placement_kind(),
        string="Kind of placement",
        default="practice",
    )
    date_start = fields.Date(string="Start", default=fields.Date.context_today)
    date_end = fields.Date(string="End")
    hours_per_week = fields.Float(string="Hours a week", default=16)
    supervisor = fields.Char(help="Who guides the participants there every day.")
    employer_id = fields.Many2one(
        "res.partner",
        string="Intended employer",
        domain="[('is_employer', '=', True)]",
    )

    @api.model
    def _selection_placement_kind(self):
        kinds = self.env["leerbedrijf.placement"]._fields["kind"]
        return kinds._description_selection(self.env)

    @api.depends("line_ids.enrolment_id")
    def _compute_cohorts(self):
        for batch in self:
            cohorts = batch.line_ids._get_records().cohort_id
            batch.cohort_count = len(cohorts)
            batch.cohort_id = cohorts if len(cohorts) == 1 else False
            batch.cohort_names = ", ".join(cohorts.mapped("name"))

    @api.depends("kind")
    def _compute_display_name(self):
        for batch in self:
            batch.display_name = batch._get_title()

    def _get_title(self):
        return dict(self._fields["kind"]._description_selection(self.env))[self.kind]

    # What is found ---------------------------------------------------------------

    def _get_findings(self):
        lines = self.line_ids.grouped("enrolment_id")
        known = self.line_ids._get_records()
        for enrolment in self.line_ids.enrolment_id - known:
            for line in lines[enrolment]:
                yield line, "blocked", self.env._("Not visible to you any more.")
        blocked = known.browse()
        for enrolment, level, sentence in known._find_hindrance(self.kind):
            blocked |= enrolment
            for line in lines[enrolment]:
                yield line, level, sentence
        due = self.line_ids.filtered(lambda x: x.enrolment_id in known - blocked)
        yield from getattr(self, f"_find_{self.kind}")(due)

    def _find_accept(self, lines):
        """Who is not included takes no seat from the others."""
        included = lines.filtered("is_included")
        by_enrolment = included.grouped("enrolment_id")
        for enrolment, *found in included.enrolment_id._find_accept_hindrance():
            for line in by_enrolment[enrolment]:
                yield line, *found

    def _find_start(self, lines):
        return ()

    def _find_phase(self, lines):
        if not self.cohort_phase_id:
            return
        by_enrolment = lines.grouped("enrolment_id")
        found = lines.enrolment_id._find_phase_hindrance(self.cohort_phase_id)
        for enrolment, level, sentence in found:
            for line in by_enrolment[enrolment]:
                yield line, level, sentence

    def _find_placement(self, lines):
        return lines._find_placement_hindrance()

    def _find_employer(self, lines):
        region = self.employer_id.region_id
        for line in lines if self.employer_id else ():
            function = line.enrolment_id.function_id
            if line.enrolment_id.cohort_id.region_id != region:
                yield line, "blocked", self.env._("Takes part in another region.")
            elif function and function.partner_id != self.employer_id:
                sentence = self.env._(
                    "Is matched to %(function)s.", function=function.display_name
                )
                yield line, "blocked", sentence

    # What is done ----------------------------------------------------------------

    def action_confirm(self):
        self.ensure_one()
        self._check_filled_in()
        return super().action_confirm()

    def _check_filled_in(self):
        if self.kind == "phase" and self.cohort_count > 1:
            raise UserError(
                self.env._(
                    "These people are in several cohorts (%(cohorts)s), and a phase "
                    "belongs to one. Select the people of one cohort.",
                    cohorts=self.cohort_names,
                )
            )
        if self.kind == "phase" and not self.cohort_phase_id:
            raise UserError(self.env._("Choose the phase first."))
        if self.kind == "employer" and not self.employer_id:
            raise UserError(self.env._("Choose the employer first."))

    def _apply(self, lines):
        enrolments = lines.enrolment_id
        enrolments.check_access("write")
        getattr(self, f"_apply_{self.kind}")(lines, enrolments)

    def _apply_accept(self, lines, enrolments):
        seated = enrolments._get_seated()
        seated._accept(self.reason)
        (enrolments - seated)._wait()

    def _apply_start(self, lines, enrolments):
        enrolments.action_start()

    def _apply_phase(self, lines, enrolments):
        phases = {
            enrolment: enrolment._get_own_phase(self.cohort_phase_id)
            for enrolment in enrolments
        }
        enrolments._enter_phases(phases, self.reason)

    def _apply_placement(self, lines, enrolments):
        self.env["leerbedrijf.placement"].create(
            [line._prepare_placement_values() for line in lines]
        )

    def _apply_employer(self, lines, enrolments):
        enrolments.employer_id = self.employer_id

    def _keep_reason(self, findings):
        if self.kind == "accept":  # against a criterion it is part of the admission
            findings = {e: x for e, x in findings.items() if not e.admission_reason}
        return super()._keep_reason(findings)

    def _get_result(self, lines):
        count = len(lines)
        results = {
            "accept": self._get_accept_result(lines),
            "start": self.env._("Started learning in: %(number)s.", number=count),
            "phase": self.env._("Moved to the phase: %(number)s.", number=count),
            "placement": self.env._("Placements planned: %(number)s.", number=count),
            "employer": self.env._("Employer filled in: %(number)s.", number=count),
        }
        return results[self.kind]

    def _get_accept_result(self, lines):
        states = lines.enrolment_id.mapped("state")
        result = self.env._("Accepted: %(number)s.", number=states.count("accepted"))
        if "waiting" in states:
            result += " " + self.env._(
                "On the waiting list: %(number)s.", number=states.count("waiting")
            )
        return result
