from odoo import api, fields, models

from .pledge import FORCES


class ResPartner(models.Model):
    """The delivery record of an employer, as far as the user may know it."""

    _inherit = "res.partner"

    delivery_ids = fields.One2many(
        "leerbedrijf.delivery",
        "partner_id",
        string="Promised and delivered",
        groups="leerbedrijf_core.group_user",
    )
    delivery_summary = fields.Text(
        compute="_compute_delivery_summary", groups="leerbedrijf_core.group_user"
    )
    delivered_label = fields.Char(
        compute="_compute_delivery_summary", groups="leerbedrijf_core.group_user"
    )

    @api.depends_context("uid", "allowed_company_ids", "lang")
    def _compute_delivery_summary(self):
        totals = self._get_delivery_totals([])
        for partner in self:
            known = {
                force: totals[partner._origin, force]
                for force, _label in FORCES
                if (partner._origin, force) in totals
            }
            partner.delivery_summary = "\n".join(
                self._describe_delivery(force, promised, delivered)
                for force, (promised, delivered) in known.items()
            )
            promised = sum(total[0] for total in known.values())
            delivered = sum(total[1] for total in known.values())
            partner.delivered_label = bool(promised) and self.env._(
                "%(delivered)s of %(promised)s",
                delivered=delivered,
                promised=promised,
            )

    def _get_delivery_totals(self, domain):
        """(promised, delivered) places by employer and force, of what the user sees."""
        # What was written in this transaction counts in the view as well.
        self.env.flush_all()
        groups = self.env["leerbedrijf.delivery"]._read_group(
            [("partner_id", "in", self.ids), *domain],
            ["partner_id", "force"],
            ["promised:sum", "delivered:sum"],
        )
        return {
            (partner, force): (promised, delivered)
            for partner, force, promised, delivered in groups
        }

    def _describe_delivery(self, force, promised, delivered):
        percent = round(100 * min(delivered, promised) / promised)
        sentence = {
            "guarantee": self.env._(
                "Of %(promised)s guaranteed places %(delivered)s became a job "
                "(%(percent)s%%).",
                promised=promised,
                delivered=delivered,
                percent=percent,
            ),
            "intention": self.env._(
                "Of %(promised)s intended places %(delivered)s became a job "
                "(%(percent)s%%).",
                promised=promised,
                delivered=delivered,
                percent=percent,
            ),
        }
        return sentence[force]

    def action_view_deliveries(self):
        """What was promised and delivered by edition."""
        return {
            **self._action_of_employer("leerbedrijf_core.delivery_action"),
            "context": {"search_default_by_cohort": 1},
        }
