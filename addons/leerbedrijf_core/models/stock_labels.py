"""The names of Odoo's own records are for their tenant.

Odoo reads the display name of a many2one as superuser, and a client can fill in any id
on a form of its own. For our models `label_mixin.py` asks the rules; for Odoo's the
organisation is enough where a record has one, and is quicker.
"""

from odoo import SUPERUSER_ID, api, models

# Model → the way to its organisation; None: ask the rules, as it hangs on a document.
GUARDED = {
    "account.account": "company_ids",
    "account.analytic.account": "company_id",
    "account.analytic.line": "company_id",
    "account.fiscal.position": "company_id",
    "account.journal": "company_id",
    "account.move": "company_id",
    "account.move.line": "company_id",
    "account.payment": "company_id",
    "account.payment.method.line": None,
    "account.payment.term": "company_id",
    "account.tax": "company_id",
    "account.tax.group": "company_id",
    "calendar.alarm": None,
    "calendar.attendee": None,
    "calendar.event": None,
    "calendar.recurrence": None,
    "discuss.channel": None,
    "discuss.channel.member": None,
    "hr.department": "company_id",
    "hr.employee.skill": "employee_id.company_id",
    "hr.job": "company_id",
    "hr.resume.line": "employee_id.company_id",
    "hr.version": "company_id",
    "hr.work.location": "company_id",
    "ir.attachment": None,
    "ir.embedded.actions": None,
    "ir.filters": None,
    "mail.activity": None,
    "mail.alias": None,
    "mail.canned.response": None,
    "mail.message": None,
    "mail.template": None,
    "product.pricelist": "company_id",
    "product.product": "company_id",
    "product.template": "company_id",
    "project.milestone": "project_id.company_id",
    "project.project": "company_id",
    "project.tags": None,
    "project.task": "company_id",
    "project.task.type": None,
    "project.update": "project_id.company_id",
    "rating.rating": None,
    "res.bank": None,
    "res.company": "id",
    "res.partner.bank": None,
    "res.partner.category": None,
    "res.users": "company_id",
    "resource.calendar": "company_id",
    "resource.calendar.attendance": None,
    "resource.calendar.leaves": "company_id",
    "snailmail.letter": None,
}
# Odoo names these as superuser: with names that depend on the user it would be another
# record's that gets the name.
NAMED_AS_SUPERUSER = ("product.product",)


def _guard(model_name, path):
    class TenantLabel(models.Model):
        _inherit = model_name

        @api.depends(*([path] if path not in (None, "id") else []))
        @api.depends_context("uid")
        def _compute_display_name(self):
            result = super()._compute_display_name()
            if model_name in NAMED_AS_SUPERUSER and not self.env.su:
                for record in self:
                    # Superuser: Odoo checked the access and named it so.
                    record.display_name = record.sudo().display_name
            for record in _filtered_foreign(self, path):
                record.display_name = self.env._("Not visible to you")
            return result

    return TenantLabel


def _filtered_foreign(records, path):
    """The records of other organisations, for a user who does not keep the platform.

    Visitors come with a token of the record, and fill in no forms.
    """
    user = records.env.user
    if user.id == SUPERUSER_ID or user._is_system() or user._is_public():
        return records.browse()
    if path is None or not user._is_internal():
        return records - records.sudo(False)._filtered_access("read").sudo(
            # Superuser again where the caller was: only to subtract like from like.
            records.env.su
        )
    known = frozenset(user._get_company_ids())
    if records._name in ("res.users", "res.company"):  # known by name in the region
        known = user._get_colleague_company_ids()

    def is_foreign(record):
        # Superuser: only whose record it is.
        owner = record.sudo() if path == "id" else record.sudo().mapped(path)
        return owner._is_elsewhere(known)

    # As the caller was: a name that is set as superuser is another one in the cache.
    return records.filtered(is_foreign)


for guarded_model, way in GUARDED.items():
    _guard(guarded_model, way)
