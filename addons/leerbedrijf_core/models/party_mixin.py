from odoo import api, fields, models
from odoo.exceptions import ValidationError


class LeerbedrijfPartyMixin(models.AbstractModel):
    """Who does what in a cohort: a role, its organisations, a person and the task.

    The organisations of a role that the cohort or template itself names (employers,
    training partners, the leerwerkbedrijf) are read from there and never typed again.
    """

    _name = "leerbedrijf.party.mixin"
    _description = "Party with a role"
    _inherit = ["leerbedrijf.child.mixin"]
    _order = "sequence, id"
    _rec_name = "role_id"
    _label_fields = ("role_id.name",)

    _tenancy_kind = "regional"
    # The link to the cohort or the template.
    _parent_field = None

    sequence = fields.Integer(default=10)
    role_id = fields.Many2one(
        "leerbedrijf.party.role",
        required=True,
        index=True,
        ondelete="restrict",
    )
    source = fields.Selection(related="role_id.source")
    partner_ids = fields.Many2many(
        "res.partner",
        string="Who",
        compute="_compute_partner_ids",
        store=True,
        readonly=False,
        domain="[('is_company', '=', True), ('region_id', 'in', (False, region_id))]",
    )
    contact_id = fields.Many2one(
        "res.partner",
        string="Contact person",
        index="btree_not_null",
        domain="[('is_company', '=', False), ('region_id', 'in', (False, region_id))]",
        help="A colleague gets the tasks of this role on the checklist.",
    )
    task = fields.Text(
        string="What this party does",
        compute="_compute_task",
        store=True,
        readonly=False,
        help="The whole region reads this: name no participants.",
    )

    def _get_partners_of_source(self):
        """The organisations that the cohort or template names for this role."""
        parent = self[self._parent_field]
        return {
            "leerbedrijf": parent.company_id.partner_id,
            "training_partner": parent.training_partner_ids,
        }.get(self.source, self.env["res.partner"])

    def _compute_partner_ids(self):
        for party in self:
            party.partner_ids = (
                party._get_partners_of_source() if party.source else party.partner_ids
            )

    @api.depends("role_id")
    def _compute_task(self):
        for party in self:
            party.task = party.role_id.task

    @api.constrains("partner_ids", "contact_id", "region_id")
    def _check_same_region(self):
        for party in self:
            # Superuser: only regions are compared.
            if not party.sudo()._is_of_region():
                raise ValidationError(
                    self.env._(
                        "Only organisations and people of the region %(region)s have a "
                        "role here. Choose those.",
                        region=party.region_id.name,
                    )
                )

    def _is_of_region(self):
        """Whether all are contacts of the region, its members or their colleagues."""
        region, contact = self.region_id, self.contact_id
        others = (self.partner_ids | contact) - region.company_ids.partner_id
        if region in contact.user_ids.leerbedrijf_region_ids:
            others -= contact
        return all(partner.region_id == region for partner in others)

    def _prepare_party_values(self):
        """What a cohort takes from its template, and a template from the cohort that
        it is made after: a whitelist to extend.

        Who has a role that the cohort names itself follows from the cohort.
        """
        self.ensure_one()
        values = {
            "sequence": self.sequence,
            "role_id": self.role_id.id,
            "task": self.task,
        }
        if not self.source:
            values["partner_ids"] = self.partner_ids.ids
        if self.source != "leerbedrijf":
            values["contact_id"] = self.contact_id.id
        return values
