from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class LeerbedrijfCohort(models.Model):
    """The work that employers offer to this cohort."""

    _inherit = "leerbedrijf.cohort"

    function_ids = fields.One2many(
        "leerbedrijf.function", "cohort_id", string="Functions"
    )
    open_function_places = fields.Integer(
        string="Open places", compute="_compute_open_function_places"
    )

    def _compute_open_function_places(self):
        places = dict(
            self.env["leerbedrijf.function"]._read_group(
                [("cohort_id", "in", self.ids), ("is_open", "=", True)],
                ["cohort_id"],
                ["places:sum"],
            )
        )
        for cohort in self:
            cohort.open_function_places = places.get(cohort._origin, 0)

    def action_view_functions(self):
        self.ensure_one()
        return self._action_view(
            "leerbedrijf_core.function_action",
            [("cohort_id", "=", self.id)],
            default_cohort_id=self.id,
        )

    def action_make_functions(self):
        """Make what is missing of the pledges and future jobs, and say so."""
        self.ensure_one()
        self.check_access("write")
        if not self._get_promises() and not self._get_counting_forecasts():
            raise UserError(
                self.env._(
                    "No pledge holds for this cohort yet, and no future job that "
                    "counts is linked to it. Send an agreement, link future jobs on "
                    "the page “Employers and jobs”, or add a function by hand."
                )
            )
        made = self._make_functions()
        message = (
            self.env._("Functions made: %(number)s.", number=len(made))
            if made
            else self.env._("Every pledge and future job is a function already.")
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success" if made else "info",
                "message": message,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _get_counting_forecasts(self):
        return self.forecast_ids.filtered("counting_places")

    def _make_functions(self):
        """A function of each pledge that holds and, of an employer without a pledge, of
        each future job that counts. What is a function already, also when it is closed
        or archived, is not made again."""
        self.ensure_one()
        known = self.with_context(active_test=False).function_ids
        pledges = self._get_promises()
        values = []
        for pledge in pledges - known.pledge_id:
            forecast = self._get_forecast_of(pledge)
            expected = known.filtered(
                lambda f, forecast=forecast: (
                    forecast and f.forecast_id == forecast and not f.pledge_id
                )
            )
            if expected:  # it was made before the employer promised anything
                expected.pledge_id = pledge
            else:
                values.append(self._prepare_function(pledge, forecast))
        values += [
            self._prepare_function(self.env["leerbedrijf.pledge"], forecast)
            for forecast in self._get_counting_forecasts() - known.forecast_id
            if forecast.partner_id not in pledges.partner_id
        ]
        return self.env["leerbedrijf.function"].create(values)

    def _get_forecast_of(self, pledge):
        """The future job that a pledge is about: its own, else the one of this cohort
        with the same employer and name."""
        return (
            pledge.forecast_id
            or self.forecast_ids.filtered(
                lambda forecast: (
                    forecast.partner_id == pledge.partner_id
                    and forecast.function.casefold() == pledge.function.casefold()
                )
            )[:1]
        )

    def _prepare_function(self, pledge, forecast):
        source = pledge or forecast
        return {
            "cohort_id": self.id,
            "partner_id": source.partner_id.id,
            "name": source.function,
            "hours_per_week": source.hours_per_week,
            "pledge_id": pledge.id,
            "forecast_id": forecast.id,
            "skill_line_ids": self._prepare_function_skills(
                forecast.skill_ids, pledge.skill_ids
            ),
        }

    def _prepare_function_skills(self, entry, acquired):
        """What an employer asks, from what it said of the job and what it signed for.

        Entry skills of a future job are needed at the lowest level: the rest is
        learned. With the skills to acquire of a pledge the job is there in the end, so
        at the highest level; what the route teaches is no reason to turn a learner away
        and so a wish. What it does not teach somebody must bring along: required.
        """
        taught = self.route_id.skill_ids
        lines = [(skill, True, 0) for skill in entry]
        lines += [(skill, skill not in taught, -1) for skill in acquired - entry]
        return [
            Command.create(
                {
                    "skill_id": skill.id,
                    "is_required": is_required,
                    "level_id": levels.ids[position],
                }
            )
            for skill, is_required, position in lines
            # A type without levels cannot be compared.
            if (levels := skill.skill_type_id.skill_level_ids.sorted("level_progress"))
        ]
