import hashlib

from odoo.tools import SQL
from odoo.tools.misc import formatLang

HOME_TZ = "Europe/Amsterdam"  # where nobody chose another


def is_other_value(record, name, value):
    """Whether writing `value`, as a client or code sends it, changes field `name`.

    Every command on a many2many counts as a change.
    """
    field = record._fields[name]
    if field.type in ("one2many", "many2many"):
        return True
    now = field.convert_to_cache(record[name], record)
    return field.convert_to_cache(value, record) != now


def is_private(model):
    """Whether a model, or its class, holds data about people or money of a tenant."""
    return getattr(model, "_tenancy_kind", None) in ("private", "shared")


def without_defaults(records, names):
    """The records without the defaults that a client gave for these fields in the
    context: Odoo fills them in as if they were values."""
    unwanted = {f"default_{name}" for name in names} & records.env.context.keys()
    if not unwanted:
        return records
    context = {k: v for k, v in records.env.context.items() if k not in unwanted}
    return records.with_env(records.env(context=context))


def linked_by(model, name, vals_list):
    """What records made of these values would point to by many2one `name`, by a default
    in the context too: to ask for access before anything else tells of it."""
    default = model.env.context.get(f"default_{name}")
    ids = {vals.get(name, default) for vals in vals_list} - {None, False}
    return model.env[model._fields[name].comodel_name].browse(ids)


def earlier_versions(record):
    """What `record` amends, and what that amended, the latest first."""
    earlier = record.browse()
    while record := record.previous_id:
        earlier |= record
    return earlier


def take_turns(records):
    """Let transactions that decide on something of `records` come one after the other.

    A snapshot does not show what another one decides. Writing the rows makes the second
    of two wait and then fail with a serialization error, and Odoo (or queue_job) starts
    it anew with what the first has left.
    """
    records.env.cr.execute(
        SQL(
            "UPDATE %(table)s SET id = id WHERE id IN ("
            "SELECT id FROM %(table)s WHERE id = ANY(%(ids)s)"
            " ORDER BY id FOR NO KEY UPDATE)",
            table=SQL.identifier(records._table),
            ids=list(records.ids),
        )
    )


def format_number(env, value):
    """At most two decimals, and none that say nothing: 24 or 24,5 hours."""
    decimals = f"{value:.2f}".rstrip("0").partition(".")[2]
    return formatLang(env, value, digits=len(decimals))


def sha256(content):
    """The mark of bytes, 64 hexadecimal digits: one changed bit gives another."""
    return hashlib.sha256(content).hexdigest()
