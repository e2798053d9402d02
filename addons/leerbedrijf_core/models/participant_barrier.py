from odoo import api, fields, models


class LeerbedrijfParticipant(models.Model):
    """What stands between the person and work."""

    _inherit = "leerbedrijf.participant"

    barrier_ids = fields.One2many(
        "leerbedrijf.barrier", "participant_id", string="Barriers"
    )
    open_barrier_count = fields.Integer(
        string="Open barriers", compute="_compute_open_barrier_count"
    )

    @api.depends("barrier_ids.state")
    def _compute_open_barrier_count(self):
        counts = dict(
            self.env["leerbedrijf.barrier"]._read_group(
                [("participant_id", "in", self.ids), ("state", "=", "open")],
                ["participant_id"],
                ["__count"],
            )
        )
        for participant in self:
            participant.open_barrier_count = counts.get(participant._origin, 0)

    def action_view_barriers(self):
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "leerbedrijf_core.barrier_action"
        )
        return {
            **action,
            "domain": [("participant_id", "=", self.id)],
            "context": {"default_participant_id": self.id},
        }

    def unlink(self):
        # By Odoo, not by the database: with the messages and to-dos on them.
        self.check_access("unlink")  # the refusal speaks of what was asked
        self.barrier_ids.unlink()
        return super().unlink()
