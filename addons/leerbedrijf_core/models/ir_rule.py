from odoo import models
from odoo.exceptions import AccessError


def refusal(env, operation, model_name):
    """An access error in one plain sentence, without the names of records or rules.

    Stock jokes with somebody who cannot do his work, and in developer mode, which any
    user can switch on, names the records that a rule hides: a person of another
    municipality among them.
    """
    env = env(context={**env.context, **env.user.context_get()})
    kind = env["ir.model"]._get(model_name).name or model_name
    sentences = {
        "read": env._("You may not see this (%(kind)s).", kind=kind),
        "write": env._("You may not change this (%(kind)s).", kind=kind),
        "create": env._("You may not make this (%(kind)s).", kind=kind),
        "unlink": env._("You may not delete this (%(kind)s).", kind=kind),
    }
    ask = env._("If you need it, ask the functional administrator of your region.")
    return AccessError(f"{sentences[operation]} {ask}")


class IrRule(models.Model):
    _inherit = "ir.rule"

    def _make_access_error(self, operation, records):
        """Keeps stock's log line and its offer to switch to a company of one's own."""
        stock = super()._make_access_error(operation, records)
        error = refusal(self.env, operation, records._name)
        context = getattr(stock, "context", None)
        if context:
            error.context = context
        return error
