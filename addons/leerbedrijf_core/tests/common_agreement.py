from datetime import date

from odoo.fields import Command

from .common_cohort import CohortCase


class AgreementCase(CohortCase):
    """A draft agreement of the first municipality: one intention, two signatories."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls.as_role("account_manager")
        cls.manager_b = cls.as_role("account_manager", cls.municipality_b)
        cls.manager_x = cls.as_role("account_manager", cls.municipality_x)
        cls.agreement = cls._new_agreement()
        cls.pledge = cls.agreement.pledge_ids

    @classmethod
    def _new_agreement(cls, **values):
        """As an account manager makes it, from the employer's region and company."""
        return cls.manager["leerbedrijf.agreement"].create(
            {
                "title": "Jobs in care",
                "purpose": "Twenty residents find a lasting job in care.",
                "date_from": date(2026, 9, 1),
                "date_to": date(2028, 8, 31),
                "review_date": date(2027, 3, 1),
                "pledge_ids": [Command.create(cls._pledge_values())],
                "signatory_ids": [
                    Command.create(
                        {
                            "partner_id": cls.employer.id,
                            "role": "employer",
                            "signer_name": "Anna de Wit",
                        }
                    ),
                    Command.create(
                        {
                            "partner_id": cls.municipality.partner_id.id,
                            "role": "municipality",
                            "signer_name": "Karim Aydin",
                        }
                    ),
                ],
                **values,
            }
        )

    @classmethod
    def _pledge_values(cls, **values):
        return {
            "partner_id": cls.employer.id,
            "function": "Care assistant",
            "force": "intention",
            "places": 6,
            "hours_per_week": 24,
            "date_from": date(2027, 9, 1),
            "date_to": date(2027, 12, 31),
            "condition": "Diploma level 2 and a say in the selection.",
            **values,
        }

    @classmethod
    def _sign_by_all(cls, agreement=None):
        agreement = agreement or cls.agreement
        agreement._send_guarantee(None)  # the question before a guarantee was answered
        agreement.signatory_ids.action_sign()
