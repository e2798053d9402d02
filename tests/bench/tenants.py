"""A tenant's user through the ORM against the superuser with a hand-written filter."""

from typing import NamedTuple

from screens import action_domain, specification
from timing import Pair, compare, plans

from odoo import SUPERUSER_ID
from odoo.fields import Domain

MUNICIPALITY, LEERBEDRIJF = "Gemeente 2-3", "Leerwerkbedrijf 2-1"


class Case(NamedTuple):
    """One screen of one role; `call` gets the model and the domain to use."""

    figure: str  # tenant_list, tenant_search, …; stock_… for models of Odoo's own
    name: str
    role: str
    model: str
    tenant: list  # what somebody would write by hand for the rule
    call: object


def cases(env) -> list[Case]:
    """The screens that people have open all day."""
    return [
        Case(f"{'stock' if case[2] in (HOURS, PARTNER) else 'tenant'}_{kind}", *case)
        for kind, make in (
            ("list", _lists),
            ("search", _searches),
            ("count", _counts),
            ("board", _boards),
            ("form", _forms),
        )
        for case in make(env)
    ]


def measure(env, case: Case) -> Pair:
    ours, peer = sides(env, case)
    assert _size(ours()) == _size(peer()), case
    return compare(env, ours, peer)


def explain(env, case: Case) -> str:
    texts = []
    for side, call in zip(("user", "superuser"), sides(env, case), strict=True):
        for plan in plans(env, call):
            texts.append(f"-- {case.figure} {case.name}, {side}\n{plan}\n")
    return "\n".join(texts)


def sides(env, case: Case):
    user = user_of(env, case.role)
    context = {"lang": "nl_NL", "allowed_company_ids": user.company_id.ids}
    context["tz"] = "Europe/Amsterdam"
    theirs = env(user=user.id, su=False, context=context)
    free = env(user=SUPERUSER_ID, su=True, context=context)
    by_hand = Domain(case.tenant)
    return (
        lambda: case.call(theirs[case.model], Domain.TRUE),
        lambda: case.call(free[case.model], by_hand),
    )


def user_of(env, role):
    place = MUNICIPALITY if role in ("work_coach", "account_manager") else LEERBEDRIJF
    return env["res.users"].search([("login", "=", f"{role}_{place}")])


def _size(answer):
    """As much of an answer as says that both found the same."""
    if isinstance(answer, dict):
        return answer.get("length")
    return answer if isinstance(answer, int) else len(answer)


def _tenants(env) -> dict[str, tuple]:
    places = env["res.company"].search([("name", "in", (MUNICIPALITY, LEERBEDRIJF))])
    ids = {company.name: company.id for company in places}
    return {
        "people": [("company_id", "=", ids[MUNICIPALITY])],
        "own": [("company_id", "=", ids[LEERBEDRIJF])],
        "proposed": _either_side(ids[MUNICIPALITY]),
        "taught": _either_side(ids[LEERBEDRIJF]),
        "one_side": [("access_leerbedrijf_id", "=", ids[LEERBEDRIJF])],
        "region": [("region_id", "=", places.leerbedrijf_region_ids.id)],
    }


def _either_side(company_id):
    """An enrolment is the municipality's that proposes and the leerbedrijf's that
    teaches; a tenant may be either."""
    return [
        "|",
        ("company_id", "=", company_id),
        ("access_leerbedrijf_id", "=", company_id),
    ]


PERSON, ENROLMENT = "leerbedrijf.participant", "leerbedrijf.enrolment"
PHASE, COHORT = "leerbedrijf.enrolment.phase", "leerbedrijf.cohort"
HOURS, PARTNER = "account.analytic.line", "res.partner"


def _lists(env):
    tenant = _tenants(env)

    def page(role, model, view, base=(), order=None):
        as_user = env(user=user_of(env, role).id)
        fields = specification(as_user, model, "list", view)

        def call(records, domain):
            return records.web_search_read(
                domain & Domain(base), fields, limit=80, order=order, count_limit=10001
            )

        return call

    hours = action_domain(env, "hours_action")
    waiting = [*hours, ("billing_state", "=", "to_approve")]
    people = page("work_coach", PERSON, None)
    taught = page("coordinator", ENROLMENT, None)
    proposed = page("work_coach", ENROLMENT, None)
    all_hours = page("finance", HOURS, "hours_view_list", hours)
    to_approve = page("work_leader", HOURS, "hours_view_list", waiting)
    employers = page("account_manager", PARTNER, None, [("is_employer", "=", True)])
    return [
        ("participants", "work_coach", PERSON, tenant["people"], people),
        ("enrolments_taught", "coordinator", ENROLMENT, tenant["taught"], taught),
        ("enrolments_proposed", "work_coach", ENROLMENT, tenant["proposed"], proposed),
        ("hours", "finance", HOURS, tenant["own"], all_hours),
        ("hours_to_approve", "work_leader", HOURS, tenant["own"], to_approve),
        ("employers", "account_manager", PARTNER, tenant["region"], employers),
    ]


