from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .phase_design_mixin import PHASE_KINDS

SLOT_KINDS = [*PHASE_KINDS, ("meeting", "Group meeting")]


class LeerbedrijfWeekSlotMixin(models.AbstractModel):
    """What returns every week on the same parts of it: a school day, a placement."""

    _name = "leerbedrijf.week.slot.mixin"
    _description = "Part of a week pattern"

    sequence = fields.Integer(default=10)
    name = fields.Char(string="What", required=True)
    kind = fields.Selection(SLOT_KINDS, required=True)
    day_part_ids = fields.Many2many(
        "leerbedrijf.day.part", string="When", required=True
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="At",
        index="btree_not_null",
        domain="[('region_id', '=', region_id)]",
        help="The school or employer where it is, if it is the same for everybody.",
    )
    place = fields.Char(help="Address, room or link of an online meeting.")
    skips_school_holidays = fields.Boolean(
        string="Not in school holidays",
        compute="_compute_skips_school_holidays",
        store=True,
        readonly=False,
        precompute=True,
    )

    @api.depends("kind")
    def _compute_skips_school_holidays(self):
        for slot in self:
            slot.skips_school_holidays = slot.kind == "school"

    @api.constrains("day_part_ids")
    def _check_day_parts(self):
        if not all(slot.day_part_ids for slot in self):
            raise ValidationError(
                self.env._("Choose at least one part of the week for each line.")
            )

    @api.constrains("partner_id", "region_id")
    def _check_partner_region(self):
        for slot in self:
            # Superuser: only regions are compared.
            if slot.sudo().partner_id.region_id - slot.region_id:
                raise ValidationError(
                    self.env._(
                        "Choose a school or employer of the region %(region)s.",
                        region=slot.region_id.display_name,
                    )
                )

    def _prepare_slot_values(self):
        """What a copy of this line takes from it: a whitelist."""
        self.ensure_one()
        return {
            "name": self.name,
            "kind": self.kind,
            "sequence": self.sequence,
            "day_part_ids": self.day_part_ids.ids,
            "partner_id": self.partner_id.id,
            "place": self.place,
            "skips_school_holidays": self.skips_school_holidays,
        }
