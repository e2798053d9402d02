from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

from .enrolment_fallback import KNOW_THE_PERSON

# The facts of a person that criteria look at.
FACTS = (
    *("birthdate", "study_finance", "may_work", "may_work_until", "conduct_state"),
    *("conduct_date", "day_part_ids", "hours_wanted", "digital_skills", "childcare"),
    *("motivation_talk_date", "language_level_ids.level", "language_level_ids.date"),
    *("language_level", "travel_minutes"),
)
CRITERIA_DEPENDS = (
    *("cohort_id.criterion_ids", "cohort_id.date_start", "cohort_id.date_end"),
    "nearest_minutes",
    *(f"participant_id.{name}" for name in FACTS),
)
# Whether a criterion is met → how it is told.
STATES = {True: "met", False: "unmet", None: "unknown"}
SIGNS = {
    "met": ("fa-check", "text-success"),
    "unmet": ("fa-times", "text-danger"),
    "unknown": ("fa-question", "text-warning"),
}


class LeerbedrijfEnrolment(models.Model):
    """What the cohort asks and what is known of the person, criterion by criterion.

    Advice: who is accepted against it is admitted with a reason, which is kept with
    who decided, when and on what.
    """

    _inherit = "leerbedrijf.enrolment"

    criteria_state = fields.Selection(
        [
            ("met", "Meets all criteria"),
            ("unknown", "Not all known yet"),
            ("unmet", "Does not meet all"),
        ],
        string="Criteria",
        compute="_compute_criteria_state",
        compute_sudo=True,
        groups=KNOW_THE_PERSON,
    )
    criteria_html = fields.Html(
        string="What the cohort asks",
        compute="_compute_criteria_html",
        groups=KNOW_THE_PERSON,
    )
    nearest_employer_id = fields.Many2one(
        "res.partner",
        compute="_compute_nearest_employer",
        compute_sudo=True,
        help="Of the intended employer, or else of all employers of the cohort.",
    )
    nearest_minutes = fields.Integer(
        string="Minutes to the nearest employer",
        compute="_compute_nearest_employer",
        compute_sudo=True,
    )
    admission_date = fields.Date(string="Accepted on", readonly=True, copy=False)
    admission_user_id = fields.Many2one(
        "res.users", string="Accepted by", readonly=True, copy=False
    )
    admission_reason = fields.Text(
        string="Admitted with a reason",
        readonly=True,
        copy=False,
        groups=KNOW_THE_PERSON,
    )
    admission_advice = fields.Text(
        string="Criteria that were not met",
        readonly=True,
        copy=False,
        groups=KNOW_THE_PERSON,
    )

    @api.depends(
        "employer_id.zip",
        "cohort_id.employer_ids.zip",
        "travel_time_ids.minutes",
        "participant_id.zip",
        "participant_id.travel_means_ids",
    )
    def _compute_nearest_employer(self):
        minutes = self._get_travel_minutes_by(
            self.employer_id | self.cohort_id.employer_ids
        )
        for enrolment in self:
            employers = enrolment.employer_id or enrolment.cohort_id.employer_ids
            known = [p for p in employers if minutes[enrolment, p] is not None]
            nearest = min(known, key=lambda p: minutes[enrolment, p], default=False)
            enrolment.nearest_employer_id = nearest
            enrolment.nearest_minutes = nearest and minutes[enrolment, nearest]

    @api.depends(*CRITERIA_DEPENDS)
    def _compute_criteria_state(self):
        for enrolment in self:
            states = {state for _name, state, _why in enrolment._assess_criteria()}
            enrolment.criteria_state = next(
                (state for state in ("unmet", "unknown", "met") if state in states),
                False,
            )

    @api.depends(*CRITERIA_DEPENDS)
    @api.depends_context("uid", "allowed_company_ids", "lang")
    def _compute_criteria_html(self):
        for enrolment in self:
            enrolment.criteria_html = enrolment._render_criteria(STATES.values())

    def _render_criteria(self, states):
        """The criteria with one of these answers; the facts for who may read them."""
        self.ensure_one()
        person = self.participant_id._origin.sudo(False)
        knows = bool(person._filtered_access("read"))
        lines = [
            self._get_criterion_line(name, state, why if knows else "")
            for name, state, why in self._assess_criteria()
            if state in states
        ]
        if not lines:
            return False
        return Markup('<ul class="list-unstyled">%s</ul>') % Markup("").join(lines)

    def _get_criterion_line(self, name, state, why):
        icon, colour = SIGNS[state]
        answer = {
            "met": self.env._("met"),
            "unmet": self.env._("not met"),
            "unknown": self.env._("not known"),
        }[state]
        return Markup(
            '<li><i class="fa fa-fw %s %s"></i> %s: <strong class="%s">%s</strong>%s'
            "</li>"
        ) % (icon, colour, name, colour, answer, why and f" – {why}")

    def _assess_criteria(self):
        """(criterion, met/unmet/unknown, the facts) of one enrolment, in order.

        The facts come from the municipality's file: never show them to who may not
        read the person.
        """
        self.ensure_one()
        # Superuser: the leerwerkbedrijf gets the answer, not the facts behind it.
        enrolment = self.sudo()
        return [
            (criterion.name, STATES[met], why)
            for criterion in enrolment.cohort_id.criterion_ids
            for met, why in [criterion._assess(enrolment)]
        ]

    def _get_unsettled(self):
        """Who does not meet a criterion, or of whom it is not known."""
        return self.filtered(lambda e: e.criteria_state in ("unmet", "unknown"))

    def _get_unmet(self):
        """The names of the criteria that the person does not meet."""
        return [
            name for name, state, _why in self._assess_criteria() if state == "unmet"
        ]

    # Admission -----------------------------------------------------------------

    def _accept(self, reason=None):
        unmet = {enrolment: enrolment._get_unmet() for enrolment in self}
        against = [enrolment for enrolment, names in unmet.items() if names]
        if against and not (reason or "").strip():
            raise UserError(
                self.env._(
                    "%(name)s does not meet: %(criteria)s. Give a reason to admit this "
                    "candidate all the same.",
                    name=against[0].display_name,
                    criteria="; ".join(unmet[against[0]]),
                )
            )
        result = super()._accept(reason)
        for enrolment in against:
            # Superuser: what was decided on is not for clients to write.
            enrolment.sudo().write(
                {
                    "admission_reason": reason,
                    "admission_advice": "\n".join(unmet[enrolment]),
                }
            )
        return result

    def _without_system_columns(self, vals):
        vals = super()._without_system_columns(vals)
        if self.env.su:
            return vals
        return {k: v for k, v in vals.items() if not k.startswith("admission_")}
