from odoo import fields, models


class LeerbedrijfContribution(models.Model):
    """What a party brings in besides jobs: guidance, lessons, money, a say."""

    _name = "leerbedrijf.contribution"
    _description = "Contribution of a party"
    _inherit = ["leerbedrijf.agreement.part.mixin"]
    _order = "agreement_id, sequence, id"
    _label_fields = ("partner_id.name", "kind_id.name")
    _allows_members = True

    sequence = fields.Integer(default=10)
    partner_id = fields.Many2one(string="Party", domain="[]")
    kind_id = fields.Many2one(
        "leerbedrijf.contribution.kind",
        string="Contributes",
        required=True,
        index=True,
        ondelete="restrict",
    )
    quantity = fields.Float(aggregator=None)
    unit = fields.Char(related="kind_id.unit")
    description = fields.Char(help="For whom, when, or on what condition.")

    _quantity_not_negative = models.Constraint(
        "CHECK(quantity >= 0)", "A contribution cannot be less than nothing."
    )

    def _get_label(self):
        return " · ".join(filter(None, (self.partner_id.name, self.kind_id.name)))

    def _prepare_content(self):
        """What the parties sign for; the key is the same in every version."""
        self.ensure_one()
        return {
            "key": f"{self.partner_id.id}-{self.kind_id.id}",
            "partner": self.partner_id.id,
            "organisation": self.partner_id.name,
            "kind": self.kind_id.name,
            "quantity": self.quantity,
            "unit": self.unit or "",
            "description": self.description or "",
        }
