from odoo import api, fields, models
from odoo.exceptions import ValidationError


class LeerbedrijfTemplatePartMixin(models.AbstractModel):
    """A line of a cohort template; its region and owner are the template's.

    Lines of the design stay as they are once a cohort learns by them: what it started
    from can be looked up. Who wants it otherwise makes a new version.
    """

    _name = "leerbedrijf.template.part.mixin"
    _description = "Part of a cohort template"
    _inherit = ["leerbedrijf.child.mixin"]

    _tenancy_kind = "regional"
    _write_once_columns = ("template_id",)
    # Amounts are dated and go on changing; what people learn by does not.
    _is_design = True
    # The many2ones to phases of the same template: a copy points to its own phases.
    _phase_fields = ()

    template_id = fields.Many2one(
        "leerbedrijf.cohort.template", required=True, index=True, ondelete="cascade"
    )
    region_id = fields.Many2one(
        related="template_id.region_id", store=True, index=True, precompute=True
    )
    company_id = fields.Many2one(
        related="template_id.company_id", store=True, index=True, precompute=True
    )

    @api.constrains(lambda self: ("template_id", *self._phase_fields))
    def _check_own_phases(self):
        for part in self:
            for name in self._phase_fields:
                if part[name].template_id - part.template_id:
                    raise ValidationError(
                        self.env._("Choose a phase of this template itself.")
                    )

    @api.model_create_multi
    def create(self, vals_list):
        parts = super().create(vals_list)
        parts._check_may_change()
        return parts

    def write(self, vals):
        self._check_may_change()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_in_use(self):
        self._check_may_change()

    def _check_may_change(self):
        if self._is_design and not self.env.su:
            self.template_id._check_not_in_use()

    def _link_like(self, others, twins):
        """Point to the phases of this template as `others` do to those of theirs.

        :param twins: the phase of this template for each phase of the other
        """
        for part, other in zip(self, others, strict=True):
            for name in self._phase_fields:
                if other[name] in twins:
                    part[name] = twins[other[name]]
