from odoo import fields, models


class LeerbedrijfSkillPreparation(models.TransientModel):
    """Ask of which routes the skills are put ready, to be rated."""

    _name = "leerbedrijf.skill.preparation"
    _description = "Put skills ready"

    participant_id = fields.Many2one(
        "leerbedrijf.participant", required=True, readonly=True, ondelete="cascade"
    )
    route_ids = fields.Many2many(
        "leerbedrijf.route",
        "leerbedrijf_skill_preparation_route_rel",
        string="Routes",
        required=True,
    )

    def action_prepare(self):
        self.ensure_one()
        self.participant_id._prepare_skills(self.route_ids)
        return {"type": "ir.actions.act_window_close"}
