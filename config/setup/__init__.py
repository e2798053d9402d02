"""The steps behind the Makefile: plain Python, standard library only.

One step a file. `__main__` checks the Python version, `commands` names what
`make` can ask for, the other modules each know one thing: the system packages,
Odoo's sources, the Python requirements, PostgreSQL, our addons, the databases.
Every step looks whether its work is already done, builds under a temporary name
and renames when it is whole, so that it can be interrupted and run again.
"""
