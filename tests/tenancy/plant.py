"""The script for `odoo shell`: plant, and write the plan to LEERBEDRIJF_PLAN."""

import json
import os
from pathlib import Path

from inventory import Inventory
from planting import plant


def main(env):
    plan = Inventory(plant(env)).plan()
    env.cr.commit()
    Path(os.environ["LEERBEDRIJF_PLAN"]).write_text(json.dumps(plan, indent=1))
