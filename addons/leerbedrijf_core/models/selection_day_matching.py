from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..calc import matching
from ..tools import take_turns
from .enrolment import PURPOSE_STATES
from .selection_day import MATCH_STATES

KNOW_THE_PEOPLE = "leerbedrijf_core.group_coordinator"


class LeerbedrijfSelectionDay(models.Model):
    """The proposal of a selection day, what it comes down to, and its confirmation."""

    _inherit = "leerbedrijf.selection.day"

    candidate_count = fields.Integer(
        string="Participants", compute="_compute_result", groups=KNOW_THE_PEOPLE
    )
    has_choices = fields.Boolean(
        string="Somebody chose", compute="_compute_has_choices", groups=KNOW_THE_PEOPLE
    )
    matched_count = fields.Integer(
        string="With a function", compute="_compute_result", groups=KNOW_THE_PEOPLE
    )
    rather_count = fields.Integer(
        string="Would rather swap",
        compute="_compute_result",
        groups=KNOW_THE_PEOPLE,
        help="Pairs of a person and a function that would both rather have each other "
        "than what they have now.",
    )
    summary = fields.Char(
        string="In short", compute="_compute_result", groups=KNOW_THE_PEOPLE
    )
    rather = fields.Text(
        string="Who would rather", compute="_compute_result", groups=KNOW_THE_PEOPLE
    )
    problems = fields.Text(
        string="Before you can confirm",
        compute="_compute_result",
        groups=KNOW_THE_PEOPLE,
    )

    @api.depends(
        "state",
        "function_ids.places",
        "candidate_ids.function_id",
        "candidate_ids.choice_ids.wish",
        "candidate_ids.choice_ids.rating",
        "candidate_ids.choice_ids.is_vetoed",
        "candidate_ids.choice_ids.limits",
        "candidate_ids.choice_ids.reason",
        "candidate_ids.choice_ids.reason_for",
    )
    def _compute_result(self):
        for day in self:
            result = day._assess()
            day.candidate_count = len(day._get_present())
            day.matched_count = len(result.matched)
            day.rather_count = len(result.blocking)
            day.summary = day._describe(result)
            day.rather = "\n".join(day._describe_blocking(result))
            day.problems = "\n".join(day._get_problems(result))

    @api.depends("candidate_ids.choice_ids.wish")
    def _compute_has_choices(self):
        for day in self:
            day.has_choices = any(day.candidate_ids.choice_ids.mapped("wish"))

    def _get_present(self):
        """Who can be matched, and of a confirmed day whom the leerbedrijf still knows:
        not who was refused or left since."""
        states = PURPOSE_STATES if self.state == "confirmed" else MATCH_STATES
        return self.candidate_ids.filtered(
            lambda candidate: candidate.enrolment_id.state in states
        )

    def _get_choices(self):
        """As plain data, of the people whom the leerbedrijf still knows."""
        return [choice._to_calc() for choice in self._get_present().choice_ids]

    def _get_places(self):
        """Function id → places for people of this day. What was withdrawn has none."""
        if self.state == "confirmed":
            return {function.id: function.places for function in self.function_ids}
        return {
            function.id: function.free_places if function.is_open else 0
            for function in self.function_ids
        }

    def _assess(self):
        self.ensure_one()
        pairs = {
            candidate.id: candidate.function_id.id
            for candidate in self._get_present()
            if candidate.function_id
        }
        return matching.assess(self._get_choices(), self._get_places(), pairs)

    # The proposal -------------------------------------------------------------

    def action_propose(self):
        """Fill in the draft, and show it."""
        self.ensure_one()
        self.action_prepare()
        pairs = matching.propose(self._get_choices(), self._get_places(), self.mode)
        by_function = defaultdict(self.candidate_ids.browse)
        for candidate in self.candidate_ids:
            by_function[pairs.get(candidate.id, False)] |= candidate
        for function_id, candidates in by_function.items():
            candidates.function_id = function_id
        # Superuser is the key to the state; preparing asked for the right to write.
        self.sudo().state = "proposed"
        return self.action_view_board()

    def _describe(self, result):
        """One line: how many have a function, which choice, how well it fits."""
        self.ensure_one()
        parts = [
            self.env._(
                "%(matched)s of %(people)s have a function",
                matched=len(result.matched),
                people=len(self._get_present()),
            )
        ]
        wishes = sorted(
            result.wishes.items(), key=lambda item: item[0] or matching.NOBODY
        )
        parts += [
            self.env._("%(number)s × choice %(rank)s", number=number, rank=rank)
            if rank
            else self.env._("%(number)s × not chosen by the person", number=number)
            for rank, number in wishes
        ]
        if result.matched:
            parts.append(
                self.env._(
                    "average fit %(fit)s%%",
                    fit=round(100 * result.total_fit / len(result.matched)),
                )
            )
        parts.append(self.env._("%(free)s places left", free=sum(result.free.values())))
        swaps = len(result.blocking)
        parts.append(
            self.env._("wishes to swap: %(number)s", number=swaps)
            if swaps
            else self.env._("nobody would rather swap")
        )
        return " · ".join(parts)

    def _describe_blocking(self, result):
        for choice in result.blocking:
            candidate = self.env["leerbedrijf.selection.candidate"].browse(
                choice.person
            )
            function = self.env["leerbedrijf.function"].browse(choice.function)
            yield self.env._(
                "%(person)s and %(function)s would both rather have each other.",
                person=candidate.participant_name,
                function=function.display_name,
            )

    def _get_problems(self, result):
        """Sentences: what must be solved first. Extend with super()."""
        self.ensure_one()
        functions = self.env["leerbedrijf.function"]
        problems = [
            self.env._(
                "%(function)s: %(number)s people too many.",
                function=functions.browse(function).display_name,
                number=number,
            )
            for function, number in result.overfull.items()
        ]
        for candidate in self._get_present().filtered("function_id"):
            problems += candidate._get_problems()
        return problems

    # Confirmation -------------------------------------------------------------

    def action_confirm(self):
        """Both sides chose: record it on each enrolment. From then on it is fixed."""
        self.ensure_one()
        self.check_access("write")
        take_turns(self)
        take_turns(self.function_ids)
        # What another confirmed before our turn.
        self.env.invalidate_all()
        self._check_not_confirmed()
        self._get_present()._find_choice()._look_again()
        problems = self._get_problems(self._assess())
        if problems:
            raise UserError(
                self.env._("This cannot be confirmed yet:")
                + "\n"
                + "\n".join(f"– {sentence}" for sentence in problems)
            )
        matched = self._get_present().filtered("function_id")
        if not matched:
            raise UserError(
                self.env._("Nobody has a function yet. Propose matches first.")
            )
        self._tell_unmatched()
        for candidate in matched:
            candidate._confirm()
        matched.enrolment_id._tell_other_cohorts()
        # Superuser is the key to the state; the right to write was asked above.
        self.sudo().write(
            {
                "state": "confirmed",
                "confirmed_on": fields.Datetime.now(),
                "confirmed_by_id": self.env.uid,
            }
        )

    def _tell_unmatched(self):
        for candidate in self._get_present().filtered(lambda c: not c.function_id):
            candidate.enrolment_id.message_post(
                body=self.env._(
                    "No function yet after the selection day of %(date)s. %(why)s",
                    date=format_date(self.env, self.date),
                    why=candidate.why_without or "",
                )
            )

    def action_next_day(self):
        """A new selection day for who has no function yet."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("New selection day"),
            "res_model": self._name,
            "view_mode": "form",
            "views": [(False, "form")],
            "context": {"default_cohort_id": self.cohort_id.id},
        }
