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
        known = self._get_delivery_totals([("is_known", "=", True)])
        running = self._get_delivery_totals([("is_known", "=", False)])
        for partner in self:
            partner.delivery_summary = "\n".join(
                [
                    *partner._describe_deliveries(known, self._describe_delivery),
                    *partner._describe_deliveries(running, self._describe_running),
                ]
            )
            totals = [
                total
                for (employer, _force), total in [*known.items(), *running.items()]
                if employer == partner._origin
            ]
            partner.delivered_label = bool(totals) and self.env._(
                "%(delivered)s of %(promised)s",
                delivered=sum(delivered for _promised, delivered in totals),
                promised=sum(promised for promised, _delivered in totals),
            )

    def _describe_deliveries(self, totals, describe):
        """A sentence for each force of which there is a total of this employer."""
        return [
            describe(force, *totals[self._origin, force])
            for force, _label in FORCES
            if (self._origin, force) in totals
        ]

    def _get_delivery_totals(self, domain):
        """(promised, delivered) places by employer and force, of what the user sees."""
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

    def _describe_running(self, force, promised, delivered):
        sentence = {
            "guarantee": self.env._(
                "Running editions: %(promised)s guaranteed places, %(delivered)s "
                "became a job so far.",
                promised=promised,
                delivered=delivered,
            ),
            "intention": self.env._(
                "Running editions: %(promised)s intended places, %(delivered)s "
                "became a job so far.",
                promised=promised,
                delivered=delivered,
            ),
        }
        return sentence[force]

    def action_view_deliveries(self):
        """What was promised and delivered by edition."""
        return {
            **self._action_of_employer("leerbedrijf_core.delivery_action"),
            "context": {"search_default_by_cohort": 1},
        }
