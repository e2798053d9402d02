from odoo import models
from odoo.fields import Command


class LeerbedrijfAgreement(models.Model):
    """Who signs, proposed from what is known: nobody types eleven parties by hand."""

    _inherit = "leerbedrijf.agreement"

    def action_propose_parties(self):
        """Add who promises, contributes, teaches or runs a cohort, and the owner; each
        with the person who may sign, else its contact."""
        self.ensure_one()
        self._check_state("draft")
        missing = self._get_probable_parties() - self.signatory_ids.partner_id
        self.signatory_ids = [
            Command.create(self._prepare_signatory(partner)) for partner in missing
        ]

    def _get_probable_parties(self):
        cohorts = self.pledge_ids.cohort_id
        # Superuser: the contacts of members of the region, which all may know.
        members = (self.company_id | cohorts.company_id).sudo().partner_id
        return (
            members.sudo(False)
            | self.pledge_ids.partner_id
            | self.contribution_ids.partner_id
            | cohorts.training_partner_ids
        )

    def _prepare_signatory(self, partner):
        mandates = self.env["leerbedrijf.mandate"]._of(
            partner, self.company_id, self.date_from
        )
        # Who may sign for any number goes first.
        mandate = mandates.sorted(lambda m: (m.places_limit > 0, m.id))[:1]
        values = {
            "partner_id": partner.id,
            "sequence": len(self.signatory_ids) + 1,
            "mandate_id": mandate.id,
        }
        if not mandate:
            contact = partner.child_ids.filtered(lambda c: c.type == "contact")[:1]
            values.update(
                {
                    "signer_name": contact.name,
                    "signer_function": contact.function,
                    "signer_email": contact.email,
                }
            )
        return values
