from odoo import fields, models

from ..tools import take_turns


class CandidateImport(models.TransientModel):
    """Many candidates of the own municipality at once, from a spreadsheet.

    People's data: the file is dropped once its rows are read, the cells of a row once
    it has been taken over, and all of it soon after.
    """

    _name = "leerbedrijf.candidate.import"
    _description = "Import of candidates"
    _inherit = ["leerbedrijf.import.mixin"]
    _transient_max_hours = 1.0
    _tenancy_kind = "private"
    _layout_model = "leerbedrijf.candidate.import.layout"
    _limit_prefix = "candidate_import"

    company_id = fields.Many2one(
        "res.company",
        string="Municipality",
        required=True,
        readonly=True,
        default=lambda self: self.env.company,
    )
    known = fields.Selection(
        [("update", "Update them"), ("skip", "Leave them as they are")],
        string="Candidates whom you have already",
        default="update",
        required=True,
        help="Of the same client number. Empty cells never change anything.",
    )
    row_ids = fields.One2many("leerbedrijf.candidate.import.row", "import_id")
    error_row_ids = fields.One2many(
        "leerbedrijf.candidate.import.row",
        "import_id",
        domain=[("result", "=", "error")],
    )
    duplicate_row_ids = fields.One2many(
        "leerbedrijf.candidate.import.row",
        "import_id",
        domain=[("result", "=", "duplicate")],
    )

    def _get_title(self):
        return self.env._("Import candidates")

    def _get_file_names(self):
        return self.env._("candidates-to-import"), self.env._("candidates-not-imported")

    def _get_layout(self):
        return super()._get_layout().with_company(self.company_id)

    def _lock(self):
        """One import in a municipality at a time."""
        take_turns(self.company_id)

    def _plan(self):
        rows = self.row_ids
        entries = rows._plan(self._get_layout(), self.company_id)
        return [(entries, lambda due: rows._take_over(due, self.company_id))]

    def _is_due(self, entry):
        is_left = entry.result == "update" and self.known == "skip"
        return not is_left and super()._is_due(entry)

    def _get_left_message(self, entry):
        if entry.result == "update":
            return self.env._("Left as it is.")
        return super()._get_left_message(entry)

    def action_view_candidates(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "leerbedrijf_core.participant_action"
        )
        people = self.row_ids.filtered("is_done").participant_id
        return {**action, "domain": [("id", "in", people.ids)], "context": {}}
