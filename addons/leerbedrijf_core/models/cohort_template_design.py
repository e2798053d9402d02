from odoo import api, fields, models
from odoo.exceptions import UserError

# From here on people learn by the design of the template.
STEPS_OF_USE = ("learning", "regular", "closed")


class LeerbedrijfCohortTemplate(models.Model):
    """The design of a template: phases, which start from the route's, and the week."""

    _inherit = "leerbedrijf.cohort.template"

    phase_ids = fields.One2many(
        "leerbedrijf.template.phase", "template_id", string="Phases", copy=True
    )
    week_slot_ids = fields.One2many(
        "leerbedrijf.week.slot", "template_id", string="Week pattern", copy=True
    )
    is_in_use = fields.Boolean(
        compute="_compute_is_in_use",
        help="A cohort learns by this template, or has done so.",
    )

    @api.depends("cohort_ids.step_id")
    def _compute_is_in_use(self):
        cohorts = self.env["leerbedrijf.cohort"].with_context(active_test=False)
        domain = [
            ("template_id", "in", self.ids),
            ("step_id.code", "in", STEPS_OF_USE),
        ]
        groups = cohorts._read_group(domain, ["template_id"])
        used = {template.id for [template] in groups}
        for template in self:
            template.is_in_use = template._origin.id in used

    @api.model_create_multi
    def create(self, vals_list):
        templates = super().create(vals_list)
        templates.filtered(lambda t: not t.phase_ids)._take_phases_of_route()
        return templates

    def write(self, vals):
        route_id = vals.get("route_id")
        moved = route_id and self.filtered(lambda t: t.route_id.id != route_id)
        if moved:
            moved._check_not_in_use()
        result = super().write(vals)
        if moved:
            moved._take_phases_of_route()
        return result

    def copy(self, default=None):
        """The parts of a copy point to its own phases, not to those of the original."""
        copies = super().copy(default)
        if "phase_ids" not in (default or {}):
            for template, copied in zip(self, copies, strict=True):
                twins = zip(template.phase_ids, copied.phase_ids, strict=True)
                copied._link_like(template, dict(twins))
        return copies

    def _link_like(self, template, twins):
        """Point the parts that were copied from `template` to the own phases.

        :param twins: the own phase for each phase of `template`
        """
        for name in self._get_design_fields():
            self[name]._link_like(template[name], twins)

    @api.model
    def _get_design_fields(self):
        """The parts that point to phases: a list to extend."""
        return ["phase_ids", "week_slot_ids"]

    def _check_not_in_use(self):
        used = self.filtered("is_in_use")
        if used:
            raise UserError(
                self.env._(
                    "A cohort learns by “%(template)s”, so its phases, week and norms "
                    "stay. Make a new version; the cohort keeps this one.",
                    template=used[0].name,
                )
            )

    def _take_phases_of_route(self):
        """Copy the phases of the route, to be changed to what the region does."""
        for template in self:
            template.phase_ids.unlink()
            design = template.route_id.phase_ids
            phases = template.phase_ids.create(
                [template._prepare_template_phase_values(phase) for phase in design]
            )
            phases._link_like(design, dict(zip(design, phases, strict=True)))

    def _prepare_template_phase_values(self, phase):
        """What a template's phase takes from the route's: a whitelist to extend."""
        self.ensure_one()
        return {
            "template_id": self.id,
            "route_phase_id": phase.id,
            **phase._prepare_design_values(),
        }
