"""Making a table large in one statement: rows like one that the ORM made."""

from contextlib import contextmanager

from odoo.tools import SQL


def multiply(cr, table, prototype, source, **columns):
    """Copy the row `prototype` once for each row `s` of `source`.

    `columns` are SQL expressions for what differs, on `s` and the prototype `p`. All
    else stays as the ORM filled it in.
    """
    cr.execute(
        SQL(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass "
            "AND attnum > 0 AND NOT attisdropped",
            table,
        )
    )
    names = [name for [name] in cr.fetchall() if name != "id" or "id" in columns]
    unknown = columns.keys() - set(names)
    assert not unknown, f"{table} has no {unknown}"
    values = [columns.get(name) or SQL.identifier("p", name) for name in names]
    cr.execute(
        SQL(
            "INSERT INTO %s (%s) SELECT %s FROM %s p, (%s) s WHERE p.id = %s",
            SQL.identifier(table),
            SQL(", ").join(map(SQL.identifier, names)),
            SQL(", ").join(values),
            SQL.identifier(table),
            source,
            prototype,
        )
    )


def reserve(cr, table, count):
    """`count` numbers of the table's sequence in a row; the first."""
    sequence = f"{table}_id_seq"
    cr.execute(SQL("SELECT nextval(%s)", sequence))
    [first] = cr.fetchone()
    cr.execute(SQL("SELECT setval(%s, %s)", sequence, first + count))
    return first


@contextmanager
def quick(cr, *tables):
    """Fill these tables without their indexes and triggers, then make them again."""
    cr.execute(
        SQL(
            """
            SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid)
              FROM pg_index
             WHERE indrelid = ANY(%s::regclass[])
               AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
            """,
            list(tables),
        )
    )
    indexes = cr.fetchall()
    # Foreign keys are triggers too: what we make is right without being looked up.
    cr.execute("SET LOCAL session_replication_role = replica")
    for name, _definition in indexes:
        cr.execute(f"DROP INDEX {name}")
    yield
    cr.execute("SET LOCAL maintenance_work_mem = '512MB'")
    for _name, definition in indexes:
        cr.execute(definition)
    cr.execute("SET LOCAL session_replication_role = origin")
    for table in tables:
        cr.execute(SQL("ANALYZE %s", SQL.identifier(table)))
