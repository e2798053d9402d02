from odoo import models


class LeerbedrijfPledge(models.Model):
    _inherit = "leerbedrijf.pledge"

    def _take_over(self):
        """The functions of the pledges that these amend are of these from now on."""
        result = super()._take_over()
        # Superuser: the version that holds changes by a signature, also of a party that
        # does not run the cohort; the work offered stays what it was.
        functions = self.env["leerbedrijf.function"].sudo()
        functions = functions.with_context(active_test=False)
        for pledge in self.filtered("previous_id"):
            earlier = functions.search([("pledge_id", "in", pledge._get_earlier().ids)])
            # Was one made of the new version already, then that one goes on.
            if earlier and not functions.search_count([("pledge_id", "=", pledge.id)]):
                earlier[0].pledge_id = pledge
        return result
