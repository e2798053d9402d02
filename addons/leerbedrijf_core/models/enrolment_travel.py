from collections import namedtuple

from odoo import api, fields, models

from ..calc import postcode, travel

# means: a leerbedrijf.travel.means, empty if a colleague wrote the minutes down.
Trip = namedtuple("Trip", ["minutes", "means"])


class LeerbedrijfEnrolment(models.Model):
    """How long a participant travels to an employer: minutes, never from where."""

    _inherit = "leerbedrijf.enrolment"

    travel_time_ids = fields.One2many(
        "leerbedrijf.travel.time", "enrolment_id", string="Travel times"
    )
    travel_note = fields.Text(string="Travel", compute="_compute_travel_note")

    @api.depends(
        "employer_id.zip",
        "cohort_id.employer_ids.zip",
        "travel_time_ids.minutes",
        "participant_id.zip",
        "participant_id.travel_means_ids",
        "participant_id.travel_minutes",
    )
    def _compute_travel_note(self):
        trips = self._get_trips(self.employer_id | self.cohort_id.employer_ids)
        for enrolment in self:
            partners = enrolment.employer_id or enrolment.cohort_id.employer_ids
            near = partners.filtered(lambda p, e=enrolment: trips[e, p]).sorted(
                lambda p, e=enrolment: trips[e, p].minutes
            )
            known = [enrolment._describe_trip(p, trips[enrolment, p]) for p in near]
            missing = partners and enrolment._get_missing_for_travel()
            enrolment.travel_note = "\n".join(known + [missing] * bool(missing))

    def _get_travel_minutes(self, partner):
        """Minutes one way by the person's best means, or None when unknown."""
        self.ensure_one()
        return self._get_travel_minutes_by(partner)[self, partner]

    def _get_travel_minutes_by(self, partners):
        """(enrolment, partner) → minutes one way, or None when unknown."""
        trips = self._get_trips(partners)
        return {key: trip and trip.minutes for key, trip in trips.items()}

    def _get_trips(self, partners):
        """(enrolment, partner) → the quickest trip, or None when unknown.

        What a colleague wrote down goes before the estimate. A few queries for all.
        """
        known = self._get_written_trips(partners)
        goals = {partner: postcode.area(partner.zip) for partner in partners}
        starts = {enrolment: enrolment._get_travel_start() for enrolment in self}
        areas = {*goals.values(), *(start for start, _means in starts.values())}
        places = self.env["leerbedrijf.postcode.area"]._get_positions(areas - {None})
        return {
            (enrolment, partner): known.get((enrolment._origin, partner._origin))
            or _estimate(places.get(start), places.get(goals[partner]), means)
            for enrolment, (start, means) in starts.items()
            for partner in partners
        }

    def _get_written_trips(self, partners):
        # Superuser: the minutes are for whoever sees the enrolment.
        lines = (
            self.env["leerbedrijf.travel.time"]
            .sudo()
            .search(
                [
                    ("enrolment_id", "in", self._origin.ids),
                    ("partner_id", "in", partners._origin.ids),
                ]
            )
        )
        nothing = self.env["leerbedrijf.travel.means"]
        return {
            (line.enrolment_id.sudo(False), line.partner_id.sudo(False)): Trip(
                line.minutes, nothing
            )
            for line in lines
        }

    def _get_travel_start(self):
        """The area that the person travels from, and by what."""
        # Superuser: only minutes come out of it.
        person = self._get_known_participant().sudo()
        return postcode.area(person.zip), person.travel_means_ids

    def _describe_trip(self, partner, trip):
        # Superuser: how long somebody travels at most says nothing of where.
        most = self._get_known_participant().sudo().travel_minutes
        values = {"partner": partner.name, "minutes": trip.minutes}
        if trip.means:
            sentence = self.env._(
                "To %(partner)s: about %(minutes)s minutes, %(means)s (estimate)",
                means=trip.means.name.lower(),
                **values,
            )
        else:
            sentence = self.env._(
                "To %(partner)s: %(minutes)s minutes (written down by a colleague)",
                **values,
            )
        if not most:
            return sentence
        if trip.minutes > most:
            limit = self.env._("more than the %(most)s that are possible", most=most)
        else:
            limit = self.env._("at most %(most)s are possible", most=most)
        return f"{sentence} – {limit}"

    def _get_missing_for_travel(self):
        """Why there is no estimate, as a sentence; nothing of where somebody lives."""
        start, means = self._get_travel_start()
        if not start:
            return self.env._(
                "The travel time cannot be estimated: the work coach has not filled in "
                "a postcode."
            )
        if not means:
            return self.env._(
                "The travel time cannot be estimated: the work coach has not filled in "
                "how this person travels."
            )
        return None


def _estimate(start, goal, means):
    if not (start and goal and means):
        return None
    trips = [Trip(travel.minutes(start, goal, way._to_calc()), way) for way in means]
    return min(trips, key=lambda trip: trip.minutes)
