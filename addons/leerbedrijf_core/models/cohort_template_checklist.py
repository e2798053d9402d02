from odoo import api, fields, models


class LeerbedrijfCohortTemplate(models.Model):
    """Who does what in every edition, and the checklist of its work."""

    _inherit = "leerbedrijf.cohort.template"

    party_ids = fields.One2many(
        "leerbedrijf.cohort.template.party",
        "template_id",
        string="Parties and roles",
        copy=True,
    )
    task_ids = fields.One2many(
        "leerbedrijf.cohort.template.task",
        "template_id",
        string="Checklist",
        copy=True,
    )

    @api.model_create_multi
    def create(self, vals_list):
        templates = super().create(vals_list)
        templates._take_checklist_of_route()
        return templates

    def _take_checklist_of_route(self):
        """Start with the tasks of the route and the roles in them, where none were
        given."""
        self.env["leerbedrijf.cohort.template.task"].create(
            [
                {**task._prepare_task_values(), "template_id": template.id}
                for template in self.filtered(lambda template: not template.task_ids)
                for task in template.route_id.task_ids
            ]
        )
        self.env["leerbedrijf.cohort.template.party"].create(
            [
                {
                    "template_id": template.id,
                    "role_id": role.id,
                    "sequence": role.sequence,
                }
                for template in self.filtered(lambda template: not template.party_ids)
                for role in template.task_ids.role_id
            ]
        )

    def action_take_checklist(self):
        """Take over the checklist of the route, for a template that has none."""
        self.ensure_one()
        self.check_access("write")
        self._take_checklist_of_route()
