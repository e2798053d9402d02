from . import test_match, test_route
