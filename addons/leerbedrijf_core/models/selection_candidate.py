from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date

# Of Odoo's palette: red, orange, green.
COLOR_OBJECTION, COLOR_RATHER, COLOR_GOOD = 1, 2, 10
# How many people a column of the board shows at first.
BOARD_LIMIT = 80


class LeerbedrijfSelectionCandidate(models.Model):
    """A participant on a selection day, and the function that is meant for this person.

    A draft until the day is confirmed; then the record of what both sides chose.
    """

    _name = "leerbedrijf.selection.candidate"
    _description = "Participant of a selection day"
    _inherit = ["leerbedrijf.enrolment.child.mixin"]
    _order = "day_id desc, id"
    _rec_name = "enrolment_id"
    _label_fields = ("participant_name",)

    _write_once_columns = ("enrolment_id", "day_id")

    day_id = fields.Many2one(
        "leerbedrijf.selection.day", required=True, index=True, ondelete="cascade"
    )
    cohort_id = fields.Many2one(related="day_id.cohort_id", related_sudo=False)
    day_state = fields.Selection(related="day_id.state", string="State of the day")
    participant_name = fields.Char(
        string="Name", compute="_compute_participant_name", compute_sudo=False
    )
    participant_code = fields.Char(
        related="enrolment_id.participant_code", related_sudo=False, string="Code"
    )
    function_id = fields.Many2one(
        "leerbedrijf.function",
        index="btree_not_null",
        ondelete="restrict",
        group_expand="_group_expand_functions",
    )
    choice_ids = fields.One2many(
        "leerbedrijf.selection.choice", "candidate_id", string="Choices"
    )
    choice_id = fields.Many2one(
        "leerbedrijf.selection.choice",
        string="What both say of it",
        compute="_compute_standing",
        compute_sudo=True,
    )
    wish_count = fields.Integer(string="Choices made", compute="_compute_wish_count")
    standing = fields.Char(
        string="Choice of both", compute="_compute_standing", compute_sudo=True
    )
    objections = fields.Text(
        string="Speaks against it", compute="_compute_standing", compute_sudo=True
    )
    rather = fields.Text(
        string="Would rather", compute="_compute_standing", compute_sudo=True
    )
    why_without = fields.Text(
        string="Why no function", compute="_compute_standing", compute_sudo=True
    )
    color = fields.Integer(compute="_compute_standing", compute_sudo=True)

    _once = models.UniqueIndex(
        "(day_id, enrolment_id)", "This participant is on this selection day already."
    )

    @api.depends("enrolment_id.participant_name")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_participant_name(self):
        """Only of an enrolment that the user sees: a client can fill in any."""
        for candidate in self:
            seen = candidate.enrolment_id._origin.sudo(False)._filtered_access("read")
            candidate.participant_name = seen.participant_name

    def _get_label(self):
        return self.participant_name or ""

    @api.model
    def _group_expand_functions(self, functions, domain):
        """The columns of the board: every function of the day."""
        day = self.env["leerbedrijf.selection.day"].browse(
            self.env.context.get("default_day_id")
        )
        return functions | day._filtered_access("read").function_ids

    def _open_groups(self, *, groupby, opening_info, parent_opening_info, **kwargs):
        """The column of who has no function is open on the board: there it begins."""
        if groupby == ["function_id"] and not opening_info:
            opening_info = parent_opening_info = [
                {"value": False, "folded": False, "limit": BOARD_LIMIT, "offset": 0}
            ]
        return super()._open_groups(
            groupby=groupby,
            opening_info=opening_info,
            parent_opening_info=parent_opening_info,
            **kwargs,
        )

    @api.depends("choice_ids.wish")
    def _compute_wish_count(self):
        for candidate in self:
            candidate.wish_count = len(candidate.choice_ids.filtered("wish"))

    @api.depends(
        "function_id",
        "day_id.candidate_ids.function_id",
        "choice_ids.wish",
        "choice_ids.rating",
        "choice_ids.is_vetoed",
        "choice_ids.reason",
        "choice_ids.reason_for",
        "choice_ids.limits",
    )
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_standing(self):
        """As superuser, as it depends on the whole day; it says nothing of others.

        Of what is saved and seen by the user: on a form a client can fill in anything.
        """
        # Superuser: who sees this person here may know what the day comes down to for
        # this person.
        origin = self._origin.with_context(leerbedrijf_function_with_places=False)
        shown = origin.sudo(False)._filtered_access("read").sudo()
        results = {day: day._assess() for day in shown.day_id}
        nothing = self.browse()
        for candidate in self:
            # Together with the others: else each asks the database on its own.
            seen = (shown & candidate._origin).with_prefetch(shown.ids)
            values = (seen or nothing)._get_standing(results.get(seen.day_id))
            candidate.update(values)

    def _get_standing(self, result):
        """The values of what is computed, from the assessment of the whole day."""
        choice = self._find_choice()
        objections = self._get_objections()
        functions = self.env["leerbedrijf.function"]
        if result and self.function_id:
            functions = functions.browse(
                [c.function for c in result.blocking if c.person == self.id]
            )
        return {
            "choice_id": choice.id,
            "standing": choice._describe(),
            "objections": "\n".join(objections),
            "rather": self._describe_rather(functions),
            "why_without": result
            and self._describe_fates(result.unmatched.get(self.id)),
            "color": self._get_color(objections, functions),
        }

    def _find_choice(self):
        return self.choice_ids.filtered(
            lambda choice: choice.function_id == choice.candidate_id.function_id
        )

    def _get_color(self, objections, rather):
        """Red for what speaks against it, orange for who would rather swap, green."""
        if not self.function_id:
            return 0
        if objections:
            return COLOR_OBJECTION
        return COLOR_RATHER if rather else COLOR_GOOD

    def _describe_rather(self, functions):
        return "\n".join(
            self.env._(
                "Would rather go to %(function)s, which would like that too.",
                function=function.display_name,
            )
            for function in functions
        )

    def _describe_fates(self, fates):
        """Why there is no function, for each that the person chose."""
        if self.function_id or fates is None:
            return False
        if not fates:
            return self.env._("Has not chosen a function yet.")
        choices = {choice.function_id.id: choice for choice in self.choice_ids}
        return "\n".join(
            choices[function]._describe_fate(fate) for function, fate in fates.items()
        )

    def _get_objections(self, choice=None):
        """What speaks against this choice (the function that is meant for this person
        if none is given), as sentences. Extend with super()."""
        choice = choice or self._find_choice()
        if not (choice or self.function_id):
            return []
        objections = choice._get_objections()
        if not choice:
            objections.append(self.env._("Not discussed with this person."))
        if self.day_id.state == "confirmed":
            return objections
        if self.enrolment_id.state == "waiting":
            objections.append(
                self.env._("Is on the waiting list, so has no seat in the cohort yet.")
            )
        if self.enrolment_id.is_matched_elsewhere:
            objections.append(
                self.env._("Has found a match in another cohort; ask the work coach.")
            )
        return objections

    def _get_problems(self):
        """What must be solved before this match can be confirmed, as sentences: a veto
        always, the rest until a reason has been given."""
        self.ensure_one()
        names = {
            "person": self.participant_name,
            "function": self.function_id.display_name,
        }
        if self._find_choice().is_vetoed:
            return [
                self.env._(
                    "%(person)s: the employer does not see %(function)s happen. Move "
                    "this person.",
                    **names,
                )
            ]
        objections = self._find_choice()._get_not_signed(self._get_objections())
        if not objections:
            return []
        return [
            self.env._(
                "%(person)s with %(function)s: %(objections)s Open this person and "
                "fill in “All the same, because”, or move this person.",
                objections=" ".join(objections),
                **names,
            )
        ]

    @api.constrains("day_id", "enrolment_id")
    def _check_cohort(self):
        for candidate in self:
            if candidate.enrolment_id.cohort_id != candidate.day_id.cohort_id:
                raise ValidationError(
                    self.env._("Choose participants of this day's own cohort.")
                )

    @api.constrains("function_id")
    def _check_function(self):
        for candidate in self.filtered("function_id"):
            if candidate.function_id not in candidate.day_id.function_ids:
                raise ValidationError(
                    self.env._("Choose one of the functions of this selection day.")
                )
            if candidate._find_choice().is_vetoed:
                raise ValidationError(
                    self.env._(
                        "%(employer)s does not see this match with %(person)s happen, "
                        "and that cannot be overruled. Talk with the employer, or "
                        "choose another function.",
                        employer=candidate.function_id.partner_id.name,
                        person=candidate.participant_name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        candidates = super().create(vals_list)
        if not self.env.su:
            candidates.day_id._check_not_confirmed()
            # A day can be filled in by its reader: only its owner adds people.
            candidates.day_id.check_access("write")
        return candidates

    def write(self, vals):
        if not self.env.su:
            self.day_id._check_not_confirmed()
        if "choice_ids" not in vals:
            return super().write(vals)
        # Two ranks can change places: they are looked at when all are written.
        later = self.with_context(leerbedrijf_ranks_later=True)
        result = super(LeerbedrijfSelectionCandidate, later).write(vals)
        self.choice_ids._check_ranks()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_confirmed(self):
        if not self.env.su:
            self.day_id._check_not_confirmed()

    def _confirm(self):
        """Record what both sides chose on the enrolment."""
        self.ensure_one()
        self.enrolment_id._set_function(self.function_id)
        reason = self._find_choice().reason
        self.enrolment_id._tell(
            self.env._(
                "Match on the selection day of %(date)s: %(function)s. %(standing)s. "
                "%(reason)s",
                date=format_date(self.env, self.day_id.date),
                function=self.function_id.display_name,
                standing=self.standing,
                reason=reason and self.env._("Reason: %(why)s", why=reason) or "",
            ),
            self.enrolment_id.work_coach_id,
        )
