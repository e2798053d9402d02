from dataclasses import dataclass
from datetime import date

from odoo import api, models

from ..calc.names import plain


@dataclass(frozen=True)
class Column:
    """One column of a sheet: `kind` says how a cell is read, `limit` how long a text or
    how high a number may be, `earliest` and `latest` what a date may be."""

    key: str
    label: str
    kind: str = "text"
    required: bool = False
    limit: int = 200
    width: int = 18
    help: str = ""
    example: object = None
    is_long: bool = False  # a text of several lines
    is_multiple: bool = False  # several choices, with a semicolon between them
    earliest: date = date(2000, 1, 1)
    latest: date = date(2100, 12, 31)


class ImportLayout(models.AbstractModel):
    """The sheets of a spreadsheet that is imported.

    The template, its explanation, the reading and the list of errors all come from
    these columns, so that they cannot disagree.
    """

    _name = "leerbedrijf.import.layout"
    _description = "Spreadsheet to import"

    @api.model
    def _get_sheet_titles(self):
        """Sheet → its title. A row of heads is looked for in this order, reversed, so
        that the sheet with the most required columns is found first."""
        raise NotImplementedError

    @api.model
    def _get_example_name(self):
        """Rows of this name are the template's own and never imported."""
        raise NotImplementedError

    @api.model
    def _get_columns(self, sheet):
        raise NotImplementedError

    @api.model
    def _get_explanation(self):
        """The paragraphs above the list of columns in the template."""
        raise NotImplementedError

    @api.model
    def _get_explanation_of_heads(self):
        return self.env._(
            "Columns with * are required. Keep the heads of the columns; their "
            "order is free, and what you do not need may go."
        )

    @api.model
    def _get_choice_kinds(self):
        """The kinds of columns that choose from a list."""
        return ()

    @api.model
    def _get_choices(self, kind):
        """What a list offers: label → value."""
        raise NotImplementedError

    @api.model
    def _get_languages(self):
        """This record in every language of which somebody may have a template."""
        codes = {self.env.lang or "en_US", "nl_NL", "en_US"}
        installed = codes & {
            code for code, _name in self.env["res.lang"].get_installed()
        }
        return [self.with_context(lang=code) for code in sorted(installed)]

    @api.model
    def _get_known_choices(self):
        """What is understood in a cell: kind → plain label in any language → value."""
        return {
            kind: {
                plain(label): value
                for layout in self._get_languages()
                for label, value in layout._get_choices(kind).items()
            }
            for kind in self._get_choice_kinds()
        }
