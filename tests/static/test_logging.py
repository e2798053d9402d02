"""No personal data in logs: what our Python hands to a logger tells of no person."""

import ast
import re
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from source import python_files

LEVELS = {"debug", "info", "warning", "warn", "error", "critical", "fatal", "log"}
# A record is named by its id, model and table; all else of it may be personal.
SAFE_ATTRIBUTES = {"id", "ids", "_name", "_table", "dbname", "__name__", "uid"}
SAFE_NAME = re.compile(r"(.*_)?(ids?|count|number|seconds|done|remaining|total)")
SAFE_CALLS = {"len", "round", "type", "sum"}
ADVICE = (
    "log ids, model names and numbers only, as arguments of a fixed sentence; of an "
    "error its type, never its text or traceback, which may name a person"
)


def _is_logger(node):
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and "log" in ast.unparse(node.func.value).lower().split(".")[-1]
        and node.func.attr in LEVELS | {"exception"}
    )


def _is_safe(node):
    if isinstance(node, ast.Constant):
        return True
    if isinstance(node, ast.Attribute):
        return node.attr in SAFE_ATTRIBUTES
    if isinstance(node, ast.Name):
        return bool(SAFE_NAME.fullmatch(node.id))
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Name) and node.func.id in SAFE_CALLS
    return False


def unsafe_calls(source):
    """The logger calls that may write what belongs to a person, as source text."""
    return [
        ast.unparse(call)
        for call in ast.walk(ast.parse(source))
        if _is_logger(call)
        and (
            call.func.attr == "exception"
            or call.keywords
            or not call.args
            or not isinstance(call.args[0], ast.Constant)
            or not all(_is_safe(argument) for argument in call.args[1:])
        )
    ]


def test_nothing_personal_is_logged(addons):
    unsafe = {
        f"{path.name}: {call}"
        for addon in addons
        for path in python_files(addon)
        for call in unsafe_calls(path.read_text())
    }
    assert unsafe == set(), ADVICE


@pytest.mark.parametrize(
    "call",
    [
        "_logger.info('Made %s', participant.name)",
        "_logger.info('Made %s', participant.display_name)",
        "_logger.info('Made %s', vals)",
        "_logger.info('Made %s' % participant.name)",
        "_logger.info(f'Made {participant.id}')",
        "_logger.warning('Mail to %s', self.env.user.email)",
        "_logger.warning('Refused: %s', str(error))",
        "_logger.exception('Failed')",
        "_logger.error('Failed', exc_info=True)",
        "_logger.info(message)",
        "logging.info('Made %s', record)",
        "self._logger.debug('%s', [r.name for r in records])",
    ],
)
def test_what_tells_of_a_person_is_found(call):
    assert unsafe_calls(call)


@pytest.mark.parametrize(
    "call",
    [
        "_logger.info('Nothing to do')",
        "_logger.info('%s of company %s', len(free), company.id)",
        "_logger.warning('%s: %s', record._name, type(error).__name__)",
        "_logger.info('Done %s, %s left', done, remaining)",
        "print('not a logger')",
    ],
)
def test_numbers_and_ids_are_fine(call):
    assert not unsafe_calls(call)
