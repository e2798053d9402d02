from odoo import http
from odoo.exceptions import UserError
from odoo.http import content_disposition, request

PAGE = "/ondertekenen/<string:token>"
# As the fields of the page say; a visitor can send anything.
LONGEST_NAME, LONGEST_TEXT = 200, 2000


class AgreementSign(http.Controller):
    """The page on which somebody signs an agreement, on a phone, without an account.

    The signed token in the address is the only key. Whatever is wrong with it (run out,
    withdrawn, forged, of something else), the answer is the same page, which says
    nothing about any agreement.
    """

    # Open: for who has the link; the token is checked, and only that line comes out.
    @http.route(PAGE, type="http", auth="public", methods=["GET"], sitemap=False)
    def show(self, token):
        signatory = self._find(token)
        if not signatory:
            return self._refuse()
        if request.httprequest.method == "GET":
            signatory._record_view()
        return self._render(signatory, token)

    # Open: for who has the link; the token is checked, and only that line changes.
    @http.route(f"{PAGE}/akkoord", type="jsonrpc", auth="public")
    def sign(self, token, name=None, signature=None):
        signatory = self._find(token)
        if not signatory:
            return {"error": request.env._("This link does not work any more.")}
        try:
            with request.env.cr.savepoint():
                signatory._sign_by_link(name, signature)
        except UserError as error:
            return {"error": str(error)}
        return {"force_refresh": True}

    # Open: for who has the link; the token is checked, and only that line changes.
    @http.route(f"{PAGE}/weigeren", type="http", auth="public", methods=["POST"])
    def decline(self, token, reason="", **_form):
        return self._answer(
            token, lambda line: line._decline_by_link(reason[:LONGEST_TEXT])
        )

    # Open: for who has the link; the token is checked, and only that line changes.
    @http.route(f"{PAGE}/overdragen", type="http", auth="public", methods=["POST"])
    def delegate(self, token, name="", function="", email="", **_form):
        return self._answer(
            token,
            lambda line: line._delegate_by_link(
                name[:LONGEST_NAME], function[:LONGEST_NAME], email[:LONGEST_NAME]
            ),
            then="leerbedrijf_core.sign_delegated",
        )

    # Open: for who has the link; the token is checked, and only that paper comes out.
    @http.route(f"{PAGE}/pdf", type="http", auth="public", methods=["GET"])
    def download(self, token):
        agreement = self._find(token).agreement_id
        pdf = agreement and agreement._get_signed_pdf()
        if not pdf:
            return self._refuse()
        return request.make_response(
            pdf,
            {
                **self._get_headers(),
                "Content-Type": "application/pdf",
                "Content-Disposition": content_disposition(agreement.signed_pdf_name),
            },
        )

    def _find(self, token):
        """The line that the link is for, in the language of its agreement."""
        signatory = request.env["leerbedrijf.signatory"]._from_token(token)
        if signatory:
            document = signatory.agreement_id._in_document_language()
            request.update_context(
                lang=document.env.lang, tz=document.env.context["tz"]
            )
            signatory = signatory.with_env(document.env)
        return signatory

    def _answer(self, token, action, then=None):
        """Do it and show the page again, with the sentence if it was refused."""
        signatory = self._find(token)
        if not signatory:
            return self._refuse()
        try:
            with request.env.cr.savepoint():
                action(signatory)
        except UserError as error:
            return self._render(signatory, token, problem=str(error))
        if then:
            return request.render(
                then, {"signatory": signatory}, headers=self._get_headers()
            )
        return request.redirect(f"/ondertekenen/{token}")

    def _render(self, signatory, token, problem=None):
        agreement = signatory.agreement_id
        return request.render(
            "leerbedrijf_core.sign_page",
            {
                "signatory": signatory,
                "agreement": agreement,
                "document": agreement._get_document(),
                "differences": agreement._get_differences(),
                "address": f"/ondertekenen/{token}",
                "problem": problem,
            },
            headers=self._get_headers(),
        )

    def _refuse(self):
        return request.render(
            "leerbedrijf_core.sign_refused",
            status=404,
            headers=self._get_headers(),
        )

    @staticmethod
    def _get_headers():
        """The address is a key: it goes into no cache, index or other server's log."""
        return {
            "Cache-Control": "no-store",
            "Referrer-Policy": "no-referrer",
            "X-Robots-Tag": "noindex",
        }
