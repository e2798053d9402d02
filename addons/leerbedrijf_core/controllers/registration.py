from odoo import fields, http
from odoo.exceptions import UserError
from odoo.http import request
from odoo.tools.misc import hmac

PAGE = "/meedoen/<string:code>"
SCOPE = "leerbedrijf_registration"


class Registration(http.Controller):
    """The page of a recruitment campaign: register on a phone, without an account.

    It tells nothing of who is known: whatever is sent in, the answer is the same.
    """

    # Open: for everybody; of the campaign only what the page shows comes out.
    @http.route(PAGE, type="http", auth="public", methods=["GET"], sitemap=False)
    def show(self, code):
        campaign = self._find(code)
        return self._render(campaign) if campaign else self._refuse()

    # Open: for everybody; one registration is made, for that municipality alone.
    @http.route(PAGE, type="http", auth="public", methods=["POST"], sitemap=False)
    def register(self, code, **_form):
        campaign = self._find(code)
        if not campaign:
            return self._refuse()
        form = request.httprequest.form
        # A field that people do not see: who fills it in is a robot.
        if not form.get("website"):
            try:
                with request.env.cr.savepoint():
                    campaign.env["leerbedrijf.registration"]._take_in(
                        campaign, form, self._get_sender()
                    )
            except UserError as error:
                return self._render(campaign, form, problem=str(error))
        return request.redirect(f"/meedoen/{code}/bedankt")

    # Open: for everybody; it says thank you.
    @http.route(
        f"{PAGE}/bedankt", type="http", auth="public", methods=["GET"], sitemap=False
    )
    def thank(self, code):
        campaign = self._find(code)
        if not campaign:
            return self._refuse()
        return request.render(
            "leerbedrijf_core.registration_thanks",
            {"campaign": campaign},
            headers=self._get_headers(),
        )

    def _find(self, code):
        """The campaign, in the language of its municipality."""
        campaign = request.env["leerbedrijf.campaign"]._find_open(code)
        if campaign:
            campaign = campaign._in_page_language()
            request.update_context(lang=campaign.env.lang)
        return campaign

    @staticmethod
    def _get_sender():
        """Nobody can tell the address from it, and tomorrow it is another."""
        today = fields.Date.to_string(fields.Date.today())
        address = request.httprequest.remote_addr
        # Superuser: the secret of the database, which goes into the hash alone.
        return hmac(request.env(su=True), SCOPE, (address, today))

    def _render(self, campaign, form=None, problem=None):
        registrations = campaign.env["leerbedrijf.registration"]
        call_when = registrations._fields["call_when"]
        return request.render(
            "leerbedrijf_core.registration_page",
            {
                "campaign": campaign,
                "days": campaign._get_days_kept(),
                "form": form or {},
                "chosen": form.getlist("sector") if form else [],
                "problem": problem,
                "call_when": call_when._description_selection(campaign.env),
            },
            headers=self._get_headers(),
            status=400 if problem else 200,
        )

    def _refuse(self):
        return request.render(
            "leerbedrijf_core.registration_closed",
            status=404,
            headers=self._get_headers(),
        )

    @staticmethod
    def _get_headers():
        """What somebody filled in stays in no cache."""
        return {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}
