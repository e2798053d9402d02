from odoo import fields, models


class LeerbedrijfParticipant(models.Model):
    """Who was not placed and still looks: the first whom the next cohort asks."""

    _inherit = "leerbedrijf.participant"

    is_looking = fields.Boolean(
        string="Looks for a place",
        default=True,
        copy=False,
        help="Off: this person found something, or does not want to for now.",
    )

    _pool_idx = models.Index(
        "(company_id, name, id) WHERE active IS TRUE AND is_looking IS TRUE"
        " AND status = 'unplaced'"
    )

    def action_open_file(self):
        """Open this file, from a list in a dialog."""
        self.ensure_one()
        return self.get_formview_action()
