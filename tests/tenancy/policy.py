"""What the isolation test takes as given: who may read and write which kind of record.

Everything else comes from the registry. A model, method, route or report that is new
and cannot be probed fails the test until it is declared here: that is the moment to
think about how it is protected.
"""

PASSWORD = "isolated"

ROLES = (
    "account_manager",
    "work_coach",
    "work_leader",
    "coordinator",
    "finance",
    "functional_admin",
)

# Key of a tenant: its region's letter and a number. M and L: municipality, leerbedrijf.
TENANTS = {"a1": "M", "a2": "M", "a3": "L", "a4": "L", "b1": "M", "b2": "L"}

# Who may read a row, by model. Ours say it themselves (`_tenancy_kind`).
# private: its tenant; regional: every colleague of the region; document: who may read
# the record it is attached to; self: its user alone.
STOCK_KINDS = {
    "account.account": "private",
    "account.analytic.account": "private",
    "account.analytic.distribution.model": "private",
    "account.analytic.line": "private",
    "account.bank.statement": "private",
    "account.bank.statement.line": "private",
    "account.fiscal.position": "private",
    "account.journal": "private",
    "account.journal.group": "private",
    "account.move": "private",
    "account.move.line": "private",
    "account.payment": "private",
    "account.payment.method.line": "private",
    "account.payment.term": "private",
    "account.reconcile.model": "private",
    "account.reconcile.model.line": "private",
    "account.tax": "private",
    "account.tax.group": "private",
    "base_import.mapping": "private",
    "calendar.alarm": "private",
    "calendar.attendee": "private",
    "calendar.event": "private",
    "calendar.filters": "self",
    "calendar.recurrence": "private",
    "discuss.channel": "private",
    "discuss.channel.member": "private",
    "hr.department": "private",
    "hr.employee": "private",
    "hr.employee.public": "private",
    "hr.employee.skill": "private",
    "hr.job": "private",
    "hr.resume.line": "private",
    "hr.version": "private",
    "hr.work.location": "private",
    "ir.attachment": "document",
    "ir.embedded.actions": "private",
    "ir.filters": "private",
    "mail.activity": "document",
    "mail.alias": "private",
    "mail.canned.response": "private",
    "mail.followers": "document",
    "mail.message": "document",
    "mail.notification": "document",
    "mail.scheduled.message": "document",
    "mail.template": "private",
    "mail.tracking.value": "document",
    "product.pricelist": "private",
    "product.product": "private",
    "product.template": "private",
    "project.milestone": "private",
    "project.project": "private",
    "project.tags": "private",
    "project.task": "private",
    "project.task.type": "private",
    "project.update": "private",
    "report.project.task.user": "private",
    "rating.rating": "self",
    "res.bank": "private",
    "res.company": "regional",
    "res.partner": "regional",
    "res.partner.bank": "regional",
    "res.partner.category": "private",
    "res.users": "regional",
    "res.users.settings": "self",
    "resource.calendar": "private",
    "resource.calendar.attendance": "private",
    "resource.calendar.leaves": "private",
    "resource.resource": "private",
    "timesheets.analysis.report": "private",
}

# Stock models with text and a tenant or person in them that nobody plants, and why.
NOT_PLANTED = {
    "auth.passkey.key": "a user's own; stock rule",
    "discuss.gif.favorite": "a user's own; stock rule",
    "spreadsheet.dashboard.share": "behind a token; no role of ours shares a dashboard",
    "account.cash.rounding": "by who made it, as what is planted of this kind",
    "account.payment.method": "the platform's, which a tenant does not write",
    "hr.skill": "by who made it, as what is planted of this kind",
    "iap.account": "no paid service is used",
    "ir.exports.line": "no role of a tenant saves exports",
    "report.layout": "the platform's, which a tenant does not write",
    "res.country.group": "the platform's, which a tenant does not write",
    "res.country.state": "the platform's, which a tenant does not write",
    "account.journal.group": "no screen of ours; stock rule by company",
    "account.bank.statement": "no bank is linked; stock rule by company",
    "account.bank.statement.line": "no bank is linked; stock rule by company",
    "account.lock_exception": "written by accounting advisers alone, a role nobody has",
    "account.payment": "no payment is registered; stock rule by company",
    "account.payment.term": "terms of the platform; stock rule by company",
    "account.reconcile.model": "stock rule by company",
    "account.reconcile.model.line": "stock rule by company",
    "account_edi_proxy_client.user": "made when a company registers with Peppol",
    "auth_totp.device": "a user's own, behind the user's own rule in code",
    "base.module.install.request": "no app is installed by tenants",
    "calendar.recurrence": "texts of repetition only, no free text",
    "digest.digest": "platform's own mailing, no data of a tenant",
    "ir.default": "settings; reading is for system code",
    "ir.sequence": "names of the system, and a number",
    "mail.activity.plan": "settings of the platform",
    "mail.activity.plan.template": "settings of the platform",
    "mail.activity.type": "settings of the platform",
    "payment.token": "no payment provider is installed",
    "payment.transaction": "no payment provider is installed",
    "product.combo": "not used; stock rule by company",
    "product.supplierinfo": "nobody buys; stock rule by company",
    "product.uom": "codes of packages",
    "project.project.stage": "settings; no free text of a tenant",
    "res.device": "a user's own; rule in code",
    "res.device.log": "a user's own; rule in code",
    "res.users.apikeys": "a user's own; rule in code",
    "res.users.settings.embedded.action": "screens of a user",
    "snailmail.letter": "nothing is sent on paper",
}

