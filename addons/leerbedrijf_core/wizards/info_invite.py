from odoo import api, fields, models
from odoo.exceptions import UserError


class LeerbedrijfInfoInvite(models.TransientModel):
    """Invite a group of the own candidates to an information meeting."""

    _name = "leerbedrijf.info.invite"
    _description = "Invite to an information meeting"

    _tenancy_kind = "private"

    meeting_id = fields.Many2one(
        "leerbedrijf.info.meeting",
        string="Meeting",
        required=True,
        domain="[('start', '>', 'now')]",
    )
    participant_ids = fields.Many2many(
        "leerbedrijf.participant",
        string="Candidates",
        required=True,
        domain="[('status', '!=', 'participant')]",
    )
    note = fields.Text(compute="_compute_note")

    @api.depends("meeting_id", "participant_ids")
    def _compute_note(self):
        for invite in self:
            invite.note = invite.meeting_id and invite._describe()

    def _describe(self):
        meeting = self.meeting_id
        free = max(meeting.capacity - meeting.invited_count, 0)
        new = len(self._get_new())
        lines = [
            self.env._(
                "%(free)s of %(capacity)s chairs are free; you invite %(new)s people.",
                free=free,
                capacity=meeting.capacity,
                new=new,
            )
        ]
        if len(self.participant_ids) > new:
            lines.append(
                self.env._(
                    "%(count)s are invited already.",
                    count=len(self.participant_ids) - new,
                )
            )
        if new > free:
            lines.append(
                self.env._(
                    "That is more than there are chairs. Not everybody comes, so it "
                    "may work out."
                )
            )
        return "\n".join(lines)

    def _get_new(self):
        """Who is not invited to this meeting yet."""
        people = self.participant_ids._origin
        known = self.env["leerbedrijf.info.invitation"].search(
            [
                ("meeting_id", "=", self.meeting_id.id),
                ("participant_id", "in", people.ids),
            ]
        )
        return people - known.participant_id

    def action_invite(self):
        """Make the invitations and show the list, from which mail is sent."""
        self.ensure_one()
        if self.meeting_id.is_over:
            raise UserError(
                self.env._("This meeting has taken place. Choose another one.")
            )
        self.env["leerbedrijf.info.invitation"].create(
            [
                {"meeting_id": self.meeting_id.id, "participant_id": person.id}
                for person in self._get_new()
            ]
        )
        return self.meeting_id.action_view_invitations()
