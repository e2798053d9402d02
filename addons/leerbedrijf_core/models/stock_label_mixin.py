from odoo import api, models


class LeerbedrijfStockLabelMixin(models.AbstractModel):
    """A model of Odoo whose records are named to their readers alone.

    Odoo reads the display name of a many2one as superuser, and a client can fill in any
    id on any form: the subject of a message, the name of a file and the title of an
    appointment or klus were to be had that way, one number after the other.

    Inherit it before the model of Odoo, so that it is asked first.
    """

    _name = "leerbedrijf.stock.label.mixin"
    _description = "Record of Odoo whose name is for its readers"

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_display_name(self):
        hidden = self._filtered_unreadable()
        result = super(
            LeerbedrijfStockLabelMixin, self - hidden
        )._compute_display_name()
        for record in hidden:
            record.display_name = self.env._("Not visible to you")
        return result

    def _filtered_unreadable(self):
        """Those that the user may not read. Visitors come with a token of the record,
        and fill in no forms."""
        if self.env.user._is_public():
            return self.browse()
        saved = self._origin.sudo(False)
        readable = set(saved._filtered_access("read").ids)
        return self.filtered(
            lambda record: record._origin.id and record._origin.id not in readable
        )
