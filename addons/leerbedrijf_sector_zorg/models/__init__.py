from . import cohort
