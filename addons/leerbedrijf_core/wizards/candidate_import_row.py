from collections import defaultdict

from odoo import fields, models
from odoo.fields import Command, Domain

from ..calc.names import may_be_same_person, plain

# What a row may change of a candidate who is there; the name stays.
FIELDS = (
    *("client_number", "birthdate", "email", "phone", "zip", "city", "hours_wanted"),
    *("language_level", "motivation", "interests", "work_coach_id"),
)


class CandidateImportRow(models.TransientModel):
    """A row about a person, and what becomes of it."""

    _name = "leerbedrijf.candidate.import.row"
    _description = "Row of an import of candidates"
    _inherit = ["leerbedrijf.import.row.mixin"]
    _transient_max_hours = 1.0
    _tenancy_kind = "private"

    import_id = fields.Many2one(
        "leerbedrijf.candidate.import", required=True, index=True, ondelete="cascade"
    )
    sheet = fields.Selection([("candidate", "Candidate")], required=True)
    name = fields.Char(string="Candidate")
    participant_id = fields.Many2one(
        "leerbedrijf.participant", string="Existing candidate", ondelete="cascade"
    )

    def _prepare_found_values(self, entry):
        return {"participant_id": entry.found.id if entry.found else False}

    # Planning -----------------------------------------------------------------------

    def _plan(self, layout, company):
        """An entry for each row, looked up as the user among the people of `company`
        alone: whom another municipality has is neither found nor told."""
        entries = self._read_entries(layout)["candidate"]
        self._check_twins(entries)
        by_number, by_day, by_name, by_mail = self._get_known(entries, company)
        for entry in entries:
            if not entry.problems:
                number = entry.values.get("client_number")
                others = by_day[entry.values.get("birthdate")]
                others |= by_name[plain(entry.values["name"])]
                others |= by_mail[(entry.values.get("email") or "").lower()]
                self._match(entry, by_number.get(number), others, company)
            if entry.problems:
                entry.result, entry.message = "error", " ".join(entry.problems)
        return entries

    def _check_twins(self, entries):
        """The same person twice in the file."""
        seen = {}
        for entry in entries:
            if entry.problems:
                continue
            twin = None
            for key in self._get_keys(entry.values):
                twin = twin or seen.get(key)
                seen.setdefault(key, entry)
            if twin:
                entry.problems.append(
                    self.env._(
                        "This looks like the candidate of row %(number)s. Remove one "
                        "of the two.",
                        number=twin.row.number,
                    )
                )

    def _get_keys(self, values):
        """What is of one person alone: the number, or the name with the birthday."""
        if values.get("client_number"):
            yield values["client_number"]
        if values.get("birthdate"):
            yield plain(values["name"]), values["birthdate"]

    def _get_known(self, entries, company):
        """The people who may be meant: by number, birthday, name, e-mail address."""
        values = [entry.values for entry in entries if not entry.problems]
        people = self.env["leerbedrijf.participant"].with_context(active_test=False)
        wanted = {
            name: {x[name] for x in values if x.get(name)}
            for name in ("client_number", "birthdate", "name", "email")
        }
        # as typed, and as most write it: a pattern for each row would be slow
        wanted["email"] |= {email.lower() for email in wanted["email"]}
        people = people.search_fetch(
            Domain("company_id", "=", company.id)
            & Domain.OR(
                Domain(name, "in", list(found)) for name, found in wanted.items()
            ),
            ["name", "code", "active", *FIELDS],
        )
        by_day, by_name, by_mail = (defaultdict(people.browse) for _key in range(3))
        by_day.update(people.filtered("birthdate").grouped("birthdate"))
        by_name.update(people.grouped(lambda person: plain(person.name)))
        by_number = {x.client_number: x for x in people if x.client_number}
        with_mail = people.filtered("email")
        by_mail.update(with_mail.grouped(lambda person: person.email.strip().lower()))
        return by_number, by_day, by_name, by_mail

    def _match(self, entry, same, others, company):
        """Whether the person is there, may be there, or is new."""
        if entry.row.is_done:
            entry.found, entry.result = entry.row.participant_id, "same"
        elif same:
            self._match_same(entry, same)
        else:
            self._match_alike(entry, others, company)

    def _match_same(self, entry, person):
        if not self._is_one_person(entry.values, person):
            entry.problems.append(
                self.env._(
                    "This client number is of %(name)s (%(code)s). Correct the number "
                    "or the name.",
                    name=person.name,
                    code=person.code,
                )
            )
        elif not person.active:
            entry.problems.append(
                self.env._(
                    "The file of %(name)s (%(code)s) is archived. Take it out of the "
                    "archive first.",
                    name=person.name,
                    code=person.code,
                )
            )
        else:
            entry.found = person
            entry.changes = self._get_person_changes(entry)
            entry.message = self._get_labels(entry.changes)
            entry.result = "update" if entry.changes else "same"

    def _is_one_person(self, values, person):
        """A number that was mistyped must not change somebody else's file."""
        if values.get("birthdate") and person.birthdate:
            return values["birthdate"] == person.birthdate
        return may_be_same_person(values["name"], person.name)

    def _match_alike(self, entry, others, company):
        values = {
            name: entry.values.get(name)
            for name in ("name", "client_number", "birthdate", "email")
        }
        person = others.new({**values, "company_id": company.id})
        for other in others:
            why = person._why_duplicate(other)
            if why:
                entry.found, entry.result = other, "duplicate"
                entry.message = self.env._(
                    "%(name)s (%(code)s) %(why)s. Is it the same person?",
                    name=other.name,
                    code=other.code,
                    why=why,
                )
                entry.changes = self._get_person_changes(entry)
                return
        entry.result = "new"

    def _get_person_changes(self, entry):
        changes = self._get_changes(entry.found, entry.values, FIELDS)
        day_parts = entry.values.get("day_part_ids")
        if day_parts and set(day_parts) != set(entry.found.day_part_ids.ids):
            changes["day_part_ids"] = [Command.set(day_parts)]
        return changes

    def _get_labels(self, changes):
        """What changes, not from what: a list is no place to show files."""
        names = self.env["leerbedrijf.participant"]._fields
        return ", ".join(names[x]._description_string(self.env) for x in changes)

    # Taking over --------------------------------------------------------------------

    def _take_over(self, entries, company):
        """Make and change the people of these entries, with the user's rights."""
        new = [entry for entry in entries if not entry.found]
        made = self.env["leerbedrijf.participant"].create(
            [self._prepare_participant(entry, company) for entry in new]
        )
        for entry, person in zip(new, made, strict=True):
            entry.found = person
        for entry in entries:
            if entry.changes:
                entry.found.write(entry.changes)
            entry.row._set_done(participant_id=entry.found.id, cells={})

    def _prepare_participant(self, entry, company):
        values = {k: v for k, v in entry.values.items() if k != "day_part_ids"}
        day_parts = entry.values.get("day_part_ids", [])
        return {
            **values,
            "company_id": company.id,
            "day_part_ids": [Command.set(day_parts)],
        }
