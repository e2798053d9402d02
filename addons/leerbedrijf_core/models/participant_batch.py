from odoo import models
from odoo.exceptions import UserError

from .enrolment import DROPPED_STATES, PURPOSE_STATES


class LeerbedrijfParticipant(models.Model):
    """Proposing many candidates at once, and what hinders each."""

    _inherit = "leerbedrijf.participant"

    def action_batch_propose(self):
        """Choose a cohort for many candidates, and look who can be proposed to it."""
        if not self:
            raise UserError(self.env._("Select one or more people in the list first."))
        batch = self.env["leerbedrijf.cohort.proposal"].create(
            {"line_ids": [(0, 0, {"participant_id": id_}) for id_ in self.ids]}
        )
        return batch._open(self.env._("Propose to a cohort"))

    def _find_proposal_hindrance(self, cohort):
        """A person, a level (of `wizards/batch_mixin.py`) and a sentence: who cannot be
        proposed to `cohort`, and who is elsewhere already."""
        # Superuser: membership of a region is no secret of a tenant.
        members = cohort.region_id.sudo().company_ids
        for person in self:
            if person.company_id not in members:
                sentence = self.env._("Your organisation is not in this region.")
                yield person, "blocked", sentence
            elif not person.active or person.anonymised_on:
                yield person, "blocked", self.env._("The file is archived.")
            else:
                yield from person._find_enrolment_hindrance(cohort)

    def _find_enrolment_hindrance(self, cohort):
        labels = dict(
            self.enrolment_ids._fields["state"]._description_selection(self.env)
        )
        for enrolment in self.enrolment_ids:
            if enrolment.cohort_id == cohort and enrolment.state not in DROPPED_STATES:
                yield (
                    self,
                    "blocked",
                    self.env._(
                        "Is in this cohort already: %(state)s.",
                        state=labels[enrolment.state],
                    ),
                )
            elif enrolment.cohort_id == cohort:
                yield (
                    self,
                    "ready",
                    self.env._(
                        "Was proposed to this cohort before: %(state)s.",
                        state=labels[enrolment.state],
                    ),
                )
            elif enrolment.state in PURPOSE_STATES:
                yield (
                    self,
                    "attention",
                    self.env._(
                        "%(cohort)s: %(state)s.",
                        cohort=enrolment.cohort_id.name,
                        state=labels[enrolment.state],
                    ),
                )

    def _find_unmet_criteria(self, cohort):
        """As `_find_proposal_hindrance`: who does not meet what `cohort` asks."""
        # A client can fill in any cohort: one of another region asks nothing here.
        cohort = cohort.sudo(False)._filtered_access("read")
        if not cohort.criterion_ids:
            return
        model = self.env["leerbedrijf.enrolment"]
        # Together, so that what is computed for one is computed for all.
        proposals = model.concat(
            *(
                model.new({"participant_id": person.id, "cohort_id": cohort.id})
                for person in self
            )
        )
        for proposal in proposals:
            unmet = proposal._get_unmet()
            if unmet:
                yield (
                    proposal.participant_id._origin,
                    "attention",
                    self.env._(
                        "Does not meet: %(criteria)s.", criteria="; ".join(unmet)
                    ),
                )
