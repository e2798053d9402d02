from odoo import fields, models


class LeerbedrijfParticipant(models.Model):
    """What the intake brings up: wishes, days, travel, language, practical matters.

    For the municipality alone. What a leerwerkbedrijf sees stays the whitelist of the
    enrolment.
    """

    _inherit = "leerbedrijf.participant"

    interests = fields.Text(
        help="What attracts this person in work, and what does not; experience."
    )
    day_part_ids = fields.Many2many(
        "leerbedrijf.day.part",
        "leerbedrijf_participant_day_part_rel",
        string="Can come",
    )
    travel_means_ids = fields.Many2many(
        "leerbedrijf.travel.means",
        "leerbedrijf_participant_travel_means_rel",
        string="Travels by",
    )
    travel_minutes = fields.Integer(
        string="Travels at most", help="Minutes one way, from door to door."
    )
    language_level_ids = fields.One2many(
        "leerbedrijf.language.level", "participant_id", string="Level of Dutch by skill"
    )
    digital_skills = fields.Selection(
        [
            ("none", "Needs help with a phone or computer"),
            ("phone", "Phone: calls, messages, apps"),
            ("basic", "Computer: mail, forms, the internet"),
            ("good", "Works with a computer without help"),
        ],
    )
    childcare = fields.Selection(
        [
            ("not_needed", "Not needed"),
            ("needed", "Needed, not arranged yet"),
            ("arranged", "Arranged"),
        ],
    )
    childcare_date = fields.Date(
        string="Childcare from", help="When it is or should be arranged."
    )

    _travel_minutes_sane = models.Constraint(
        "CHECK(travel_minutes BETWEEN 0 AND 240)",
        "Fill in how many minutes this person travels at most one way: at most 240.",
    )

    def _get_wiped_fields(self):
        return super()._get_wiped_fields() | {
            "interests": None,
            "childcare": None,
            "childcare_date": None,
            "digital_skills": None,
        }
