"""Who may do what with our models, as a page: docs/security-matrix.md.

Write it anew with `python3 tests/static/security_matrix.py`.
"""

import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from source import access_lines, model_classes, xml_records

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "security-matrix.md"
HEADER = """# Who may do what

Made from the access lines and the global rules by
`python3 tests/static/security_matrix.py`; a test fails when it is out of date. R reads,
W writes, C creates, D deletes; a role has what the roles that it implies have. Rules
narrow this to the records of the own region or organisation, for everybody.

"""


def addons():
    return sorted(path.parent for path in ROOT.glob("addons/*/__manifest__.py"))


def roles():
    """Our roles with all that they imply among themselves, in order."""
    records = xml_records(ROOT / "addons" / "leerbedrijf_core", "res.groups")
    implied = {
        record["id"]: set(
            re.findall(r"ref\('(group_\w+)'\)", record.get("implied_ids", ""))
        )
        for record in records
        if "." not in record["id"]  # Odoo's own, of which we set a field
    }

    def closure(role):
        return {role}.union(*(closure(other) for other in implied.get(role, ())))

    return {role: closure(role) for role in implied}


def rights():
    """Model → role → the letters of its access lines."""
    table = {}
    for line in (line for addon in addons() for line in access_lines(addon)):
        model = line["model_id:id"].split(".")[-1].removeprefix("model_")
        role = line["group_id:id"].split(".")[-1]
        letters = {
            letter
            for letter, name in zip(
                "RWCD", ("read", "write", "create", "unlink"), strict=True
            )
            if line[f"perm_{name}"] == "1"
        }
        table.setdefault(model, {}).setdefault(role, set()).update(letters)
    return table


def render():
    names = roles()
    lines = ["| model | " + " | ".join(r.removeprefix("group_") for r in names) + " |"]
    lines.append("| --- |" + " --- |" * len(names))
    for model, by_role in sorted(rights().items()):
        cells = []
        for implied in names.values():
            letters = set().union(*(by_role.get(role, ()) for role in implied))
            cells.append("".join(letter for letter in "RWCD" if letter in letters))
        lines.append(f"| `{_model_name(model)}` | " + " | ".join(cells) + " |")
    lines += ["", "## Global rules", "", "| model | modes | records |"]
    lines.append("| --- | --- | --- |")
    lines += sorted(_rule_line(rule) for rule in _global_rules())
    return HEADER + "\n".join(lines) + "\n"


def _model_name(underscored):
    for model in (model for addon in addons() for model in model_classes(addon)):
        if model.name.replace(".", "_") == underscored:
            return model.name
    return underscored.replace("_", ".")


def _global_rules():
    return [
        rule
        for addon in addons()
        for rule in xml_records(addon, "ir.rule")
        if "groups" not in rule
    ]


def _rule_line(rule):
    model = _model_name(rule["model_id"].split(".")[-1].removeprefix("model_"))
    modes = [
        mode
        for mode in ("read", "write", "create", "unlink")
        if rule.get(f"perm_{mode}") not in ("False", "0")
    ]
    which = "all" if len(modes) == 4 else ", ".join(modes)
    domain = rule["domain_force"].replace("|", "\\|")
    return f"| `{model}` | {which} | `{domain}` |"


if __name__ == "__main__":
    PAGE.write_text(render())
