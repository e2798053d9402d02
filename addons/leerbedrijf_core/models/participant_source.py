from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.sql import escape_psql


class LeerbedrijfParticipant(models.Model):
    """By which way somebody came: a work coach, a partner who refers, a campaign."""

    _inherit = "leerbedrijf.participant"

    source = fields.Selection(
        [
            ("coach", "Work coach"),
            ("partner", "Referred by a partner"),
            ("campaign", "Campaign"),
            ("own", "Own initiative"),
        ],
        string="Came by",
        required=True,
        default="coach",
        index=True,
    )
    referrer_id = fields.Many2one(
        "res.partner",
        string="Referred by",
        domain="[('is_referrer', '=', True)]",
        index="btree_not_null",
        ondelete="restrict",
    )
    campaign_id = fields.Many2one(
        "leerbedrijf.campaign",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    invitation_ids = fields.One2many(
        "leerbedrijf.info.invitation", "participant_id", string="Invited to"
    )

    @api.onchange("source")
    def _onchange_source(self):
        if self.source != "partner":
            self.referrer_id = False
        if self.source != "campaign":
            self.campaign_id = False

    @api.constrains("referrer_id")
    def _check_referrer(self):
        for person in self.filtered("referrer_id"):
            # Superuser: only the regions are compared.
            referrer = person.sudo().referrer_id
            regions = person.sudo().company_id.leerbedrijf_region_ids
            if not referrer.is_referrer or referrer.region_id not in regions:
                raise ValidationError(
                    self.env._(
                        "Choose a partner of your own region who refers people."
                    )
                )

    @api.depends("email", "phone")
    def _compute_duplicate_note(self):
        return super()._compute_duplicate_note()

    def _find_candidates_for_duplicate(self):
        found = super()._find_candidates_for_duplicate()
        email = (self.email or "").strip()
        if email:
            found |= found.search(
                [
                    ("company_id", "=", self.company_id.id),
                    ("email", "=ilike", escape_psql(email)),
                ],
                limit=20,
            )
        return found

    def _why_duplicate(self, other):
        why = super()._why_duplicate(other)
        email = (self.email or "").strip().lower()
        if not why and email and email == (other.email or "").strip().lower():
            return self.env._("has this e-mail address")
        return why

    def action_invite(self):
        """Invite these candidates to an information meeting."""
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Invite to an information meeting"),
            "res_model": "leerbedrijf.info.invite",
            "view_mode": "form",
            "target": "new",
            "context": {"default_participant_ids": self.ids},
        }

    def _get_kept_fields(self):
        return super()._get_kept_fields() | {
            "source": "Statistics: by which way people come.",
        }
