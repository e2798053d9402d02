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
    return records.with_context(context)
