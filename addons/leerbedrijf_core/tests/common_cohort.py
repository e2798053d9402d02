from datetime import date

from .common import LeerbedrijfCase


class CohortCase(LeerbedrijfCase):
    """A sector with a two-phase route, a template and a cohort of the leerbedrijf."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sector = cls.env["leerbedrijf.sector"].create(
            {"name": "Craft", "code": "test_craft"}
        )
        cls.route = cls.env["leerbedrijf.route"].create(
            {
                "name": "Craft in three months",
                "code": "test_craft_3",
                "sector_id": cls.sector.id,
                "duration_months": 3,
            }
        )
        cls.intro, cls.school = cls.env["leerbedrijf.route.phase"].create(
            [
                {
                    "name": "Introduction",
                    "route_id": cls.route.id,
                    "kind": "introduction",
                    "duration": 20,
                    "duration_unit": "work_day",
                    "sequence": 1,
                },
                {
                    "name": "School",
                    "route_id": cls.route.id,
                    "kind": "school",
                    "duration": 2,
                    "duration_unit": "month",
                    "days_per_week": 1,
                    "sequence": 2,
                },
            ]
        )
        cls.school.after_phase_id = cls.intro
        cls.template = cls._new_template()
        cls.cohort = cls._new_cohort()

    @classmethod
    def _new_template(cls, **values):
        return cls.env["leerbedrijf.cohort.template"].create(
            {
                "name": "Craft",
                "route_id": cls.route.id,
                "region_id": cls.region.id,
                "company_id": cls.leerbedrijf.id,
                "capacity": 2,
                **values,
            }
        )

    @classmethod
    def _new_cohort(cls, **values):
        return cls.env["leerbedrijf.cohort"].create(
            {
                "template_id": cls.template.id,
                "region_id": cls.region.id,
                "company_id": cls.leerbedrijf.id,
                "date_start": date(2026, 9, 7),
                **values,
            }
        )

    @classmethod
    def _new_participant(cls, name="Samira Bouali", company=None, **values):
        return cls.env["leerbedrijf.participant"].create(
            {"name": name, "company_id": (company or cls.municipality).id, **values}
        )

    @classmethod
    def _propose(cls, participant=None, cohort=None):
        participant = participant or cls._new_participant()
        return cls.env["leerbedrijf.enrolment"].create(
            {
                "participant_id": participant.id,
                "company_id": participant.company_id.id,
                "cohort_id": (cohort or cls.cohort).id,
            }
        )

    @classmethod
    def _refuse(cls, enrolment):
        """As the leerwerkbedrijf, whose environment `enrolment` has."""
        reason = cls.env.ref("leerbedrijf_core.enrolment_reason_refused_sector")
        enrolment._close(reason.with_env(enrolment.env), "Likes technics better")
