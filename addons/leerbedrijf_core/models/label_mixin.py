from odoo import api, models


class LeerbedrijfLabelMixin(models.AbstractModel):
    """The name of a record for who may read it, and something neutral for others.

    Odoo reads the display name of a many2one as superuser, and a client can fill in any
    id on a form of its own. This is the one place where a name would leak that way, so
    the access is asked here as the real user.
    """

    _name = "leerbedrijf.label.mixin"
    _description = "Record whose name is for its readers"

    # What `_get_label` reads; by default `_rec_name`.
    _label_fields = ()

    @api.depends(lambda self: self._label_fields or (self._rec_name,))
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_display_name(self):
        readable = self.sudo(False)._filtered_access("read")
        for record in self:
            if record.sudo(False) in readable:
                record.display_name = record._get_label()
            else:
                # Superuser: only what a stranger may see comes out.
                record.display_name = record.sudo()._get_stranger_label()

    def _get_label(self):
        """How readers know this record."""
        self.ensure_one()
        field = self._fields[self._rec_name]
        return field.convert_to_display_name(self[self._rec_name], self)

    def _get_stranger_label(self):
        """What others may see: never a name, a number of places or an employer."""
        self.ensure_one()
        return self.env._("Not visible to you")
