from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import is_other_value


class ProjectProject(models.Model):
    _inherit = "project.project"

    is_klus_project = fields.Boolean(
        string="Project of klussen",
        readonly=True,
        copy=False,
        help="Every task in it is a klus for the customer of this project.",
    )

    _klus_project_uniq = models.UniqueIndex(
        "(company_id, partner_id) WHERE is_klus_project",
        "This employer has a project for its klussen already.",
    )

    @api.constrains("partner_id", "company_id")
    def _check_partner_region(self):
        for project in self.filtered("company_id"):
            project.partner_id._check_region_of(project.company_id)

    def write(self, vals):
        self._check_klus_project(vals)
        return super().write(vals)

    def _check_klus_project(self, vals):
        """The employer and the leerwerkbedrijf decide who is invoiced: they stay."""
        for name in {"partner_id", "company_id", "is_klus_project"} & vals.keys():
            if any(
                project.is_klus_project and is_other_value(project, name, vals[name])
                for project in self
            ):
                raise UserError(
                    self.env._(
                        "This project holds the klussen of one employer, so its "
                        "customer and company stay. Make a klus for the other employer "
                        "and its project comes along."
                    )
                )

    @api.model
    def _get_klus_project(self, partner, company):
        """The project of this employer at this leerwerkbedrijf, made when missing."""
        self._check_klus_company(company)
        domain = [
            ("is_klus_project", "=", True),
            ("partner_id", "=", partner.id),
            ("company_id", "=", company.id),
        ]
        # Superuser: a work leader plans klussen and has no right to make projects; the
        # caller needs the right to make tasks, and company and employer are its own.
        projects = self.sudo().with_context(active_test=False)
        return projects.search(domain, limit=1) or projects.with_context(
            mail_create_nosubscribe=True
        ).with_company(company).create(
            self._prepare_klus_project_values(partner, company)
        )

    @api.model
    def _check_klus_company(self, company):
        if (
            company.leerbedrijf_role != "leerbedrijf"
            or company not in self.env.companies
        ):
            raise UserError(
                self.env._(
                    "Klussen belong to a leerwerkbedrijf, and %(company)s is none of "
                    "yours. Choose your leerwerkbedrijf at the top right.",
                    # Superuser: only the name of the company that the user chose.
                    company=company.sudo().name,
                )
            )

    @api.model
    def _prepare_klus_project_values(self, partner, company):
        return {
            "name": partner.name,
            "partner_id": partner.id,
            "company_id": company.id,
            "is_klus_project": True,
            "allow_timesheets": True,
            "privacy_visibility": "portal",
        }
