import os
from pathlib import Path

from .common import ROLES, LeerbedrijfCase

PAGE = Path(__file__).parents[3] / "docs" / "security-matrix.md"
WRITE = "LEERBEDRIJF_WRITE_MATRIX"
COMMAND = (
    f"{WRITE}=1 make pytest "
    'ARGS="addons/leerbedrijf_core/tests/test_security_matrix.py"'
)
COLUMNS = ("user", *ROLES, "platform_admin")
OPERATIONS = {"R": "read", "W": "write", "C": "create", "D": "unlink"}
# Odoo's models that hold people, employers or money of ours.
STOCK_MODELS = (
    "account.analytic.line",
    "account.move",
    "calendar.event",
    "hr.employee",
    "project.task",
    "res.partner",
)
HEADER = f"""# Who may do what

Asked of Odoo for a user of each role, by the test that compares this page with the
answers; write it anew with

    {COMMAND}

R reads, W writes, C creates, D deletes. Rules narrow this to the records of the own
region or organisation, for everybody.
"""


class TestSecurityMatrix(LeerbedrijfCase):
    """Role × model × operation, and who reads which data of a person."""

    def test_the_page_is_what_odoo_answers(self):
        page = "\n".join(
            [HEADER, *self._models(), "", *self._fields(), "", *self._rules(), ""]
        )
        if os.environ.get(WRITE):
            PAGE.write_text(page)
        self.assertTrue(
            PAGE.read_text() == page, f"The page is out of date. Run: {COMMAND}"
        )

    def _env(self, role):
        return self.as_role(role)

    def _table(self, head, rows):
        columns = [*head, *COLUMNS]
        yield f"| {' | '.join(columns)} |"
        yield f"|{' --- |' * len(columns)}"
        for names, cells in rows:
            line = [*(f"`{name}`" for name in names), *cells]
            yield f"| {' | '.join(line)} |"

    def _models(self):
        ours = sorted(
            name
            for name, model in self.env.registry.items()
            if name.startswith("leerbedrijf.") and not model._abstract
        )
        yield from self._table(
            ["model"],
            [
                ([name], [self._rights(role, name) for role in COLUMNS])
                for name in (*ours, *STOCK_MODELS)
            ],
        )

    def _rights(self, role, name):
        model = self._env(role)[name]
        return "".join(
            letter
            for letter, operation in OPERATIONS.items()
            if model.has_access(operation)
        )

    def _fields(self):
        """Of every model with data of persons, the fields that are wiped in the end."""
        yield "## Data of persons"
        yield ""
        yield "A name that a role may not see is shown as the person's code."
        yield ""
        rows = []
        for model in self.env["leerbedrijf.anonymiser"]._get_personal_models():
            for name in sorted(model._get_wiped_fields()):
                cells = [self._reads(role, model._name, name) for role in COLUMNS]
                rows.append(([model._name, name], cells))
        yield from self._table(["model", "field"], sorted(rows))

    def _reads(self, role, model_name, field_name):
        model = self._env(role)[model_name]
        field = model._fields[field_name]
        allowed = model.has_access("read") and model._has_field_access(field, "read")
        return "R" if allowed else ""

    def _rules(self):
        yield "## Global rules"
        yield ""
        yield "| model | modes | records |"
        yield "| --- | --- | --- |"
        data = self.env["ir.model.data"].search(
            [("model", "=", "ir.rule"), ("module", "=like", "leerbedrijf_%")]
        )
        rules = self.env["ir.rule"].browse(data.mapped("res_id"))
        for rule in rules.filtered("global").sorted(
            lambda rule: (rule.model_id.model, rule.name)
        ):
            modes = [m for m in OPERATIONS.values() if rule[f"perm_{m}"]]
            asked = "all" if len(modes) == len(OPERATIONS) else ", ".join(modes)
            domain = (rule.domain_force or "").strip().replace("|", "\\|")
            yield f"| `{rule.model_id.model}` | {asked} | `{domain}` |"
