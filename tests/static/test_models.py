"""Every model of ours says which tenancy kind it is and is guarded accordingly."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from source import access_lines, model_classes, xml_records

KINDS = {"private", "regional", "catalogue", "shared", "scoped", "region"}


def _new_models(addons):
    return [m for addon in addons for m in model_classes(addon) if m.is_new]


def _kind(model, by_name):
    if "_tenancy_kind" in model.values:
        return model.values["_tenancy_kind"]
    kinds = [_kind(by_name[p], by_name) for p in model.parents if p in by_name]
    return next((kind for kind in kinds if kind), None)


def _stored(addons):
    return [m for m in _new_models(addons) if m.base != "AbstractModel"]


def test_every_model_has_a_tenancy_kind(addons):
    models = _new_models(addons)
    by_name = {model.name: model for model in models}
    kinds = {m.name: _kind(m, by_name) for m in models if m.base == "Model"}
    assert kinds, "no models found: the test looks in the wrong place"
    without = {name: kind for name, kind in kinds.items() if kind not in KINDS}
    assert without == {}, (
        "Say whose records these are: inherit leerbedrijf.private.mixin, "
        "leerbedrijf.regional.mixin, leerbedrijf.catalogue.mixin or "
        "leerbedrijf.enrolment.child.mixin (see docs/architecture.md)."
    )


def test_every_model_has_an_access_line(addons):
    granted = {line["model_id:id"] for a in addons for line in access_lines(a)}
    wanted = {"model_" + model.name.replace(".", "_") for model in _stored(addons)}
    assert wanted - granted == set(), (
        "Add a line for each role to the addon's security/ir.model.access.csv; without "
        "one nobody reads these models."
    )


def test_access_lines_always_name_a_role(addons):
    lines = [line for addon in addons for line in access_lines(addon)]
    assert [line["id"] for line in lines if not line["group_id:id"]] == [], (
        "Name a role in group_id:id: without one, visitors have this right too."
    )


def test_every_model_has_a_global_rule_for_every_mode(addons):
    guarded = {
        (rule["model_id"].split(".")[-1], mode)
        for addon in addons
        for rule in xml_records(addon, "ir.rule")
        if "groups" not in rule
        for mode in ("read", "write", "create", "unlink")
        if rule.get(f"perm_{mode}") not in ("False", "0")
    }
    wanted = {
        ("model_" + model.name.replace(".", "_"), mode)
        for model in _stored(addons)
        for mode in ("read", "write", "create", "unlink")
    }
    assert wanted - guarded == set(), (
        "Add an ir.rule without groups for these modes to a file in security/: a model "
        "without a global rule is open to all tenants, and a rule with groups can only "
        "widen."
    )


def test_one_model_a_file(addons):
    for addon in addons:
        files = [model.path for model in model_classes(addon)]
        assert {path for path in files if files.count(path) > 1} == set()


def test_model_files_stay_readable(addons):
    long = {
        model.path: len(model.path.read_text().splitlines())
        for addon in addons
        for model in model_classes(addon)
    }
    assert {name: lines for name, lines in long.items() if lines > 500} == {}
