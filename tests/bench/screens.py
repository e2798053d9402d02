"""What the web client asks for when a user opens a screen."""

from lxml import etree

from odoo.tools.safe_eval import safe_eval


def specification(env, model, kind, view=None) -> dict:
    """The fields of a view as `web_read` gets them from the web client."""
    view_id = env.ref(f"leerbedrijf_core.{view}").id if view else None
    arch = etree.fromstring(env[model].get_view(view_id, kind)["arch"])
    return _fields_of(env[model], arch)


def _fields_of(model, arch) -> dict:
    found = {}
    depth = len(list(arch.iterancestors("field"))) + (arch.tag == "field")
    for node in arch.iter("field"):
        if node is arch or len(list(node.iterancestors("field"))) != depth:
            continue
        field = model._fields[node.get("name")]
        found[field.name] = {}
        if field.type == "many2one":
            # a hidden link is read without its name
            is_hidden = node.get("invisible") in ("1", "True")
            found[field.name] = {"fields": {} if is_hidden else {"display_name": {}}}
        elif field.type in ("one2many", "many2many"):
            found[field.name] = _lines_of(model.env[field.comodel_name], node)
    return found


def _lines_of(comodel, node) -> dict:
    lines = node.find("list")
    if lines is None:
        lines = node.find("kanban")
    fields = {"display_name": {}} if lines is None else _fields_of(comodel, node)
    return {"fields": fields, "limit": 40, "order": ""}


def action_domain(env, action):
    """The domain of one of our menus."""
    return safe_eval(env.ref(f"leerbedrijf_core.{action}").domain or "[]")
