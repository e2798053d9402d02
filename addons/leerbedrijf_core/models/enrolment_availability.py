from odoo import api, fields, models


class LeerbedrijfEnrolment(models.Model):
    """When and how the person can come: what planning and matching need to know.

    Part of the whitelist. Not why: who looks after the children, what stands in the way
    of more hours or of a longer journey stays with the municipality.
    """

    _inherit = "leerbedrijf.enrolment"

    day_part_ids = fields.Many2many(
        "leerbedrijf.day.part",
        string="Can come",
        compute="_compute_availability",
        compute_sudo=True,
    )
    hours_wanted = fields.Float(
        string="Hours wanted",
        compute="_compute_availability",
        compute_sudo=True,
        help="Hours a week that this person wants and can work.",
    )
    travel_means_ids = fields.Many2many(
        "leerbedrijf.travel.means",
        string="Travels by",
        compute="_compute_availability",
        compute_sudo=True,
    )
    childcare_ready = fields.Boolean(
        string="Childcare is no obstacle",
        compute="_compute_availability",
        compute_sudo=True,
        help="Arranged, or not needed.",
    )

    @api.depends(
        "participant_id.day_part_ids",
        "participant_id.hours_wanted",
        "participant_id.travel_means_ids",
        "participant_id.childcare",
    )
    def _compute_availability(self):
        for enrolment in self:
            participant = enrolment._get_known_participant()
            enrolment.day_part_ids = participant.day_part_ids
            enrolment.hours_wanted = participant.hours_wanted
            enrolment.travel_means_ids = participant.travel_means_ids
            enrolment.childcare_ready = participant.childcare in (
                "not_needed",
                "arranged",
            )
