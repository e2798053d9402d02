from odoo import models
from odoo.fields import Command


class LeerbedrijfCohortTemplate(models.Model):
    """The design of a template for another region: people and money stay behind."""

    _inherit = "leerbedrijf.cohort.template"

    def _copy_to_region(self, region, company, name):
        """A template of `company` in `region` with the design of this one."""
        self.ensure_one()
        template = self.create(self._prepare_copy_for_region(region, company, name))
        twins = zip(self.phase_ids, template.phase_ids, strict=True)
        template._link_like(self, dict(twins))
        return template

    def _prepare_copy_for_region(self, region, company, name):
        """What another region gets: a whitelist. No partner, place, amount or person
        of the old region comes along; the budget is proposed from the norm there."""
        return {
            "name": name,
            "region_id": region.id,
            "company_id": company.id,
            "route_id": self.route_id.id,
            "capacity": self.capacity,
            "waiting_capacity": self.waiting_capacity,
            "intake_text": self.intake_text,
            "phase_ids": [
                Command.create(
                    {
                        "route_phase_id": phase.route_phase_id.id,
                        **phase._prepare_design_values(),
                    }
                )
                for phase in self.phase_ids
            ],
            "week_slot_ids": [
                Command.create(
                    {
                        **slot._prepare_slot_values(),
                        "partner_id": False,
                        "place": False,
                    }
                )
                for slot in self.week_slot_ids
            ],
            "guidance_norm_ids": [
                Command.create(
                    {
                        "sequence": norm.sequence,
                        "role": norm.role,
                        "hours_per_week": norm.hours_per_week,
                        "note": norm.note,
                    }
                )
                for norm in self.guidance_norm_ids
            ],
            "criterion_ids": [
                Command.create(criterion._prepare_criterion_values())
                for criterion in self.criterion_ids
            ],
            "task_ids": [
                Command.create(task._prepare_task_values()) for task in self.task_ids
            ],
            "party_ids": [
                Command.create(
                    {
                        "sequence": party.sequence,
                        "role_id": party.role_id.id,
                        "task": party.task,
                    }
                )
                for party in self.party_ids
            ],
        }
