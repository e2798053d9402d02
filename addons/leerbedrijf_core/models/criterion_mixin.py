from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date

from ..tools import format_number

# Kind → the field that holds what is asked. Kinds without one ask a fact alone.
VALUE_FIELDS = {
    "language": "level",
    "age_min": "number",
    "age_max": "number",
    "day_part_count": "number",
    "hours": "number",
    "day_parts": "day_part_ids",
    "digital": "digital_skills",
}


class LeerbedrijfCriterionMixin(models.AbstractModel):
    """What a cohort asks of a candidate: checked and explained, never a bare no.

    The kind is chosen from what core can check, one method a kind. It answers whether
    the criterion is met (None: not known) and a sentence with the facts. That sentence
    is for who may read the person; a leerwerkbedrijf gets the name of the criterion
    and the answer.
    """

    _name = "leerbedrijf.criterion.mixin"
    _description = "Criterion of candidates"
    _inherit = ["leerbedrijf.child.mixin"]
    _order = "sequence, id"
    _rec_name = "kind"
    _label_fields = ("name",)

    _tenancy_kind = "regional"

    sequence = fields.Integer(default=10)
    kind = fields.Selection(
        [
            ("language", "Level of Dutch"),
            ("age_min", "At least an age"),
            ("age_max", "At most an age"),
            ("study_finance", "No student finance"),
            ("may_work", "May work in the Netherlands"),
            ("conduct_requested", "Certificate of conduct requested"),
            ("conduct_held", "Certificate of conduct received"),
            ("day_part_count", "A number of day parts"),
            ("day_parts", "Certain day parts"),
            ("hours", "Hours a week"),
            ("travel", "Travel time"),
            ("digital", "Digital skills"),
            ("childcare", "Childcare"),
            ("motivation_talk", "Motivation talk held"),
        ],
        required=True,
    )
    skill = fields.Selection(
        selection=lambda self: self._selection_of("leerbedrijf.language.level", "skill")
    )
    level = fields.Selection(
        selection=lambda self: self._selection_of("leerbedrijf.language.level", "level")
    )
    number = fields.Integer()
    day_part_ids = fields.Many2many("leerbedrijf.day.part", string="Day parts")
    digital_skills = fields.Selection(
        selection=lambda self: self._selection_of(
            "leerbedrijf.participant", "digital_skills"
        )
    )
    name = fields.Char(compute="_compute_name", string="Criterion")

    _number_sane = models.Constraint(
        "CHECK(number BETWEEN 0 AND 120)",
        "Fill in a number between 0 and 120.",
    )

    @api.model
    def _selection_of(self, model, field):
        return self.env[model]._fields[field]._description_selection(self.env)

    @api.depends("kind", "skill", "level", "number", "day_part_ids", "digital_skills")
    @api.depends_context("lang")
    def _compute_name(self):
        for criterion in self:
            criterion.name = criterion.kind and criterion._describe()

    @api.constrains("kind", "skill", *set(VALUE_FIELDS.values()))
    def _check_complete(self):
        for criterion in self:
            field = VALUE_FIELDS.get(criterion.kind)
            is_complete = not field or criterion[field]
            if not is_complete or (
                criterion.kind == "language" and not criterion.skill
            ):
                raise ValidationError(
                    self.env._(
                        "Fill in what is asked for the criterion “%(kind)s”.",
                        kind=criterion._get_choice("kind"),
                    )
                )

    def _get_label(self):
        return self.name

    def _get_choice(self, name):
        """The label of what is chosen in a selection field."""
        return dict(self._fields[name]._description_selection(self.env))[self[name]]

    def _describe(self):
        """The criterion as one line, for everybody."""
        self.ensure_one()
        if self.kind == "language":
            return self.env._(
                "%(skill)s: at least %(level)s",
                skill=self.skill and self._get_choice("skill"),
                level=self.level and self._get_choice("level"),
            )
        if self.kind == "day_parts":
            days = ", ".join(self.day_part_ids.mapped("name"))
            return self.env._("Can come on: %(days)s", days=days)
        if self.kind == "digital":
            skills = self.digital_skills and self._get_choice("digital_skills")
            return self.env._("Digital skills: %(skills)s", skills=skills)
        number = self.number
        return {
            "age_min": self.env._(
                "At least %(number)s years old at the start", number=number
            ),
            "age_max": self.env._(
                "At most %(number)s years old at the start", number=number
            ),
            "study_finance": self.env._("No student finance"),
            "may_work": self.env._(
                "May work in the Netherlands until the end of the cohort"
            ),
            "conduct_requested": self.env._("Certificate of conduct requested"),
            "conduct_held": self.env._("Certificate of conduct received"),
            "day_part_count": self.env._(
                "Can come on at least %(number)s day parts", number=number
            ),
            "hours": self.env._(
                "Wants and can work at least %(number)s hours", number=number
            ),
            "travel": self.env._(
                "An employer is within the time that the person can travel"
            ),
            "childcare": self.env._("Childcare arranged or not needed"),
            "motivation_talk": self.env._("Motivation talk held"),
        }[self.kind]

    # What the facts say --------------------------------------------------------

    def _assess(self, enrolment):
        """(met, sentence) for a person in a cohort; met is None if it is not known."""
        self.ensure_one()
        person = enrolment._get_known_participant()
        return getattr(self, f"_assess_{self.kind}")(person, enrolment)

    def _unknown(self):
        return None, self.env._("not filled in")

    def _assess_language(self, person, _enrolment):
        measured = person.language_level_ids.filtered(
            lambda level: level.skill == self.skill
        )
        # As the list is ordered: the last measured first.
        last = measured.sorted(lambda level: (level.date, level.id))[-1:]
        if not last:
            return self._not_measured(person)
        levels = [code for code, _label in self._selection_of(last._name, "level")]
        return levels.index(last.level) >= levels.index(self.level), self.env._(
            "%(level)s measured on %(date)s, %(asked)s asked",
            level=dict(self._selection_of(last._name, "level"))[last.level],
            date=format_date(self.env, last.date),
            asked=self._get_choice("level"),
        )

    def _not_measured(self, person):
        """The level of the file is of all skills together: it decides nothing here."""
        if not person.language_level:
            return None, self.env._("not measured")
        labels = dict(self._selection_of(person._name, "language_level"))
        return None, self.env._(
            "this skill is not measured; the file says %(level)s",
            level=labels[person.language_level],
        )

    def _get_age(self, person, enrolment):
        """The age in whole years on the first day, and the sentence.

        A birthday on that day counts. Who was born on 29 February is a year older on
        28 February of a year without that day.
        """
        start = enrolment.cohort_id.date_start
        if not person.birthdate or not start:
            return self._unknown()
        age = relativedelta(start, person.birthdate).years
        return age, self.env._(
            "%(age)s years old on %(date)s",
            age=age,
            date=format_date(self.env, start),
        )

    def _assess_age_min(self, person, enrolment):
        age, sentence = self._get_age(person, enrolment)
        return None if age is None else age >= self.number, sentence

    def _assess_age_max(self, person, enrolment):
        age, sentence = self._get_age(person, enrolment)
        return None if age is None else age <= self.number, sentence

    def _assess_study_finance(self, person, _enrolment):
        if not person.study_finance:
            return self._unknown()
        if person.study_finance == "no":
            return True, self.env._("receives no student finance")
        return False, self.env._("receives student finance")

    def _assess_may_work(self, person, enrolment):
        if not person.may_work:
            return self._unknown()
        if person.may_work == "no":
            return False, self.env._("may not work")
        until = person.may_work_until
        if not until:
            return True, self.env._("may work, without an end date")
        cohort = enrolment.cohort_id
        needed = cohort.date_end or cohort.date_start
        return not needed or until >= needed, self.env._(
            "may work until %(until)s; the cohort ends on %(end)s",
            until=format_date(self.env, until),
            end=format_date(self.env, needed),
        )

    def _assess_conduct_requested(self, person, enrolment):
        met, sentence = self._assess_conduct_held(person, enrolment)
        return True if person.conduct_state == "requested" else met, sentence

    def _assess_conduct_held(self, person, _enrolment):
        if not person.conduct_state:
            return self._unknown()
        states = dict(self._selection_of(person._name, "conduct_state"))
        sentence = states[person.conduct_state].lower()
        if person.conduct_date:
            date = format_date(self.env, person.conduct_date)
            sentence = self.env._("%(state)s on %(date)s", state=sentence, date=date)
        return person.conduct_state == "held", sentence

    def _assess_day_part_count(self, person, _enrolment):
        if not person.day_part_ids:
            return self._unknown()
        count = len(person.day_part_ids)
        return count >= self.number, self.env._("can come on %(count)s", count=count)

    def _assess_day_parts(self, person, _enrolment):
        if not person.day_part_ids:
            return self._unknown()
        missing = self.day_part_ids - person.day_part_ids
        if not missing:
            return True, self.env._("can come on all of them")
        days = ", ".join(missing.mapped("name")).lower()
        return False, self.env._("cannot come on %(days)s", days=days)

    def _assess_hours(self, person, _enrolment):
        if not person.hours_wanted:
            return self._unknown()
        return person.hours_wanted >= self.number, self.env._(
            "wants and can work %(hours)s hours a week",
            hours=format_number(self.env, person.hours_wanted),
        )

    def _assess_travel(self, person, enrolment):
        employer = enrolment.nearest_employer_id
        if not person.travel_minutes or not employer:
            return self._unknown()
        minutes = enrolment.nearest_minutes
        return minutes <= person.travel_minutes, self.env._(
            "about %(minutes)s minutes to %(employer)s, %(most)s are possible",
            minutes=minutes,
            employer=employer.name,
            most=person.travel_minutes,
        )

    def _assess_digital(self, person, _enrolment):
        if not person.digital_skills:
            return self._unknown()
        choices = self._selection_of(person._name, "digital_skills")
        order = [code for code, _label in choices]
        met = order.index(person.digital_skills) >= order.index(self.digital_skills)
        return met, dict(choices)[person.digital_skills].lower()

    def _assess_childcare(self, person, _enrolment):
        if not person.childcare:
            return self._unknown()
        choices = dict(self._selection_of(person._name, "childcare"))
        sentence = choices[person.childcare].lower()
        return person.childcare in ("not_needed", "arranged"), sentence

    def _assess_motivation_talk(self, person, _enrolment):
        if not person.motivation_talk_date:
            return None, self.env._("not held yet")
        return True, self.env._(
            "held on %(date)s", date=format_date(self.env, person.motivation_talk_date)
        )

    def _prepare_criterion_values(self):
        """What a criterion that is made after this one takes from it: a whitelist to
        extend."""
        self.ensure_one()
        return {
            "sequence": self.sequence,
            "kind": self.kind,
            "skill": self.skill,
            "level": self.level,
            "number": self.number,
            "day_part_ids": self.day_part_ids.ids,
            "digital_skills": self.digital_skills,
        }
