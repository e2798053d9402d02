from odoo import api, fields, models

from ..tools import linked_by


class LeerbedrijfParticipantChildMixin(models.AbstractModel):
    """A part of a person's file: for the municipality alone, as the file itself."""

    _name = "leerbedrijf.participant.child.mixin"
    _description = "Part of a person's file"
    _inherit = [
        "leerbedrijf.child.mixin",
        "leerbedrijf.dossier.mixin",
        "leerbedrijf.personal.mixin",
    ]

    _tenancy_kind = "private"
    _person_path = "participant_id"
    _tenant_columns = ("company_id",)
    _write_once_columns = ("participant_id",)

    participant_id = fields.Many2one(
        "leerbedrijf.participant",
        string="Candidate",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="participant_id.company_id",
        string="Municipality",
        store=True,
        index=True,
        precompute=True,
    )

    @api.model_create_multi
    def create(self, vals_list):
        # First of all: what follows must not tell that somebody else's person exists.
        linked_by(self, "participant_id", vals_list).check_access("write")
        return super().create(vals_list)

    @api.constrains("participant_id")
    def _check_participant_not_anonymised(self):
        self.participant_id._check_not_anonymised()

    def _get_dossier_participants(self):
        return self.participant_id
