from odoo import models
from odoo.fields import Command


class LeerbedrijfCohort(models.Model):
    """A template from a cohort that worked: its phases, week, criteria and checklist as
    they became."""

    _inherit = "leerbedrijf.cohort"

    def action_make_template(self):
        """Make a template that plans the next cohort as this one became."""
        self.ensure_one()
        template = self._make_template()
        return template._get_form_action()

    def _make_template(self):
        phases = self.phase_ids
        as_designed = self._get_phases_as_designed()
        template = self.template_id.copy(
            {
                "name": self.env._("As %(cohort)s", cohort=self.name),
                "active": True,
                "company_id": self.company_id.id,
                "capacity": self.capacity,
                "waiting_capacity": self.waiting_capacity,
                "training_partner_ids": self.training_partner_ids.ids,
                "phase_ids": [
                    Command.create(
                        {
                            **phase._prepare_template_phase_values(
                                phase in as_designed
                            ),
                            "sequence": n,
                        }
                    )
                    for n, phase in enumerate(phases)
                ],
                "week_slot_ids": [
                    Command.create(slot._prepare_slot_values())
                    for slot in self.slot_ids
                ],
                "criterion_ids": [
                    Command.create(criterion._prepare_criterion_values())
                    for criterion in self.criterion_ids
                ],
                "task_ids": [
                    Command.create(task._prepare_task_values())
                    for task in self.task_ids or self.template_id.task_ids
                ],
                "party_ids": [
                    Command.create(party._prepare_party_values())
                    for party in self.party_ids or self.template_id.party_ids
                ],
            }
        )
        twins = dict(zip(phases, template.phase_ids, strict=True))
        for phase in as_designed:
            after = self._get_phase_of(phase.template_phase_id.after_phase_id)
            twins[phase].after_phase_id = twins.get(after)
        template.week_slot_ids._link_like(self.slot_ids, twins)
        template.guidance_norm_ids._link_like(
            self.template_id.guidance_norm_ids,
            {phase.template_phase_id: twin for phase, twin in twins.items()},
        )
        return template

    def _get_phases_as_designed(self):
        """The phases that the template would give the dates they have, and that wait
        for no phase that it would date otherwise."""
        dates = self._get_phase_dates()
        kept = self.phase_ids.filtered(
            lambda phase: (
                dates.get(phase.template_phase_id.id)
                == (phase.date_start, phase.date_end)
            )
        )
        waits = kept.filtered("template_phase_id.after_phase_id")
        while loose := waits.filtered_domain(
            [
                (
                    "template_phase_id.after_phase_id",
                    "not in",
                    kept.template_phase_id.ids,
                ),
                ("id", "in", kept.ids),
            ]
        ):
            kept -= loose
        return kept

    def _get_phase_of(self, design):
        return self.phase_ids.filtered(
            lambda phase: design and phase.template_phase_id == design
        )
