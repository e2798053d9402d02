from collections import Counter

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..calc import matching
from ..tools import linked_by

MOST_RANKS = 999


class LeerbedrijfSelectionChoice(models.Model):
    """What a participant and an employer say of each other for one function.

    The coordinator writes down what both say. A rank of 0 means none was given: a
    person does not want the function, an employer has no preference. An employer may
    put people equal; a veto cannot be overruled. A limit (hours, days, travel, a
    certificate) can, with a reason that is kept.
    """

    _name = "leerbedrijf.selection.choice"
    _description = "Choice on a selection day"
    _inherit = ["leerbedrijf.enrolment.child.mixin"]
    _order = "candidate_id, wish_order, function_id, id"
    _rec_name = "function_id"
    _label_fields = ("function_id",)

    _write_once_columns = ("enrolment_id", "candidate_id", "function_id")
    _tenant_columns = (
        "company_id",
        "leerbedrijf_id",
        "access_leerbedrijf_id",
        "enrolment_id",
        "day_id",
    )

    candidate_id = fields.Many2one(
        "leerbedrijf.selection.candidate",
        string="Participant",
        required=True,
        index=True,
        ondelete="cascade",
    )
    enrolment_id = fields.Many2one(
        related="candidate_id.enrolment_id", store=True, precompute=True
    )
    day_id = fields.Many2one(
        related="candidate_id.day_id", store=True, index=True, precompute=True
    )
    day_state = fields.Selection(related="day_id.state", string="State of the day")
    function_id = fields.Many2one(
        "leerbedrijf.function", required=True, index=True, ondelete="restrict"
    )
    partner_id = fields.Many2one(related="function_id.partner_id")
    has_met = fields.Boolean(
        string="Have met", help="The person and the employer have met."
    )
    wish = fields.Integer(
        string="Person's choice",
        aggregator=None,
        help="1 is the first choice. Empty: the person does not want this function.",
    )
    wish_order = fields.Integer(
        compute="_compute_wish_order", store=True, precompute=True
    )
    rating = fields.Integer(
        string="Employer's order",
        aggregator=None,
        help="1 is whom the employer likes best for this function. Empty: no "
        "preference, no objection.",
    )
    is_vetoed = fields.Boolean(
        string="Veto", help="The employer does not see it happen. Ask why."
    )
    veto_reason = fields.Char(
        string="Why not",
        help="What the employer says; municipality and leerwerkbedrijf read it. "
        "Nothing medical.",
    )
    fit = fields.Float(
        readonly=True, aggregator=None, help="How well the skills fit, of 100%."
    )
    fit_reasons = fields.Text(string="Why it fits, or not", readonly=True)
    limits = fields.Text(
        string="Stands in the way",
        readonly=True,
        help="Hours, days, travel or a certificate.",
    )
    reason = fields.Char(
        string="All the same, because",
        help="The reason to go on although something stands in the way. It is kept.",
    )
    reason_for = fields.Text(
        string="What the reason is for",
        readonly=True,
        help="What stood in the way when the reason was given. What comes up later "
        "asks for a reason again.",
    )
    reason_by_id = fields.Many2one("res.users", string="Decided by", readonly=True)
    reason_on = fields.Date(string="Decided on", readonly=True)

    _once = models.UniqueIndex(
        "(candidate_id, function_id)", "This function is in the list already."
    )
    _ranks_sane = models.Constraint(
        f"CHECK(wish BETWEEN 0 AND {MOST_RANKS} AND rating BETWEEN 0 AND {MOST_RANKS})",
        "A rank is a number from 1, or empty.",
    )

    @api.depends("wish")
    def _compute_wish_order(self):
        for choice in self:
            choice.wish_order = choice.wish or MOST_RANKS + 1

    def _get_label(self):
        return self.function_id.display_name

    @api.constrains("wish")
    def _check_ranks(self):
        if self.env.context.get("leerbedrijf_ranks_later"):
            return
        for candidate in self.candidate_id:
            ranked = candidate.choice_ids.filtered("wish")
            [(rank, times)] = Counter(ranked.mapped("wish")).most_common(1) or [(0, 0)]
            if times > 1:
                twice = ranked.filtered(lambda choice, rank=rank: choice.wish == rank)
                raise ValidationError(
                    self.env._(
                        "%(person)s has more than one choice %(rank)s: %(functions)s. "
                        "Give each another number, or leave one empty.",
                        person=candidate.participant_name,
                        rank=rank,
                        functions=", ".join(twice.mapped("function_id.display_name")),
                    )
                )

    @api.constrains("is_vetoed", "veto_reason")
    def _check_veto(self):
        for choice in self:
            if choice.is_vetoed and not (choice.veto_reason or "").strip():
                raise ValidationError(
                    self.env._(
                        "Write down why %(employer)s does not see it happen with "
                        "%(person)s.",
                        employer=choice.partner_id.name,
                        person=choice.candidate_id.participant_name,
                    )
                )
            if (
                choice.is_vetoed
                and choice.candidate_id.function_id == choice.function_id
            ):
                choice.candidate_id._check_function()

    @api.constrains("function_id", "candidate_id")
    def _check_function(self):
        for choice in self:
            if choice.function_id not in choice.day_id.function_ids:
                raise ValidationError(
                    self.env._("Choose one of the functions of this selection day.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        # First of all: a unique index would tell who is on somebody's selection day.
        linked_by(self, "candidate_id", vals_list).check_access("read")
        choices = super().create(vals_list)
        if not self.env.su:
            choices.day_id._check_not_confirmed()
        return choices

    def write(self, vals):
        if not self.env.su:
            self.day_id._check_not_confirmed()
        result = super().write(vals)
        if "reason" in vals:
            self._sign_reason()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_confirmed(self):
        if not self.env.su:
            self.day_id._check_not_confirmed()

    def _sign_reason(self):
        self.filtered("reason")._look_again()
        # Superuser: who decided on what is no client's to fill in.
        for choice in self.sudo():
            is_given = bool(choice.reason)
            objections = choice.candidate_id._get_objections(choice)
            choice.write(
                {
                    "reason_for": is_given and "\n".join(objections),
                    "reason_by_id": is_given and self.env.uid,
                    "reason_on": is_given and fields.Date.context_today(self),
                }
            )

    def _get_not_signed(self, sentences):
        """Those of these objections that the reason was not given for."""
        signed = self.reason and (self.reason_for or "").splitlines() or []
        return [sentence for sentence in sentences if sentence not in signed]

    def _without_tenant_columns(self, vals):
        """A client does not say how well it fits, nor what stands in the way."""
        vals = super()._without_tenant_columns(vals)
        if self.env.su:
            return vals
        system = {"fit", "fit_reasons", "limits"}
        system |= {"reason_for", "reason_by_id", "reason_on"}
        return {key: value for key, value in vals.items() if key not in system}

    def _get_wiped_fields(self):
        return super()._get_wiped_fields() | {
            "veto_reason": None,
            "fit_reasons": None,
            "limits": None,
            "reason": None,
            "reason_for": None,
        }

    def _get_kept_fields(self):
        return super()._get_kept_fields() | {
            "reason_on": "Statistics: how often a match needs a reason.",
        }

    # What is known of the pair ------------------------------------------------

    @api.model
    def _judge(self, enrolments, functions):
        """{(id of the enrolment, id of the function): values} of how well each fits
        and what stands in the way by now: a few queries for all."""
        matches = enrolments._get_skill_matches(functions)
        limits = enrolments._get_limits(functions, matches)
        return {
            pair: {
                "fit": match.score,
                "fit_reasons": "\n".join(enrolments._describe_skill_match(match)),
                "limits": "\n".join(limits[pair]) or False,
            }
            for pair, match in matches.items()
        }

    def _update_judgement(self, judged):
        for choice in self:
            values = judged[choice.enrolment_id.id, choice.function_id.id]
            changed = {name: v for name, v in values.items() if choice[name] != v}
            if changed:
                # Superuser: what was found out is no client's to fill in; the callers
                # asked for the right to write.
                choice.sudo().write(changed)

    def _look_again(self):
        """How well it fits and what stands in the way may have changed since the day
        was prepared."""
        for function, choices in self.grouped("function_id").items():
            choices._update_judgement(choices._judge(choices.enrolment_id, function))

    def _to_calc(self):
        limits = self._get_not_signed((self.limits or "").splitlines())
        return matching.Choice(
            person=self.candidate_id.id,
            function=self.function_id.id,
            wish=self.wish or None,
            rating=self.rating or None,
            fit=self.fit,
            vetoed=self.is_vetoed,
            limited=bool(limits),
        )

    def _get_objections(self):
        """What speaks against this match, as sentences."""
        if not self:
            return []
        self.ensure_one()
        objections = []
        if self.is_vetoed:
            objections.append(
                self.env._("Veto of the employer: %(why)s.", why=self.veto_reason)
            )
        if not self.wish:
            objections.append(self.env._("Not chosen by the person."))
        return objections + (self.limits or "").splitlines()

    def _describe(self):
        """What both sides say of it, in a few words."""
        if not self:
            return ""
        self.ensure_one()
        parts = [
            self.env._("Choice %(rank)s", rank=self.wish)
            if self.wish
            else self.env._("Not an own choice"),
            self.env._("employer: no. %(rank)s", rank=self.rating)
            if self.rating
            else self.env._("employer: no preference"),
            self.env._("fits %(fit)s%%", fit=round(100 * self.fit)),
        ]
        return " · ".join(parts)

    def _describe_fate(self, fate):
        """Why this choice, of who has no function, did not come true."""
        self.ensure_one()
        values = {"function": self.function_id.display_name}
        sentences = {
            "vetoed": lambda: self.env._(
                "%(function)s: the employer does not see it (%(why)s)",
                why=self.veto_reason,
                **values,
            ),
            "limited": lambda: self.env._(
                "%(function)s: %(why)s",
                why=" ".join(self.limits.splitlines()),
                **values,
            ),
            "full": lambda: self.env._(
                "%(function)s: the places go to people whom the employer prefers",
                **values,
            ),
            "equal": lambda: self.env._(
                "%(function)s: the places go to people whom the employer likes as much "
                "or better",
                **values,
            ),
            "none": lambda: self.env._(
                "%(function)s: has no places to give on this day", **values
            ),
            "passed_over": lambda: self.env._(
                "%(function)s: the place goes to somebody else", **values
            ),
            "free": lambda: self.env._("%(function)s: has a place left", **values),
        }
        return sentences[fate]()
