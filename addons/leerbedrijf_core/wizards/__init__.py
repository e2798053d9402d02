from . import cohort_step_pass
from . import coverage_what_if
from . import hours_entry
from . import participant_file
from . import pledge_force_change
from . import privacy_lookup_wizard
from . import user_create
