"""What the source says of our models, read without Odoo."""

import ast
import csv
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class ModelClass:
    """A class that declares or extends a model."""

    path: Path
    name: str
    parents: list[str]
    base: str
    values: dict = field(default_factory=dict)

    @property
    def is_new(self):
        return "_name" in self.values and self.name not in self.parents


def python_files(addon):
    return [
        path
        for path in sorted(addon.rglob("*.py"))
        if not {"tests", "migrations"} & set(path.relative_to(addon).parts)
    ]


def model_classes(addon):
    """Every model class of an addon, in `models/`, `wizards/` and `report/`."""
    return [
        _model_class(path, node)
        for path in python_files(addon)
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.ClassDef) and _base(node) in MODEL_BASES
    ]


MODEL_BASES = ("Model", "TransientModel", "AbstractModel")


def _base(node):
    return next((b.attr for b in node.bases if isinstance(b, ast.Attribute)), "")


def _model_class(path, node):
    values = {}
    for statement in node.body:
        if isinstance(statement, ast.Assign) and isinstance(
            statement.targets[0], ast.Name
        ):
            try:
                values[statement.targets[0].id] = ast.literal_eval(statement.value)
            except ValueError:
                continue
    parents = values.get("_inherit", [])
    parents = [parents] if isinstance(parents, str) else list(parents)
    name = values.get("_name") or parents[0]
    return ModelClass(path, name, parents, _base(node), values)


def access_lines(addon):
    path = addon / "security" / "ir.model.access.csv"
    return list(csv.DictReader(path.open())) if path.exists() else []


def xml_records(addon, model):
    """Every `<record model=…>` of an addon as a dictionary of its fields."""
    return [
        {"id": record.get("id")}
        | {
            f.get("name"): f.get("ref") or f.get("eval") or (f.text or "").strip()
            for f in record.findall("field")
        }
        for path in sorted(addon.rglob("*.xml"))
        if "demo" not in path.parts
        for record in ET.parse(path).iter("record")
        if record.get("model") == model
    ]
