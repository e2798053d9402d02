from datetime import date

from odoo import api, models

from ..models.forecast import SETTLED
from .import_layout import Column


class EmployerImportLayout(models.AbstractModel):
    """The sheets of the spreadsheet with employers and their future jobs."""

    _name = "leerbedrijf.employer.import.layout"
    _description = "Spreadsheet of employers and future jobs"
    _inherit = ["leerbedrijf.import.layout"]

    @api.model
    def _get_sheet_titles(self):
        return {
            "employer": self.env._("Employers to import"),
            "forecast": self.env._("Future jobs to import"),
        }

    @api.model
    def _get_example_name(self):
        """Rows of this employer are the template's own and never imported."""
        return self.env._("Example Ltd (this row is skipped)")

    @api.model
    def _get_columns(self, sheet):
        identity = [
            Column(
                "company_registry",
                self.env._("KvK number"),
                "kvk",
                help=self.env._("8 digits, from the trade register."),
                example="12345678",
            ),
            Column(
                "branch_number",
                self.env._("Branch number"),
                "branch",
                help=self.env._("12 digits: the establishment in the trade register."),
                example="000012345678",
            ),
        ]
        if sheet == "employer":
            return self._get_employer_columns(identity)
        return self._get_forecast_columns(identity)

    @api.model
    def _get_employer_columns(self, identity):
        name = Column(
            "name",
            self.env._("Name of the employer"),
            required=True,
            width=36,
            help=self.env._("As people know it; at most 200 characters."),
            example=self._get_example_name(),
        )
        sector = Column(
            "sector_id",
            self.env._("Sector"),
            "sector",
            help=self.env._("Choose from the list."),
            example=next(iter(self._get_choices("sector")), None),
        )
        return [
            name,
            *identity,
            sector,
            Column(
                "street",
                self.env._("Street and number"),
                width=26,
                example="Dorpsstraat 1",
            ),
            Column(
                "zip", self.env._("Postcode"), limit=12, width=11, example="1234 AB"
            ),
            Column(
                "city",
                self.env._("Town"),
                limit=100,
                help=self.env._("Helps to find an employer that is there already."),
                example="Zilverdam",
            ),
            Column("phone", self.env._("Phone"), limit=40, example="010 123 45 67"),
            Column(
                "email",
                self.env._("E-mail"),
                "email",
                width=28,
                example="info@example.nl",
            ),
            Column(
                "website", self.env._("Website"), width=26, example="https://example.nl"
            ),
            Column(
                "contact_name",
                self.env._("Contact person"),
                width=24,
                help=self.env._("Becomes a contact of the employer."),
                example="Anna de Wit",
            ),
            Column(
                "contact_function",
                self.env._("Function of the contact person"),
                width=24,
                example=self.env._("Team leader"),
            ),
            Column(
                "contact_phone", self.env._("Phone of the contact person"), limit=40
            ),
            Column(
                "contact_email", self.env._("E-mail of the contact person"), "email"
            ),
        ]

    @api.model
    def _get_forecast_columns(self, identity):
        return [
            Column(
                "name",
                self.env._("Name of the employer"),
                required=True,
                width=36,
                help=self.env._(
                    "As on the other sheet, or as the employer is called here."
                ),
                example=self._get_example_name(),
            ),
            *identity,
            Column(
                "function",
                self.env._("Function"),
                required=True,
                width=30,
                help=self.env._("The job title at the employer."),
                example=self.env._("Assistant"),
            ),
            Column(
                "places",
                self.env._("Places"),
                "integer",
                required=True,
                limit=999,
                example=3,
            ),
            Column(
                "hours_per_week",
                self.env._("Hours a week"),
                "number",
                limit=40,
                help=self.env._("More than 0, at most 40; empty is 32."),
                example=28,
            ),
            Column(
                "date_from",
                self.env._("Start from"),
                "date",
                required=True,
                help=self.env._("A date, as in 01-09-2027."),
                example=date(date.today().year + 1, 9, 1),
            ),
            Column(
                "date_to",
                self.env._("Start until"),
                "date",
                example=date(date.today().year + 1, 9, 30),
                help=self.env._("A date, or empty."),
            ),
            Column(
                "reason",
                self.env._("Reason"),
                "reason",
                help=self.env._("Choose from the list; empty is growth."),
                example=next(iter(self._get_choices("reason"))),
            ),
            Column(
                "certainty",
                self.env._("Certainty"),
                "certainty",
                help=self.env._("Choose from the list; empty is mentioned."),
                example=next(iter(self._get_choices("certainty"))),
            ),
            Column(
                "note",
                self.env._("Notes"),
                limit=5000,
                is_long=True,
                width=40,
                help=self.env._("For colleagues of the region."),
            ),
        ]

    # Choices ------------------------------------------------------------------------

    @api.model
    def _get_choice_kinds(self):
        return ("sector", "reason", "certainty")

    @api.model
    def _get_choices(self, kind):
        if kind == "sector":
            return {s.name: s.id for s in self.env["leerbedrijf.sector"].search([])}
        field = self.env["leerbedrijf.forecast"]._fields[kind]
        return {
            label: value
            for value, label in field._description_selection(self.env)
            # A future job that is filled or lapsed is not planned any more.
            if value not in SETTLED
        }

    @api.model
    def _get_explanation(self):
        return [
            self.env._(
                "One row for each establishment on the first sheet, one for each "
                "future job on the second. The grey example rows are skipped."
            ),
            self._get_explanation_of_heads(),
            self.env._(
                "An employer that is there already (the same branch number, or the "
                "same name with the same KvK number or city) is updated: what is "
                "filled in replaces what was there, empty cells leave it as it is."
            ),
            self.env._(
                "A future job with the same employer, function and period is updated "
                "as well: importing a file twice makes nothing twice."
            ),
        ]

    # Reading ------------------------------------------------------------------------

    @api.model
    def _parse_kvk(self, column, cell):
        return self._parse_digits(column, cell, 8)

    @api.model
    def _parse_branch(self, column, cell):
        return self._parse_digits(column, cell, 12)
