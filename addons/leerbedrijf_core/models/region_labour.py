from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import date_utils, format_date

AHEAD = relativedelta(years=2)


class LeerbedrijfRegion(models.Model):
    """Jobs and people of a region on one page, to be read from the back of a room."""

    _inherit = "leerbedrijf.region"

    labour_table = fields.Html(
        string="Jobs and people",
        compute="_compute_labour_table",
        sanitize=False,
        help="By sector and quarter, two years ahead. Numbers only, no person.",
    )

    @api.depends_context("lang", "uid")
    def _compute_labour_table(self):
        for region in self:
            region.labour_table = self.env["ir.qweb"]._render(
                "leerbedrijf_core.labour_table", region._get_labour_values()
            )

    def _get_labour_values(self):
        """The names of the quarters, and a sentence and a cell a quarter by sector."""
        numbers = self._get_labour_numbers()
        quarters = sorted({quarter for row in numbers.values() for quarter in row})
        return {
            "region": self,
            "quarters": [
                format_date(self.env, quarter, date_format="QQQ y")
                for quarter in quarters
            ],
            "sectors": [
                {
                    "name": sector.name or self.env._("Without sector"),
                    "total": self._get_labour_cell(row.values()),
                    "cells": [
                        self._get_labour_cell([row[quarter]] if quarter in row else [])
                        for quarter in quarters
                    ],
                }
                for sector, row in numbers.items()
            ],
        }

    def _get_labour_numbers(self):
        """{sector: {first day of a quarter: (jobs, people who finish)}}"""
        first = date_utils.start_of(fields.Date.context_today(self), "quarter")
        groups = self.env["leerbedrijf.labour.balance"]._read_group(
            [
                ("region_id", "=", self._origin.id),
                ("date", ">=", first),
                ("date", "<", first + AHEAD),
            ],
            ["sector_id", "date:quarter"],
            ["demand:sum", "supply:sum"],
            order="sector_id, date:quarter",
        )
        numbers = {}
        for sector, quarter, demand, supply in groups:
            numbers.setdefault(sector, {})[quarter] = (demand, supply)
        return numbers

    @api.model
    def _get_labour_cell(self, pairs):
        """What is short, how many, and of what: of (jobs, people) together."""
        demand = sum(pair[0] for pair in pairs)
        supply = sum(pair[1] for pair in pairs)
        short = "people" if demand > supply else "jobs" if supply > demand else None
        return {
            "demand": demand,
            "supply": supply,
            "gap": abs(demand - supply),
            "short": short,
        }

    @api.model
    def _action_labour_table(self):
        """The page of the user's own region."""
        region = self.env.user.leerbedrijf_region_ids[:1]
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "leerbedrijf_core.region_labour_action"
        )
        return {**action, "res_id": region.id}
