from . import cohort_step_pass
from . import coverage_what_if
from . import hours_entry
from . import pledge_force_change
from . import user_create
