"""The demo's log-ins, read from where they are made: the demo files themselves."""

import re
from typing import NamedTuple
from xml.etree import ElementTree

from .paths import ADDONS

ROLE = re.compile(r"leerbedrijf_core\.group_(\w+)|ref\('group_(\w+)'\)")


class DemoUser(NamedTuple):
    login: str
    password: str
    name: str
    roles: list[str]

    def role_names(self) -> str:
        return ", ".join(role.replace("_", " ") for role in self.roles)


def find() -> list[DemoUser]:
    files = sorted(ADDONS.glob("leerbedrijf_*/demo/*.xml"))
    records = (
        record
        for path in files
        for record in ElementTree.parse(path).iter("record")
        if record.get("model") == "res.users"
    )
    users = (_read(record) for record in records)
    return [user for user in users if user.password]


def _read(record: ElementTree.Element) -> DemoUser:
    fields = {field.get("name"): field for field in record.iter("field")}

    def text(name: str) -> str:
        field = fields.get(name)
        return (field.text or "").strip() if field is not None else ""

    groups = fields.get("group_ids")
    found = ROLE.findall(groups.get("eval", "")) if groups is not None else []
    return DemoUser(
        text("login"), text("password"), text("name"), [a or b for a, b in found]
    )
