from odoo import fields, models

from .forecast import SETTLED

# What fits on one page with everything that may stand above and below it; more is not
# read before a call either.
MOST_LINES = 10
MOST_STEPS = 4
MOST_CONTACTS = 4


class ResPartner(models.Model):
    """What one page tells of an employer, to take along and to show.

    It is meant for the eyes of the employer: no notes, no words of colleagues, nobody
    but the contact person and the account manager.
    """

    _inherit = "res.partner"

    def _get_summary(self):
        """The parts of the page; lists are cut, with the number of lines left out."""
        self.ensure_one()
        promised = self._get_promised()
        forecasts = self._get_open_forecasts()
        return {
            "contact": self._get_contact_person(),
            "forecasts": forecasts[:MOST_LINES],
            "forecasts_left": self._get_rest(len(forecasts)),
            "forecast_places": sum(forecasts.mapped("places")),
            "pledges": promised[:MOST_LINES],
            "pledges_left": self._get_rest(len(promised)),
            "places": sum(promised.mapped("places")),
            "delivered": sum(promised.mapped("delivered_places")),
            "steps": self._get_next_steps(promised)[:MOST_STEPS],
            "contacts": self._get_contact_moments("done")[:MOST_CONTACTS],
        }

    def _get_rest(self, count):
        """How many lines are not shown, in words."""
        rest = count - MOST_LINES
        return rest > 0 and self.env._("and %(count)s more", count=rest)

    def _get_contact_person(self):
        people = self.child_ids.filtered(lambda x: x.type == "contact" and x.name)
        return people.sorted("id")[:1]

    def _get_open_forecasts(self, limit=None):
        return self.env["leerbedrijf.forecast"].search(
            [("partner_id", "=", self.id), ("certainty", "not in", SETTLED)],
            limit=limit,
        )

    def _get_contact_moments(self, state):
        """The latest first."""
        return self.env["leerbedrijf.contact.moment"].search(
            [("partner_id", "=", self.id), ("state", "=", state)], order="date desc, id"
        )

    def _get_promised(self):
        """The latest first: an edition at the top is the one to talk about."""
        pledges = self.env["leerbedrijf.pledge"].search(
            [
                ("partner_id", "=", self.id),
                ("agreement_id.is_in_force", "=", True),
            ]
        )
        far = fields.Date.to_date("2100-01-01")
        return pledges.sorted(
            lambda x: (x.cohort_id.date_start or x.date_from or far, x.id), reverse=True
        )

    def _get_next_steps(self, pledges):
        """(date, kind, record) of what comes: starts of pledged places, reviews of
        agreements, starts of cohorts, planned contact."""
        today = fields.Date.context_today(self)
        running = pledges.filtered(lambda x: x.agreement_id.state != "ended")
        steps = [(x.date_from, "start", x) for x in running]
        steps += [(x.review_date, "review", x) for x in running.agreement_id]
        steps += [(x.date_start, "cohort", x) for x in running.cohort_id]
        steps += [(x.date, "contact", x) for x in self._get_contact_moments("planned")]
        coming = [step for step in steps if step[0] and step[0] >= today]
        return sorted(coming, key=lambda step: (step[0], step[1], step[2].id))
