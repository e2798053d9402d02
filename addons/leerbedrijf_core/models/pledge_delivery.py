from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date

from ..tools import take_turns
from .pledge import STATES_WITH_DELIVERY


class LeerbedrijfPledge(models.Model):
    """What became of the promised places: delivered, lapsed with a reason, or open."""

    _inherit = "leerbedrijf.pledge"

    lapse_ids = fields.One2many(
        "leerbedrijf.pledge.lapse", "pledge_id", string="Lapsed places"
    )
    lapsed_places = fields.Integer(
        string="Lapsed", compute="_compute_lapsed_places", store=True
    )
    standing_places = fields.Integer(
        compute="_compute_lapsed_places",
        store=True,
        help="Promised and not lapsed: what a cohort may count on.",
    )
    open_places = fields.Integer(
        string="Still open",
        compute="_compute_open_places",
        help="Promised, not delivered and not lapsed.",
    )
    shows_delivery = fields.Boolean(
        compute="_compute_shows_delivery",
        help="What came of it is for the parties of the agreement and the account "
        "managers of the region.",
    )

    _lapsed_in_places = models.Constraint(
        "CHECK(lapsed_places = 0 OR lapsed_places <= places)",
        "No more places can lapse than were promised.",
    )

    @api.depends("places", "lapse_ids.places")
    def _compute_lapsed_places(self):
        for pledge in self:
            pledge.lapsed_places = sum(pledge.lapse_ids.mapped("places"))
            pledge.standing_places = pledge.places - pledge.lapsed_places

    @api.depends("standing_places", "delivered_places")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_open_places(self):
        for pledge in self:
            left = pledge.standing_places - pledge.delivered_places
            pledge.open_places = max(left, 0) if pledge.shows_delivery else 0

    @api.depends("agreement_id")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_shows_delivery(self):
        shown = self._filter_delivery_shown()
        for pledge in self:
            pledge.shows_delivery = pledge in shown

    @api.depends("shows_delivery")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_delivered_places(self):
        """Nothing for who is no party and no account manager: see `shows_delivery`."""
        result = super()._compute_delivered_places()
        for pledge in self.filtered(lambda pledge: not pledge.shows_delivery):
            pledge.delivered_places = 0
        return result

    def _filter_delivery_shown(self):
        """The pledges whose delivery the user may know: the rule of the record says."""
        if self.env.su:
            return self
        rule = self.env["ir.rule"]._compute_domain("leerbedrijf.delivery", "read")
        # Superuser: the rule speaks of agreement, owner and region, which a pledge has
        # as well; it decides here, and ids alone come out.
        shown = self.sudo().search(rule & Domain("id", "in", self._origin.ids))
        return self.filtered(lambda pledge: pledge._origin.id in shown._ids)

    def action_lapse(self):
        """Ask how many places lapse, and why."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Places that lapse"),
            "res_model": "leerbedrijf.pledge.lapse.record",
            "view_mode": "form",
            "target": "new",
            "context": {"default_pledge_id": self.id},
        }

    def _lapse(self, places, reason, date=None):
        """Record that `places` will not come; the employer's account manager is told.

        Where the people are who were to get these places is the business of the
        cohort's coordinator (`leerbedrijf.fallback`): nothing here knows of them.
        """
        self.ensure_one()
        self.agreement_id.check_access("write")
        self._claim()
        self._check_can_lapse(places)
        # Superuser: nobody may write history by hand; access was checked above.
        self.env["leerbedrijf.pledge.lapse"].sudo().create(
            {
                "pledge_id": self.id,
                "places": places,
                "reason_id": reason.id,
                "date": date or fields.Date.context_today(self),
                "user_id": self.env.uid,
            }
        )
        self.agreement_id.message_post(
            body=self.env._(
                "%(pledge)s: %(places)s of %(promised)s places lapsed on %(date)s.",
                pledge=self.display_name,
                places=places,
                promised=self.places,
                date=format_date(self.env, date or fields.Date.context_today(self)),
            )
        )
        self._tell_of_lapse(places)

    def _check_can_lapse(self, places):
        if self.agreement_id.state not in STATES_WITH_DELIVERY:
            raise UserError(
                self.env._(
                    "Places lapse once the agreement has been signed. Until then, "
                    "change the pledge itself."
                )
            )
        # Superuser: a number, to compare.
        left = self.sudo().open_places
        if not 0 < places <= left:
            raise UserError(
                self.env._(
                    "%(pledge)s has %(open)s places that are neither delivered nor "
                    "lapsed. Give a number from 1 to that.",
                    pledge=self.display_name,
                    open=left,
                )
            )

    def _tell_of_lapse(self, places):
        """The account manager talks with the employer; the coordinator of the cohort
        looks who is without a place now."""
        employer = self.partner_id
        for record, user, summary in (
            (
                self.agreement_id,
                employer.account_manager_id,
                self.env._(
                    "%(employer)s: %(places)s promised places lapsed",
                    employer=employer.name,
                    places=places,
                ),
            ),
            (
                self.cohort_id,
                self.cohort_id.coordinator_id,
                self.env._(
                    "Promised places of %(employer)s lapsed. Who needs another one?",
                    employer=employer.name,
                ),
            ),
        ):
            reader = record.with_user(user).with_context(allowed_company_ids=[])
            if user and record and reader.has_access("read"):
                # Superuser: a to-do on a record of the region that the writer need
                # not own; it says employer and number alone.
                record.sudo().activity_schedule(
                    "leerbedrijf_core.activity_type_lapsed_place",
                    user_id=user.id,
                    summary=summary,
                )

    def _take_over(self):
        result = super()._take_over()
        for pledge in self.filtered("previous_id"):
            pledge._take_over_lapses()
        return result

    def _take_over_lapses(self):
        """An amendment does not wash away what lapsed: unless the parties agreed on
        fewer places, which makes up for as many."""
        # What was never signed has no lapses: those of the version that held count.
        before = self._get_earlier().filtered("agreement_id.signed_on")[:1]
        left = before.lapsed_places - max(before.places - self.places, 0)
        # Superuser: nobody may write history by hand; the parties have signed.
        for lapse in before.sudo().lapse_ids.sorted("date"):
            if left > 0:
                lapse.copy({"pledge_id": self.id, "places": min(lapse.places, left)})
                left -= lapse.places

    def _claim(self):
        """One at a time decides on the open places of a pledge."""
        take_turns(self)
