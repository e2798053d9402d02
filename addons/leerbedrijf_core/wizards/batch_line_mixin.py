from odoo import fields, models


class LeerbedrijfBatchLineMixin(models.AbstractModel):
    """One of the people for whom something is done at once, and what was found.

    A line model declares `batch_id` and names the field of the person's record.
    """

    _name = "leerbedrijf.batch.line.mixin"
    _description = "One of many people"

    _record_field = ""

    is_included = fields.Boolean(string="Include", default=True)
    level = fields.Selection(
        [
            ("ready", "Ready"),
            ("attention", "Asks attention"),
            ("blocked", "Not possible"),
        ],
        string="Possible",
        compute="_compute_finding",
    )
    finding = fields.Text(string="What to know", compute="_compute_finding")

    def _compute_finding(self):
        judged = {}
        for batch in self.batch_id:
            judged.update(batch._judge())
        for line in self:
            line.level, line.finding = judged.get(line, ("blocked", False))

    def _get_records(self):
        """The records of the people, without whom the user lost sight of."""
        return self[self._record_field]._filtered_access("read")

    def _get_record(self):
        self.ensure_one()
        return self[self._record_field]

    def _filter_ready(self):
        """Who is included and can."""
        return self.filtered(lambda x: x.is_included and x.level != "blocked")
