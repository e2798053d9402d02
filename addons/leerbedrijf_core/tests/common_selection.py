from .common_cohort import CohortCase


class SelectionCase(CohortCase):
    """A cohort with two functions of two employers, and people who can be matched."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cohort.capacity = 10
        cls.second_employer = cls._new_employer("Thuiszorg De Linde")
        cls.kitchen = cls._new_function("Kitchen", cls.employer)
        cls.garden = cls._new_function("Garden", cls.second_employer)
        cls.coordinator = cls.as_role("coordinator")
        cls.coach = cls.as_role("work_coach")

    @classmethod
    def _new_function(cls, name, partner, **values):
        return cls.env["leerbedrijf.function"].create(
            {
                "name": name,
                "cohort_id": cls.cohort.id,
                "partner_id": partner.id,
                "places": 1,
                "hours_per_week": 24,
                **values,
            }
        )

    @classmethod
    def _accept(cls, name, company=None, state="accepted", **values):
        enrolment = cls._propose(cls._new_participant(name, company, **values))
        enrolment.state = state
        return enrolment

    @classmethod
    def _new_day(cls, **values):
        """As the coordinator, with everybody who is in the cohort by now."""
        days = cls.as_role("coordinator")["leerbedrijf.selection.day"]
        day = days.create({"cohort_id": cls.cohort.id, **values})
        day.action_prepare()
        return day

    @classmethod
    def _candidate(cls, day, enrolment):
        return day.candidate_ids.filtered(lambda c: c.enrolment_id == enrolment)

    @classmethod
    def _choice(cls, day, enrolment, function):
        choices = cls._candidate(day, enrolment).choice_ids
        return choices.filtered(lambda choice: choice.function_id == function)

    @classmethod
    def _rank(cls, day, enrolment, *functions):
        for rank, function in enumerate(functions, 1):
            cls._choice(day, enrolment, function).wish = rank
