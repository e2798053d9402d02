from odoo import api, fields, models
from odoo.exceptions import UserError


class LeerbedrijfCohort(models.Model):
    """Who waits for a seat, in the order in which they were proposed."""

    _inherit = "leerbedrijf.cohort"

    waiting_capacity = fields.Integer(
        string="Room on the waiting list",
        compute="_compute_waiting_capacity",
        store=True,
        readonly=False,
        precompute=True,
        help="0: no limit.",
    )
    waiting_count = fields.Integer(
        string="Waiting list", compute="_compute_waiting_count"
    )
    has_free_seat = fields.Boolean(compute="_compute_has_free_seat")

    _waiting_capacity_not_negative = models.Constraint(
        "CHECK(waiting_capacity >= 0)", "The room on a waiting list is not negative."
    )

    @api.depends("template_id")
    def _compute_waiting_capacity(self):
        for cohort in self:
            cohort.waiting_capacity = cohort.template_id.waiting_capacity

    @api.depends("enrolment_ids.state")
    def _compute_waiting_count(self):
        # Superuser: as for the seats, a number says nothing about a person.
        groups = (
            self.env["leerbedrijf.enrolment"]
            .sudo()
            ._read_group(
                [("cohort_id", "in", self.ids), ("state", "=", "waiting")],
                ["cohort_id"],
                ["__count"],
            )
        )
        counts = {cohort.id: count for cohort, count in groups}
        for cohort in self:
            cohort.waiting_count = counts.get(cohort._origin.id, 0)

    @api.depends("seats_taken", "capacity")
    def _compute_has_free_seat(self):
        for cohort in self:
            cohort.has_free_seat = cohort.seats_taken < cohort.capacity

    def write(self, vals):
        """More seats are for who waits as well."""
        result = super().write(vals)
        if "capacity" in vals:
            self._ask_for_next_in_line()
        return result

    def _check_waiting_room(self, number):
        """Raise if `number` more people do not fit on the waiting list."""
        self.ensure_one()
        room = self.waiting_capacity
        if room and self.waiting_count + number > room:
            raise UserError(
                self.env._(
                    "The waiting list of “%(cohort)s” has room for %(room)s and holds "
                    "%(waiting)s. Enlarge it on the cohort, or refuse.",
                    cohort=self.name,
                    room=room,
                    waiting=self.waiting_count,
                )
            )

    def _get_missing_regular(self):
        """Who waits when a cohort closes is told, not forgotten: until then the
        leerwerkbedrijf goes on seeing these people."""
        missing = super()._get_missing_regular()
        if self.waiting_count:
            missing.append(
                self.env._(
                    "%(number)s people are still on the waiting list. Refuse them with "
                    "a reason, so that their work coach looks on.",
                    number=self.waiting_count,
                )
            )
        return missing

    def action_take_next(self):
        """Give a free seat to who has waited longest."""
        self.ensure_one()
        first = self.env["leerbedrijf.enrolment"].search(
            [("cohort_id", "=", self.id), ("state", "=", "waiting")],
            order="create_date, id",
            limit=1,
        )
        if not first:
            raise UserError(self.env._("Nobody is on the waiting list."))
        return first.action_accept() or first.get_formview_action()

    def _ask_for_next_in_line(self):
        """A to-do for the coordinator where a seat came free and people wait.

        It names nobody: the region reads a cohort.
        """
        # Superuser: who withdraws has no business with the coordinator's to-dos.
        for cohort in self.sudo().filtered("coordinator_id"):
            kind = "leerbedrijf_core.activity_type_seat_free"
            if (
                cohort.waiting_count
                and cohort.has_free_seat
                and not cohort.activity_search([kind])
            ):
                cohort.activity_schedule(kind, user_id=cohort.coordinator_id.id)
