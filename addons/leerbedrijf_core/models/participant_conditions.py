from odoo import api, fields, models
from odoo.exceptions import ValidationError

YES_NO = [("yes", "Yes"), ("no", "No")]


class LeerbedrijfParticipant(models.Model):
    """The practical conditions that a route can ask for: plain facts, with a date.

    Empty is unknown. For the municipality alone; whether a cohort's criterion is met is
    what a leerwerkbedrijf sees.
    """

    _inherit = "leerbedrijf.participant"

    hours_wanted = fields.Float(
        string="Hours wanted", help="Hours a week that this person wants and can work."
    )
    sector_ids = fields.Many2many(
        "leerbedrijf.sector",
        "leerbedrijf_participant_sector_rel",
        string="Sectors",
        help="Where this person would like to work.",
    )
    study_finance = fields.Selection(
        YES_NO,
        string="Student finance",
        help="Whether this person receives student finance (studiefinanciering).",
    )
    may_work = fields.Selection(
        YES_NO,
        string="May work in the Netherlands",
        help="With or without a permit; not which nationality or status.",
    )
    may_work_until = fields.Date(
        string="May work until", help="Empty: without an end date."
    )
    conduct_state = fields.Selection(
        [
            ("missing", "Not requested yet"),
            ("requested", "Requested"),
            ("held", "Received"),
        ],
        string="Certificate of conduct",
        help="Only whether it is there. Never why it would not be.",
    )
    conduct_date = fields.Date(
        string="Certificate dated", help="When it was requested or issued."
    )
    motivation_talk_date = fields.Date(string="Motivation talk on")

    _hours_wanted_sane = models.Constraint(
        "CHECK(hours_wanted BETWEEN 0 AND 60)",
        "Fill in how many hours a week this person wants to work: at most 60.",
    )

    @api.constrains("conduct_date")
    def _check_conduct_date(self):
        today = fields.Date.context_today(self)
        if any(person.conduct_date and person.conduct_date > today for person in self):
            raise ValidationError(
                self.env._(
                    "The date of the certificate of conduct lies in the future. "
                    "Correct it."
                )
            )

    def _get_wiped_fields(self):
        return super()._get_wiped_fields() | {
            "study_finance": None,
            "may_work": None,
            "may_work_until": None,
            "conduct_state": None,
            "conduct_date": None,
            "motivation_talk_date": None,
        }
