from odoo import api, fields, models

from ..tools import linked_by


class LeerbedrijfEnrolmentChildMixin(models.AbstractModel):
    """What belongs to an enrolment: readable by its municipality and its leerbedrijf.

    Made and changed by the leerbedrijf while it has access.
    """

    _name = "leerbedrijf.enrolment.child.mixin"
    _description = "Part of an enrolment"
    _inherit = ["leerbedrijf.child.mixin", "leerbedrijf.personal.mixin"]

    _person_path = "enrolment_id.participant_id"

    _tenancy_kind = "shared"
    _write_once_columns = ("enrolment_id",)
    _tenant_columns = ("company_id", "leerbedrijf_id", "access_leerbedrijf_id")

    enrolment_id = fields.Many2one(
        "leerbedrijf.enrolment", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="enrolment_id.company_id",
        string="Municipality",
        store=True,
        index=True,
        precompute=True,
    )
    leerbedrijf_id = fields.Many2one(
        related="enrolment_id.leerbedrijf_id",
        string="Leerwerkbedrijf",
        store=True,
        index=True,
        precompute=True,
    )
    access_leerbedrijf_id = fields.Many2one(
        related="enrolment_id.access_leerbedrijf_id",
        store=True,
        index=True,
        precompute=True,
    )

    @api.model_create_multi
    def create(self, vals_list):
        # First of all: a unique index would tell what is known of somebody's enrolment.
        linked_by(self, "enrolment_id", vals_list).check_access("read")
        return super().create(vals_list)
