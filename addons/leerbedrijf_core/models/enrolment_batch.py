from collections import defaultdict

from odoo import models
from odoo.exceptions import UserError

from .cohort import SEAT_STATES
from .enrolment import OPEN_STATES, PURPOSE_STATES

# In which states something can be done for a participant.
STATES_TO = {
    "accept": OPEN_STATES,
    "start": ("accepted",),
    "phase": ("learning",),
    "placement": SEAT_STATES,
    "employer": PURPOSE_STATES,
}


class LeerbedrijfEnrolment(models.Model):
    """What a coordinator does for many participants at once, and what hinders each.

    The methods `_find_…` yield an enrolment, a level (of `wizards/batch_mixin.py`) and
    a sentence; extend them with `yield from super()…`.
    """

    _inherit = "leerbedrijf.enrolment"

    def action_batch_accept(self):
        """Look who can be accepted, then accept them."""
        return self._open_batch("accept")

    def action_batch_start(self):
        """Look who can start learning in, then start them."""
        return self._open_batch("start")

    def action_batch_phase(self):
        """Choose a phase of the cohort for many participants."""
        return self._open_batch("phase")

    def action_batch_placement(self):
        """Plan a placement for each of many participants."""
        return self._open_batch("placement")

    def action_batch_employer(self):
        """Choose the intended employer of many participants."""
        return self._open_batch("employer")

    def _open_batch(self, kind):
        if not self:
            raise UserError(self.env._("Select one or more people in the list first."))
        batch = self.env["leerbedrijf.enrolment.batch"].create(
            {
                "kind": kind,
                "cohort_phase_id": self[:1]._get_later_phases()[:1].cohort_phase_id.id,
                "line_ids": [(0, 0, {"enrolment_id": id_}) for id_ in self.ids],
            }
        )
        return batch._open(batch._get_title())

    def _find_hindrance(self, kind):
        """Who is not ours, or is not where this can be done."""
        labels = dict(self._fields["state"]._description_selection(self.env))
        for enrolment in self:
            if enrolment.leerbedrijf_id not in self.env.companies:
                yield (
                    enrolment,
                    "blocked",
                    self.env._("Only the leerwerkbedrijf of the cohort does this."),
                )
            elif enrolment.state not in STATES_TO[kind]:
                yield (
                    enrolment,
                    "blocked",
                    self.env._("Is “%(state)s”.", state=labels[enrolment.state]),
                )

    def _find_accept_hindrance(self):
        """Who has a seat elsewhere, for whom there is none here, who does not meet
        what the cohort asks."""
        elsewhere = self._get_with_other_seat()
        for enrolment in elsewhere:
            sentence = self.env._("Has a seat in another cohort: ask the work coach.")
            yield enrolment, "blocked", sentence
        seated = (self - elsewhere)._get_seated()
        for enrolment in self - elsewhere - seated:
            if enrolment.state == "waiting":
                sentence = self.env._("No seat is free: stays on the waiting list.")
                yield enrolment, "blocked", sentence
            else:
                sentence = self.env._("No seat is free: goes on the waiting list.")
                yield enrolment, "ready", sentence
        waiting = self._count_waiting_longer()
        for enrolment in seated:
            if number := waiting[enrolment.id]:
                sentence = self.env._(
                    "%(number)s people wait longer for a seat.", number=number
                )
                yield enrolment, "attention", sentence
            yield from enrolment._find_criteria_hindrance()

    def _find_criteria_hindrance(self):
        by_state = defaultdict(list)
        for name, state, _why in self._assess_criteria():
            by_state[state].append(name)
        if by_state["unmet"]:
            names = "; ".join(by_state["unmet"])
            sentence = self.env._("Does not meet: %(criteria)s.", criteria=names)
            yield self, "attention", sentence
        if by_state["unknown"]:
            names = "; ".join(by_state["unknown"])
            sentence = self.env._("Not known yet: %(criteria)s.", criteria=names)
            yield self, "ready", sentence

    def _find_phase_hindrance(self, cohort_phase):
        """Who has no such phase, is in it, or may not enter it yet."""
        phases = {
            enrolment: enrolment._get_own_phase(cohort_phase) for enrolment in self
        }
        missing = self._get_missing_for_phases(phases)
        for enrolment, phase in phases.items():
            current = enrolment.current_phase_id
            if not phase:
                sentence = self.env._("Has no such phase in the plan.")
                yield enrolment, "blocked", sentence
            elif phase == current:
                yield enrolment, "blocked", self.env._("Is in this phase already.")
            else:
                yield from enrolment._find_entry_hindrance(phase, missing[enrolment])

    def _find_entry_hindrance(self, phase, missing):
        current = self.current_phase_id
        if current and phase.date_start < current.date_start:
            sentence = self.env._("Goes back: is in “%(phase)s”.", phase=current.name)
            yield self, "attention", sentence
        for sentence in missing:
            yield self, "attention", sentence

    def _get_own_phase(self, cohort_phase):
        """The phase of this person's plan that came from that of the cohort."""
        return self.phase_ids.filtered(lambda x: x.cohort_phase_id == cohort_phase)[:1]
