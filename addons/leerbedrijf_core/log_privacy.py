"""No values of records in the log when the database refuses a statement.

Odoo logs such a statement whole, and PostgreSQL adds the row: a person's name and
motivation would stand in a file that many can read. See docs/decisions/0007.
"""

import logging

from psycopg2 import Error, IntegrityError

WITHHELD = "… (values withheld)"


class RefusedStatementFilter(logging.Filter):
    """Cut what follows the first literal, and the row in PostgreSQL's detail.

    What a constraint refuses is no fault of the server: the user gets the sentence of
    the constraint. So it is logged as INFO.
    """

    def filter(self, record):
        error = record.args[-1] if isinstance(record.args, tuple) else None
        if isinstance(error, Error):
            statement, _error = record.args
            record.args = (withhold_values(statement), describe(error))
            if isinstance(error, IntegrityError):
                record.levelno = logging.INFO
                record.levelname = logging.getLevelName(logging.INFO)
        return True


def withhold_values(statement):
    """The statement up to its first text literal: table and columns, no values.

    >>> withhold_values(b"INSERT INTO t (name, n) VALUES (E'O''Brien', 1)")
    'INSERT INTO t (name, n) VALUES (… (values withheld)'
    >>> withhold_values("SELECT 1")
    'SELECT 1'
    """
    text = (
        statement.decode(errors="replace")
        if isinstance(statement, bytes)
        else str(statement)
    )
    # The E of E'…' belongs to the literal.
    head, quote, _values = text.partition("'")
    return f"{head.removesuffix('E')}{WITHHELD}" if quote else text


def describe(error):
    """What went wrong and where, without the row that PostgreSQL tells."""
    places = (error.diag.table_name, error.diag.constraint_name)
    return " · ".join(filter(None, (type(error).__name__, error.pgcode, *places)))


refused_statements = RefusedStatementFilter()


def keep_values_out_of_the_log():
    """Called once by each server process that loads this addon."""
    logging.getLogger("odoo.sql_db").addFilter(refused_statements)
