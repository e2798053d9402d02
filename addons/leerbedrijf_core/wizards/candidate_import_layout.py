from collections import Counter
from datetime import date

from odoo import api, fields, models

from ..calc import postcode
from ..calc.names import plain
from .import_layout import Column


class CandidateImportLayout(models.AbstractModel):
    """The sheet of the spreadsheet with candidates."""

    _name = "leerbedrijf.candidate.import.layout"
    _description = "Spreadsheet of candidates"
    _inherit = ["leerbedrijf.import.layout"]

    @api.model
    def _get_sheet_titles(self):
        return {"candidate": self.env._("Candidates to import")}

    @api.model
    def _get_example_name(self):
        return self.env._("Example Person (this row is skipped)")

    @api.model
    def _get_columns(self, sheet):
        return [*self._get_person_columns(), *self._get_intake_columns()]

    @api.model
    def _get_person_columns(self):
        return [
            Column(
                "name",
                self.env._("Name"),
                required=True,
                width=32,
                help=self.env._("First name and surname; at most 200 characters."),
                example=self._get_example_name(),
            ),
            Column(
                "client_number",
                self.env._("Client number"),
                limit=40,
                help=self.env._(
                    "The number of your municipality, never the BSN. Who has it "
                    "already is updated."
                ),
                example="4711",
            ),
            Column(
                "birthdate",
                self.env._("Date of birth"),
                "date",
                help=self.env._("A date, as in 31-12-1985."),
                example=date(1985, 12, 31),
                earliest=date(1900, 1, 1),
                latest=fields.Date.context_today(self),
            ),
            Column(
                "email",
                self.env._("E-mail"),
                "email",
                width=28,
                example="naam@example.nl",
            ),
            Column("phone", self.env._("Phone"), "phone", example="06 12 34 56 78"),
            Column(
                "zip",
                self.env._("Postcode"),
                "postcode",
                width=11,
                help=self.env._("As 1234 AB, or the four digits alone."),
                example="1234 AB",
            ),
            Column("city", self.env._("Town"), limit=100, example="Zilverdam"),
        ]

    @api.model
    def _get_intake_columns(self):
        return [
            Column(
                "language_level",
                self.env._("Dutch language"),
                "language_level",
                help=self.env._("Choose from the list."),
                example=next(iter(self._get_choices("language_level"))),
            ),
            Column(
                "hours_wanted",
                self.env._("Hours wanted"),
                "number",
                limit=60,
                help=self.env._("Hours a week that this person wants and can work."),
                example=24,
            ),
            Column(
                "day_part_ids",
                self.env._("Can come"),
                "day_part",
                is_multiple=True,
                width=40,
                help=self.env._(
                    "Day parts with a semicolon between them: %(all)s.",
                    all="; ".join(self._get_choices("day_part")),
                ),
                example="; ".join(list(self._get_choices("day_part"))[:2]),
            ),
            Column(
                "motivation",
                self.env._("Motivation"),
                limit=5000,
                is_long=True,
                width=40,
                help=self.env._("What the person wants and can; no diagnosis."),
            ),
            Column(
                "interests",
                self.env._("Interests"),
                limit=5000,
                is_long=True,
                width=40,
                help=self.env._("What attracts this person in work; experience."),
            ),
            Column(
                "work_coach_id",
                self.env._("Work coach"),
                "coach",
                width=24,
                help=self.env._(
                    "The log-in or the name of a work coach of your municipality; "
                    "empty is yourself."
                ),
                example=next(iter(self._get_choices("coach")), None),
            ),
        ]

    @api.model
    def _get_explanation(self):
        return [
            self.env._("One row for each candidate. The grey example row is skipped."),
            self._get_explanation_of_heads(),
            self.env._(
                "A candidate of your municipality with the same client number is "
                "updated: what is filled in replaces what was there, empty cells leave "
                "it as it is. The name stays."
            ),
            self.env._(
                "Personal data: send this file to nobody, and delete it when the "
                "candidates have been imported."
            ),
        ]

    # Choices ------------------------------------------------------------------------

    @api.model
    def _get_choice_kinds(self):
        return ("language_level", "day_part", "coach")

    @api.model
    def _get_choices(self, kind):
        if kind == "day_part":
            return {x.name: x.id for x in self.env["leerbedrijf.day.part"].search([])}
        if kind == "coach":
            coaches = self._get_coaches()
            names = Counter(coaches.mapped("name"))
            return {x.name if names[x.name] == 1 else x.login: x.id for x in coaches}
        field = self.env["leerbedrijf.participant"]._fields[kind]
        return {label: key for key, label in field._description_selection(self.env)}

    @api.model
    def _get_coaches(self):
        """The work coaches of the municipality itself."""
        return self.env["res.users"].search(
            [
                ("share", "=", False),
                ("company_ids", "in", self.env.company.ids),
                (
                    "all_group_ids",
                    "in",
                    self.env.ref("leerbedrijf_core.group_work_coach").ids,
                ),
            ]
        )

    @api.model
    def _get_known_choices(self):
        known = super()._get_known_choices()
        known["coach"] |= {plain(x.login): x.id for x in self._get_coaches()}
        return known

    # Reading ------------------------------------------------------------------------

    @api.model
    def _parse_postcode(self, column, cell):
        text, _problem = self._parse_text(column, cell)
        value = postcode.normalise(text)
        if value:
            return value, None
        return None, self.env._(
            "“%(cell)s” is no Dutch postcode. Fill it in as 1234 AB, or the four "
            "digits alone.",
            cell=str(cell)[:30],
        )

    @api.model
    def _parse_phone(self, column, cell):
        """Excel drops the zero in front of what it takes for a number."""
        if isinstance(cell, int | float) and 10**8 <= cell < 10**9:
            cell = f"0{int(cell)}"
        text, problem = self._parse_text(column, cell)
        if problem or any(digit.isdigit() for digit in text):
            return text, problem
        return None, self.env._("“%(cell)s” is no phone number.", cell=text[:30])
