from odoo import models

from odoo.addons.mail.tools.discuss import Store


class MailCannedResponse(models.Model):
    """A reply that is shared with a role is for colleagues in that role.

    Odoo sends its text to everybody of the role at once, wherever they work. Here it
    goes to who made it, and colleagues get it with their next page.
    """

    _inherit = "mail.canned.response"

    def _broadcast(self, /, *, delete=False):
        if not self.env["res.partner"]._is_tenant():
            return super()._broadcast(delete=delete)
        for reply in self:
            store = Store(bus_channel=reply.create_uid)
            if delete:
                store.delete(reply)
            else:
                store.add(reply)
            store.bus_send()
        return None
