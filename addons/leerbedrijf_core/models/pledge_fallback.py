from odoo import models

from ..calc import fallback
from ..tools import format_number


class LeerbedrijfPledge(models.Model):
    """An open place as something to propose to who has none, with words for why."""

    _inherit = "leerbedrijf.pledge"

    def _to_fallback(self, cohort):
        return [
            fallback.Place(
                key=pledge.id,
                hours=pledge.hours_per_week,
                town=pledge.partner_id.city or "",
                postcode=pledge.partner_id.zip or "",
                skills=frozenset((pledge.skill_ids | pledge.forecast_id.skill_ids).ids),
                sector=pledge._get_sector().id,
                same_cohort=pledge.cohort_id == cohort,
                guaranteed=pledge.force == "guarantee",
            )
            for pledge in self
        ]

    def _get_sector(self):
        return (
            self.cohort_id.sector_id
            or self.forecast_id.sector_id
            or self.partner_id.sector_id
        )

    def _describe_fit(self, reasons):
        """The reasons of calc in words, for whom the place is proposed to."""
        self.ensure_one()
        return " · ".join(filter(None, map(self._describe_reason, reasons)))

    def _describe_reason(self, reason):
        value = reason.values[0] if reason.values else ""
        is_hours = reason.code.startswith("hours")
        hours = format_number(self.env, value) if is_hours else ""
        skills = reason.code.startswith("skills") and ", ".join(
            self.env["hr.skill"].browse(sorted(reason.values)).mapped("display_name")
        )
        words = {
            "hours_fit": self.env._("%(hours)s hours fits", hours=hours),
            "hours_unknown": self.env._("%(hours)s hours; wish not known", hours=hours),
            "town_same": self.env._("same town (%(town)s)", town=value),
            "town_near": self.env._("near (%(town)s)", town=value),
            "town_other": self.env._("other town: %(town)s", town=value),
            "town_unknown": value and self.env._("in %(town)s", town=value),
            "skills_known": self.env._("has the skills: %(skills)s", skills=skills),
            "skills_missing": self.env._("still to learn: %(skills)s", skills=skills),
            "skills_unknown": self.env._("asks: %(skills)s", skills=skills),
            "sector_other": self.env._(
                "other sector: %(sector)s", sector=self._get_sector().name
            ),
        }
        return words[reason.code]
