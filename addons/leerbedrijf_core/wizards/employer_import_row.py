from dataclasses import dataclass

from odoo import fields, models

from ..calc.employer_match import Identity, Matcher, differ
from ..calc.names import plain
from ..models.forecast import SETTLED
from .import_row_mixin import Entry

# What a row may change of an employer that is there; its name stays.
EMPLOYER_FIELDS = (
    *("company_registry", "branch_number", "sector_id"),
    *("street", "zip", "city", "phone", "email", "website"),
)
CONTACT_FIELDS = {
    "contact_function": "function",
    "contact_phone": "phone",
    "contact_email": "email",
}
FORECAST_FIELDS = ("places", "hours_per_week", "reason", "certainty", "note")


@dataclass
class EmployerEntry(Entry):
    employer: Entry = None  # of a future job: the row of its employer
    partner: models.BaseModel = None  # of a future job: its employer

    @property
    def identity(self):
        values = self.values
        return Identity(
            values.get("name", ""),
            values.get("city", ""),
            values.get("company_registry", ""),
            values.get("branch_number", ""),
        )


class EmployerImportRow(models.TransientModel):
    """A row of an uploaded spreadsheet, and what becomes of it."""

    _name = "leerbedrijf.employer.import.row"
    _description = "Row of an import of employers"
    _inherit = ["leerbedrijf.import.row.mixin"]
    _transient_max_hours = 24.0

    import_id = fields.Many2one(
        "leerbedrijf.employer.import", required=True, index=True, ondelete="cascade"
    )
    sheet = fields.Selection(
        [("employer", "Employer"), ("forecast", "Future job")], required=True
    )
    name = fields.Char(string="Employer")
    partner_id = fields.Many2one("res.partner", string="Existing employer")

    def _prepare_found_values(self, entry):
        found = entry.partner if entry.row.sheet == "forecast" else entry.found
        return {"partner_id": found.id if found else False}

    # Planning -----------------------------------------------------------------------

    def _plan(self, region):
        """The entries of these rows: those of employers and those of future jobs.

        Everything is looked up as the user, in this region alone: what another region
        has is neither found nor told.
        """
        layout = self.env["leerbedrijf.employer.import.layout"]
        entries = self._read_entries(layout, EmployerEntry)
        known = self._get_known(region)
        self._plan_employers(entries["employer"], known)
        self._plan_forecasts(entries["forecast"], entries["employer"], known)
        return entries["employer"], entries["forecast"]

    def _get_known(self, region):
        """The organisations of the region, to be found by number and name."""
        partners = self.env["res.partner"].search_fetch(
            [("region_id", "=", region.id), ("is_company", "=", True)],
            ["name", "is_employer", *EMPLOYER_FIELDS],
        )
        known = Matcher()
        for partner in partners:
            known.add(
                partner,
                Identity(
                    partner.name or "",
                    partner.city or "",
                    partner.company_registry or "",
                    partner.branch_number or "",
                ),
            )
        return known

    def _plan_employers(self, entries, known):
        earlier = Matcher()
        for entry in entries:
            if not entry.problems:
                self._check_twin(entry, earlier)
            if not entry.problems:
                earlier.add(entry.row, entry.identity)
                self._match(entry, known)
            if entry.problems:
                entry.result, entry.message = "error", " ".join(entry.problems)

    def _check_twin(self, entry, earlier):
        identity = entry.identity
        twins = earlier.same(identity) or [
            row
            for row, why in earlier.possible(identity)
            if why == "name" and not identity.contradicts(earlier.get(row))
        ]
        if twins:
            entry.problems.append(
                self.env._(
                    "This looks like the employer of row %(number)s. Remove one of the "
                    "two, or give both their branch number.",
                    number=twins[0].number,
                )
            )

    def _match(self, entry, known):
        """Whether the employer is there, may be there, or is new."""
        identity, done = entry.identity, entry.row.partner_id
        if entry.row.is_done and known.get(done):
            entry.found, entry.result = done, "same"
            return
        same = known.same(identity)
        if len(same) == 1:
            self._match_same(entry, same[0], known.get(same[0]))
            return
        possible = [(partner, "name") for partner in same] or known.possible(identity)
        if not possible:
            entry.result = "new"
            return
        entry.found, why = possible[0]
        entry.result = "duplicate"
        entry.message = self._get_duplicate_message(entry, why, len(possible))
        entry.changes = self._get_employer_changes(entry)

    def _match_same(self, entry, partner, other):
        if differ(entry.identity.kvk, other.kvk):
            entry.problems.append(
                self.env._(
                    "The branch number is of %(employer)s, which has another KvK "
                    "number. Correct one of them.",
                    employer=partner.name,
                )
            )
            return
        entry.found = partner
        entry.changes = self._get_employer_changes(entry)
        entry.message = self._get_changes_message(partner, entry.changes)
        contact = self._get_contact_changes(entry)
        if contact:
            entry.message += (" " if entry.message else "") + self.env._(
                "Contact person: %(name)s.", name=entry.values["contact_name"]
            )
        entry.result = "update" if entry.changes or contact else "same"

    def _get_duplicate_message(self, entry, why, count):
        partner = entry.found
        place = ", ".join(
            filter(None, (partner.name, partner.city, partner.branch_number))
        )
        if why == "kvk":
            message = self.env._(
                "%(employer)s has the same KvK number. Is it the same establishment?",
                employer=place,
            )
        else:
            message = self.env._(
                "%(employer)s has about the same name. Is it the same employer?",
                employer=place,
            )
        if count > 1:
            message += " " + self.env._("(%(count)s look alike)", count=count)
        return message

    def _get_employer_changes(self, entry):
        """The values of the row that differ from those of the employer found."""
        partner, values = entry.found, dict(entry.values)
        if values.get("website"):
            values["website"] = partner._clean_website(values["website"])
        changes = self._get_changes(partner, values, EMPLOYER_FIELDS)
        if not partner.is_employer:
            changes["is_employer"] = True
        return changes

    def _get_contact(self, entry):
        """The contact person of that name, if the employer has one."""
        name = plain(entry.values.get("contact_name"))
        contacts = entry.found.child_ids if entry.found else self.env["res.partner"]
        return contacts.filtered(lambda x: plain(x.name) == name)[:1]

    def _get_contact_changes(self, entry):
        """What is new of the contact person; empty if there is nothing."""
        values = entry.values
        if not values.get("contact_name"):
            return {}
        wanted = {
            name: values[key] for key, name in CONTACT_FIELDS.items() if values.get(key)
        }
        contact = self._get_contact(entry)
        if not contact:
            return {"name": values["contact_name"], **wanted}
        return self._get_changes(contact, wanted, tuple(wanted))

    # Planning of future jobs ----------------------------------------------------------

    def _plan_forecasts(self, entries, employers, known):
        in_file = Matcher()
        for employer in employers:
            in_file.add(employer.row, employer.identity)
        by_row = {employer.row: employer for employer in employers}
        for entry in entries:
            if not entry.problems:
                self._find_employer(entry, in_file, by_row, known)
            if not entry.problems:
                self._check_dates(entry)
        self._find_forecasts([x for x in entries if not x.problems])
        for entry in entries:
            if entry.problems:
                entry.result, entry.message = "error", " ".join(entry.problems)

    def _check_dates(self, entry):
        until = entry.values.get("date_to")
        if until and until < entry.values["date_from"]:
            entry.problems.append(
                self.env._("The last start date is before the first start date.")
            )

    def _find_employer(self, entry, in_file, by_row, known):
        """The employer of a future job: of a row of the file, else of the region."""
        rows = in_file.mentioned(entry.identity)
        partners = [] if rows else known.mentioned(entry.identity)
        if len(rows) == 1:
            entry.employer = by_row[rows[0]]
            entry.partner = entry.employer.found
            self._follow_employer(entry)
        elif len(partners) == 1:
            entry.partner = partners[0]
        elif rows or partners:
            entry.problems.append(
                self.env._(
                    "There are several employers of this name. Give the branch number."
                )
            )
        else:
            entry.problems.append(
                self.env._(
                    "This employer is not on the sheet “%(sheet)s” and not in your "
                    "region. Add it there, or correct the name or number.",
                    sheet=self.env[
                        "leerbedrijf.employer.import.layout"
                    ]._get_sheet_titles()["employer"],
                )
            )

    def _follow_employer(self, entry):
        employer = entry.employer
        if employer.problems:
            entry.problems.append(
                self.env._(
                    "The row of its employer (row %(number)s) has an error. Correct "
                    "that one first.",
                    number=employer.row.number,
                )
            )
        elif employer.result == "duplicate":
            entry.message = self.env._(
                "Goes with your choice at row %(number)s of the employers.",
                number=employer.row.number,
            )

    def _find_forecasts(self, entries):
        """Whether the jobs are there: the same employer, function and period."""
        partner_ids = [entry.partner.id for entry in entries if entry.partner]
        there = {
            self._get_key(x.partner_id, x.function, x.date_from, x.date_to): x
            for x in self.env["leerbedrijf.forecast"].search(
                [("partner_id", "in", partner_ids)], order="id desc"
            )
        }
        seen = {}
        for entry in entries:
            values = entry.values
            key = self._get_key(
                entry.employer.row if entry.employer else entry.partner,
                values["function"],
                values["date_from"],
                values.get("date_to"),
            )
            if key in seen:
                entry.problems.append(
                    self.env._(
                        "Row %(number)s holds the same future job. Add their places up "
                        "in one row, or give them another period.",
                        number=seen[key].row.number,
                    )
                )
                continue
            seen[key] = entry
            self._match_forecast(entry, there.get((entry.partner, *key[1:])))

    def _get_key(self, employer, function, date_from, date_to):
        return (employer, plain(function), date_from, date_to or False)

    def _match_forecast(self, entry, forecast):
        if not forecast:
            entry.result = "new"
            return
        entry.found = forecast
        if forecast.certainty in SETTLED:
            entry.result = "same"
            entry.message = self.env._("Is there already, as filled or lapsed.")
            return
        entry.changes = self._get_changes(forecast, entry.values, FORECAST_FIELDS)
        entry.result = "update" if entry.changes else "same"
        changed = self._get_changes_message(forecast, entry.changes)
        entry.message = " ".join(filter(None, (entry.message, changed)))

    # Taking over --------------------------------------------------------------------

    def _take_over_employers(self, entries, region):
        """Make and change the employers of these entries, with the user's rights."""
        new = [entry for entry in entries if not entry.found]
        made = self.env["res.partner"].create(
            [self._prepare_employer(entry, region) for entry in new]
        )
        for entry, partner in zip(new, made, strict=True):
            entry.found = partner
        for entry in entries:
            if entry.changes:
                entry.found.write(entry.changes)
        self._take_over_contacts(entries)
        for entry in entries:
            entry.row._set_done(partner_id=entry.found.id)

    def _prepare_employer(self, entry, region):
        values = {
            name: entry.values[name]
            for name in ("name", *EMPLOYER_FIELDS)
            if name in entry.values
        }
        return {
            **values,
            "is_company": True,
            "is_employer": True,
            "region_id": region.id,
            "country_id": self.env.company.country_id.id,
            "lang": self.env.lang,
            "account_manager_id": self.env.uid,
        }

    def _take_over_contacts(self, entries):
        new = []
        for entry in entries:
            changes = self._get_contact_changes(entry)
            contact = self._get_contact(entry)
            if contact and changes:
                contact.write(changes)
            elif changes:
                new.append({"parent_id": entry.found.id, **changes})
        self.env["res.partner"].create(new)

    def _take_over_forecasts(self, entries, region):
        """Make and change the future jobs of these entries."""
        new = [entry for entry in entries if not entry.found]
        self.env["leerbedrijf.forecast"].create(
            [self._prepare_forecast(entry, region) for entry in new]
        )
        for entry in entries:
            if entry.changes:
                entry.found.write(entry.changes)
            entry.row._set_done(partner_id=entry.partner.id)

    def _prepare_forecast(self, entry, region):
        names = ("function", "date_from", "date_to", *FORECAST_FIELDS)
        values = {name: entry.values[name] for name in names if name in entry.values}
        return {**values, "partner_id": entry.partner.id, "region_id": region.id}
