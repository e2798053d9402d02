from odoo.fields import Command

from .common_agreement import AgreementCase


class SkillCase(AgreementCase):
    """A skill with three levels that the route teaches and one that it does not, and a
    certificate of each."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        skills = cls._new_skill_type(
            "Craft", {"Starts": 20, "With help": 60, "Alone": 100}, "Sawing", "Selling"
        )
        cls.sawing, cls.selling = skills
        cls.starts, cls.helped, cls.alone = skills.skill_type_id.skill_level_ids.sorted(
            "level_progress"
        )
        cls.licence, cls.diploma = cls._new_skill_type(
            "Papers", {"Obtained": 100}, "Licence", "Diploma", is_certification=True
        )
        cls.obtained = cls.licence.skill_type_id.skill_level_ids
        cls.route.skill_ids = cls.sawing | cls.diploma

    @classmethod
    def _new_skill_type(cls, name, levels, *skills, **values):
        skill_type = cls.env["hr.skill.type"].create(
            {
                "name": name,
                "skill_ids": [Command.create({"name": skill}) for skill in skills],
                "skill_level_ids": [
                    Command.create({"name": level, "level_progress": progress})
                    for level, progress in levels.items()
                ],
                **values,
            }
        )
        return skill_type.skill_ids.sorted("id")

    @classmethod
    def _new_function(cls, *asked, **values):
        """A function that asks `asked`: (skill, level, is_required) each."""
        return cls.env["leerbedrijf.function"].create(
            {
                "name": "Carpenter",
                "cohort_id": cls.cohort.id,
                "partner_id": cls.employer.id,
                "skill_line_ids": [
                    Command.create(
                        {
                            "skill_id": skill.id,
                            "level_id": level.id,
                            "is_required": is_required,
                        }
                    )
                    for skill, level, is_required in asked
                ],
                **values,
            }
        )
