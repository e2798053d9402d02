from . import test_match, test_route, test_translation
