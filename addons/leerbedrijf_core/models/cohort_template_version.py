from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import take_turns


class LeerbedrijfCohortTemplate(models.Model):
    """Versions of a template: a cohort keeps the one that it started from."""

    _inherit = "leerbedrijf.cohort.template"
    _label_fields = ("name", "version")

    version = fields.Integer(default=1, readonly=True, copy=False)
    previous_version_id = fields.Many2one(
        "leerbedrijf.cohort.template",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    first_version_id = fields.Many2one(
        "leerbedrijf.cohort.template",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="Empty on the first version itself.",
    )
    version_count = fields.Integer(
        compute="_compute_version_count", string="Number of versions"
    )

    def _get_label(self):
        if self.version > 1:
            return self.env._(
                "%(template)s (version %(version)s)",
                template=self.name,
                version=self.version,
            )
        return self.name

    @api.depends("first_version_id")
    def _compute_version_count(self):
        for template in self:
            template.version_count = len(template._get_versions())

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._without_version(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._without_version(vals))

    def _without_version(self, vals):
        """Which version follows which is no client's to fill in."""
        if self.env.su:
            return vals
        system = {"version", "previous_version_id", "first_version_id"}
        return {key: value for key, value in vals.items() if key not in system}

    def _get_versions(self):
        """These templates in all their versions, archived ones too."""
        firsts = {(t.first_version_id or t)._origin.id for t in self} - {False}
        return self.with_context(active_test=False).search(
            ["|", ("id", "in", firsts), ("first_version_id", "in", firsts)]
        )

    def action_new_version(self):
        """Copy the template to change it, and archive this one.

        Cohorts keep the version that they started from; editions count on.
        """
        self.ensure_one()
        self.check_access("write")
        # Else two people who press the button at once both make the next version.
        take_turns(self)
        if not self.active:
            raise UserError(
                self.env._(
                    "“%(template)s” has been archived. Make a new version of the one "
                    "that is in use.",
                    template=self.display_name,
                )
            )
        # Superuser is the key to the version; who may write here makes the next one.
        version = self.sudo().copy(
            {
                "version": self.version + 1,
                "previous_version_id": self.id,
                "first_version_id": (self.first_version_id or self).id,
            }
        )
        self.active = False
        return version.sudo(False)._get_form_action()

    def action_view_versions(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "leerbedrijf_core.cohort_template_action"
        )
        return {
            **action,
            "domain": [("id", "in", self._get_versions().ids)],
            "context": {"active_test": False},
        }

    def _get_form_action(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
        }