def _searches(env):
    tenant = _tenants(env)

    def by_name(text):
        return lambda records, domain: records.name_search(text, list(domain))

    def typed(records, domain):
        """What the search field of a list asks for a word."""
        word = Domain("name", "ilike", "postma")
        return records.web_search_read(domain & word, {"name": {}}, limit=80)

    return [
        ("name", "work_coach", PERSON, tenant["people"], by_name("Noor Postma")),
        ("code", "work_coach", PERSON, tenant["people"], by_name("B000012")),
        ("list", "work_coach", PERSON, tenant["people"], typed),
        ("taught", "coordinator", ENROLMENT, tenant["taught"], by_name("Noor Postma")),
        ("employer", "account_manager", PARTNER, tenant["region"], by_name("werk 3")),
    ]


def _counts(env):
    tenant = _tenants(env)
    hours = Domain(action_domain(env, "hours_action"))

    def count(records, domain):
        return records.search_count(domain)

    def count_hours(records, domain):
        """As the web client asks it: “10000+” is enough to know."""
        return records.search_count(domain & hours, limit=10001)

    return [
        ("participants", "work_coach", PERSON, tenant["people"], count),
        ("enrolments_taught", "coordinator", ENROLMENT, tenant["taught"], count),
        ("phases_taught", "coordinator", PHASE, tenant["taught"], count),
        ("phases_proposed", "work_coach", PHASE, tenant["proposed"], count),
        ("hours", "work_leader", HOURS, tenant["own"], count_hours),
    ]


def _boards(env):
    tenant = _tenants(env)

    def board(role, model, view, group):
        as_user = env(user=user_of(env, role).id)
        fields = specification(as_user, model, "kanban", view)

        def call(records, domain):
            return records.web_read_group(
                domain,
                [group],
                ["__count"],
                auto_unfold=True,
                unfold_read_specification=fields,
                unfold_read_default_limit=40,
            )

        return call

    def hours_by_state(records, domain):
        return records.formatted_read_group(
            domain & Domain("billing_state", "!=", False),
            ["billing_state"],
            ["unit_amount:sum", "__count"],
        )

    cohorts = board("account_manager", COHORT, None, "step_id")
    states = board("coordinator", ENROLMENT, None, "state")
    people = board("work_coach", PERSON, None, "status")
    return [
        ("cohorts", "account_manager", COHORT, tenant["region"], cohorts),
        ("enrolments", "coordinator", ENROLMENT, tenant["taught"], states),
        ("participants", "work_coach", PERSON, tenant["people"], people),
        ("hours", "finance", HOURS, tenant["own"], hours_by_state),
    ]


def _forms(env):
    tenant = _tenants(env)

    def form(role, model, view, domain, **options):
        as_user = env(user=user_of(env, role).id)
        fields = specification(as_user, model, "form", view)
        record = as_user[model].search(domain, limit=1, **options)

        def call(records, _domain):
            return records.browse(record.id).web_read(fields)

        return call

    enrolled = [("enrolment_ids.state", "=", "learning")]
    learning, hours = [("state", "=", "learning")], [("billing_state", "!=", False)]
    person = form("work_coach", PERSON, None, enrolled)
    taught = form("coordinator", ENROLMENT, None, learning)
    cohort = form("account_manager", COHORT, None, [])
    line = form("work_leader", HOURS, "hours_view_form", hours)
    return [
        ("participant", "work_coach", PERSON, tenant["people"], person),
        ("enrolment", "coordinator", ENROLMENT, tenant["taught"], taught),
        ("cohort", "account_manager", COHORT, tenant["region"], cohort),
        ("hours", "work_leader", HOURS, tenant["own"], line),
    ]
