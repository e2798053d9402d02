from . import delivery
from . import invoice_hours_xlsx
from . import labour_balance
from . import pledges_xlsx
from . import pledges_xlsx_cohort