# Views in the database: their rows are those of another model, with the id times a
# number plus another.
VIEWS = {
    "hr.employee.public": ("hr.employee", 1, 0),
    "leerbedrijf.delivery": ("leerbedrijf.pledge", 1, 0),
    "leerbedrijf.labour.balance": ("leerbedrijf.cohort", 2, 1),
    "leerbedrijf.planning.item": ("leerbedrijf.cohort.phase", 8, 0),
    "leerbedrijf.retention.due": ("leerbedrijf.participant", 1, 0),
    "leerbedrijf.week.item": ("leerbedrijf.contact.moment", 8, 0),
    "report.project.task.user": ("project.task", 1, 0),
    "timesheets.analysis.report": ("account.analytic.line", 1, 0),
}

# Inside a tenant: who reads what the security matrix does not say.
STOCK_READERS = {
    "account.move": {"finance"},
    "account.move.line": {"finance"},
    "hr.employee": {"work_leader", "coordinator"},
    "hr.employee.public": {"work_leader", "coordinator"},
    "resource.resource": {"work_leader", "coordinator"},
}

# Inside a tenant: who writes a klus and its hours.
STOCK_WRITERS = {
    "account.analytic.line": {"work_leader", "coordinator"},
    "project.task": {"work_leader", "coordinator"},
}

# Who changes (W) and deletes (D) a record apart from its owner, among its readers:
# region: everybody who reads it; sides: both sides of an enrolment; leerbedrijf: the
# side with access. "admin" is the region's functional administrator.
WIDER = {
    "leerbedrijf.agreement": {"W": "region"},
    "leerbedrijf.budget.line": {"W": "admin", "D": "admin"},
    "leerbedrijf.cohort": {"W": "region"},
    "leerbedrijf.cohort.lesson": {"W": "region"},
    "leerbedrijf.cohort.lesson.point": {"W": "region"},
    "leerbedrijf.cohort.party": {"W": "region", "D": "region"},
    "leerbedrijf.cohort.task": {"W": "region", "D": "region"},
    "leerbedrijf.cohort.template": {"W": "admin", "D": "admin"},
    "leerbedrijf.cohort.template.party": {"W": "admin", "D": "admin"},
    "leerbedrijf.cohort.template.task": {"W": "admin", "D": "admin"},
    "leerbedrijf.contact.moment": {"W": "region"},
    "leerbedrijf.contribution": {"W": "region"},
    "leerbedrijf.criterion": {"W": "admin", "D": "admin"},
    "leerbedrijf.enrolment": {"W": "sides"},
    "leerbedrijf.enrolment.phase": {"W": "leerbedrijf", "D": "leerbedrijf"},
    "leerbedrijf.fallback": {"W": "sides", "D": "sides"},
    "leerbedrijf.forecast": {"W": "region"},
    "leerbedrijf.function": {"W": "region"},
    "leerbedrijf.function.skill": {"W": "region", "D": "region"},
    "leerbedrijf.guidance.norm": {"W": "admin", "D": "admin"},
    "leerbedrijf.info.invitation": {"W": "sides"},
    "leerbedrijf.placement": {"W": "leerbedrijf", "D": "leerbedrijf"},
    "leerbedrijf.pledge": {"W": "region"},
    "leerbedrijf.school.holiday": {"W": "admin", "D": "admin"},
    "leerbedrijf.selection.candidate": {"W": "leerbedrijf", "D": "leerbedrijf"},
    "leerbedrijf.selection.choice": {"W": "leerbedrijf", "D": "leerbedrijf"},
    "leerbedrijf.signatory": {"W": "region"},
    "leerbedrijf.skill.judgement": {"W": "leerbedrijf", "D": "leerbedrijf"},
    "leerbedrijf.template.phase": {"W": "admin", "D": "admin"},
    "leerbedrijf.template.tariff": {"W": "admin", "D": "admin"},
    "leerbedrijf.travel.time": {"W": "sides", "D": "sides"},
    "leerbedrijf.week.slot": {"W": "admin", "D": "admin"},
    "res.partner": {"W": "region", "D": "region"},
    "res.partner.bank": {"W": "region", "D": "region"},
}

# Addresses of ours → the way in (tests/tenancy/probes.py) that asks them as a stranger.
ROUTES = {
    f"/ondertekenen/<string:token>{tail}": "sign_link"
    for tail in ("", "/akkoord", "/weigeren", "/overdragen", "/pdf")
} | {f"/meedoen/<string:code>{tail}": "registration_page" for tail in ("", "/bedankt")}
# Odoo's own, which our controller asks for access first.
ROUTES |= {
    f"/report/<converter>/<reportname>{tail}": "report" for tail in ("", "/<docids>")
}
