from odoo import api, fields, models
from odoo.exceptions import UserError


class LeerbedrijfRoute(models.Model):
    """The design of a learning route: phases that a cohort copies with real dates."""

    _name = "leerbedrijf.route"
    _description = "Learning route"
    _inherit = ["leerbedrijf.catalogue.mixin"]

    code = fields.Char(required=True)
    sector_id = fields.Many2one(
        "leerbedrijf.sector", required=True, index=True, ondelete="restrict"
    )
    kind = fields.Selection(
        [
            ("small", "Small scale, at the workplace of one employer"),
            ("large", "Large scale, elsewhere for one growing employer"),
            ("pooled", "Pooled, several employers and a school"),
            ("development_job", "Development job of several employers' tasks"),
        ],
        required=True,
        default="pooled",
    )
    duration_months = fields.Integer(string="Duration (months)", required=True)
    qualification = fields.Char(
        translate=True, help="What a participant can reach: diploma, certificates."
    )
    description = fields.Text(translate=True)
    phase_ids = fields.One2many(
        "leerbedrijf.route.phase", "route_id", string="Phases", copy=True
    )
    phase_count = fields.Integer(compute="_compute_phase_count")
    skill_ids = fields.Many2many("hr.skill", string="Skills and certificates")

    _code_uniq = models.Constraint(
        "UNIQUE(code)", "Another route has this code already. Choose another code."
    )
    _duration_positive = models.Constraint(
        "CHECK(duration_months > 0)", "A route lasts at least one month."
    )

    @api.depends("phase_ids")
    def _compute_phase_count(self):
        for route in self:
            route.phase_count = len(route.phase_ids)

    def copy_data(self, default=None):
        vals_list = super().copy_data(default)
        for route, vals in zip(self, vals_list, strict=True):
            if "code" not in (default or {}):
                vals["code"] = self.env._("%(code)s (copy)", code=route.code)
        return vals_list

    def copy(self, default=None):
        """A copy's phases wait for each other, not for those of the original."""
        copies = super().copy(default)
        for route, copied in zip(self, copies, strict=True):
            pairs = zip(route.phase_ids, copied.phase_ids, strict=False)
            twins = {old: new for old, new in pairs}
            for old, new in twins.items():
                new.after_phase_id = twins.get(old.after_phase_id)
        return copies

    @api.ondelete(at_uninstall=True)
    def _unlink_except_in_use(self):
        """Also when a sector addon is uninstalled: Odoo then keeps the record."""
        self._check_not_in_use()

    def _check_not_in_use(self):
        # Superuser: a template of any region keeps its route; only the route is named.
        templates = self.env["leerbedrijf.cohort.template"].sudo()
        used = templates.with_context(active_test=False).search(
            [("route_id", "in", self.ids)], limit=1
        )
        if used:
            raise UserError(
                self.env._(
                    "The route “%(route)s” is used by a cohort template. Archive it "
                    "instead.",
                    route=used.route_id.name,
                )
            )
