from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize


class LeerbedrijfSignatory(models.Model):
    """Whether who signs may sign: asked of the organisation's list, if it has one."""

    _inherit = "leerbedrijf.signatory"

    def _check_authority(self):
        """
        :raises UserError: if somebody is not on the list of the organisation, signs
            for more places than he may, or alone where two have to
        """
        problems = [
            problem
            for signatory in self
            for problem in [signatory._get_authority_problem()]
            if problem
        ]
        if problems:
            raise UserError("\n".join(problems))

    def _get_authority_problem(self):
        self.ensure_one()
        organisation = self.partner_id.name
        if not self._get_list():
            return None
        mandate = self._find_mandate(self.signer_name)
        if not mandate:
            return self.env._(
                "%(name)s is not on the list of who may sign for %(organisation)s. "
                "Choose somebody who is, or add the authority first.",
                name=self.signer_name or self.env._("Nobody"),
                organisation=organisation,
            )
        address = email_normalize(mandate.email or "")
        chosen = email_normalize(self.signer_email or "")
        if address and chosen and address != chosen:
            return self.env._(
                "The link for %(name)s of %(organisation)s goes to the address on the "
                "list of who may sign: %(email)s.",
                name=mandate.name,
                organisation=organisation,
                email=mandate.email,
            )
        places = self._get_places()
        if mandate.places_limit and places > mandate.places_limit:
            return self.env._(
                "%(name)s may sign for %(limit)s places of %(organisation)s at most, "
                "and this agreement has %(places)s. Let somebody else sign.",
                name=mandate.name,
                limit=mandate.places_limit,
                organisation=organisation,
                places=places,
            )
        if mandate.is_joint and self._signs_alone():
            return self.env._(
                "%(name)s signs for %(organisation)s only together with somebody else. "
                "Add the second signatory.",
                name=mandate.name,
                organisation=organisation,
            )
        return None

    def _get_list(self):
        return self.env["leerbedrijf.mandate"]._of(
            self.partner_id, self.company_id, fields.Date.context_today(self)
        )

    def _find_mandate(self, name):
        """The line of the organisation's list with this name."""
        return self._get_list().filtered(
            lambda mandate: self._as_compared(mandate.name) == self._as_compared(name)
        )[:1]

    def _signs_alone(self):
        party = self.agreement_id.signatory_ids.filtered(
            lambda other: other.partner_id == self.partner_id
        )
        return len({self._as_compared(line.signer_name) for line in party}) < 2

    def _get_places(self):
        """The places that the organisation signs for: an employer's own, else all."""
        pledges = self.agreement_id.pledge_ids
        if self.role == "employer":
            pledges = pledges.filtered(lambda p: p.partner_id == self.partner_id)
        return sum(pledges.mapped("places"))
