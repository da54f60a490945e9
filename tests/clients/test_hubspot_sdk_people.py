"""hubspot-sdk, unmodified: who a token is, which owner that is, and what a refresh gives."""

import urllib.parse

import hubspot_sdk
from hubspot_sdk import HubSpot
from hubspot_sdk.types.auth import AccessTokenResponse, PublicAccessTokenInfoResponse

from hubspot_portal import PortalTestCase

APP = {"client_id": "sync", "client_secret": "sync-secret"}
FORM = {"headers": {"Content-Type": "application/x-www-form-urlencoded"}}


class HubSpotSdkPeopleTest(PortalTestCase):
    def client(self, token=None):
        client = HubSpot(
            access_token=token or self.caller("Dana")["token"],
            base_url=self.hubspot["url"],
            max_retries=0,
            _strict_response_validation=True,
        )
        self.addCleanup(client.close)
        return client

    def create(self, token, **properties):
        return self.client(token).crm.objects.contacts.create(properties=properties, associations=[]).id

    def post(self, path, model, **form):
        """Asks an OAuth endpoint with the form that HubSpot documents: the client's own methods send JSON."""
        content = urllib.parse.urlencode(form).encode()
        return self.client().post(path, cast_to=model, content=content, options=FORM)

    def introspected(self, token, **app):
        path = "/oauth/2026-03/token/introspect"
        return self.post(path, PublicAccessTokenInfoResponse, **{**APP, **app}, token=token)

    def test_a_token_leads_to_its_user_and_to_the_owner_that_the_user_is(self):
        for first_name in ["Dana", "Robin"]:
            with self.subTest(first_name):
                user = self.caller(first_name)

                token = self.introspected(user["token"])
                owners = self.client(user["token"]).crm.owners
                owner = owners.get(token.user_id, id_property="userId")

                self.assertEqual((token.active, token.user_id), (True, user["user_id"]))
                self.assertEqual(token.signed_access_token.installing_user_id, user["user_id"])
                self.assertIs(token.signed_access_token.is_user_level, False)
                self.assertEqual((owner.id, owner.user_id), (user["owner_id"], user["user_id"]))
                self.assertIn(owner.id, [each.id for each in owners.list()])
                record = self.create(user["token"], lastname="Mine", hubspot_owner_id=owner.id)
                self.assert_created_by(record, first_name, "single", user)

    def test_an_app_of_the_user_is_one_by_its_token(self):
        personal = self.installed("Robin", "personal")["token"]

        token = self.introspected(personal, client_id="personal", client_secret="personal-secret")

        self.assertIs(token.signed_access_token.is_user_level, True)
        self.assertEqual(token.user_id, self.caller("Robin")["user_id"])

    def test_a_refreshed_token_is_of_the_same_user_and_a_revoked_one_of_nobody(self):
        for first_name in ["Dana", "Robin"]:
            with self.subTest(first_name):
                user = self.caller(first_name)
                form = {"grant_type": "refresh_token", "refresh_token": user["refresh_token"]}

                tokens = self.post("/oauth/2026-03/token", AccessTokenResponse, **APP, **form)

                self.assertEqual((tokens.token_use, tokens.user_id), ("access_token", user["user_id"]))
                self.assertEqual((tokens.expires_in, tokens.refresh_token), (1800, user["refresh_token"]))
                record = self.create(tokens.access_token, lastname="Refreshed")
                self.assert_row(
                    self.create_of("hubspot", record),
                    {"user": str(user["user_id"]), "app": self.app_of(first_name), "owner": None},
                )
                self.post("/oauth/2026-03/token/revoke", str, **APP, token=tokens.access_token)
                with self.assertRaises(hubspot_sdk.AuthenticationError):
                    self.create(tokens.access_token, lastname="Late")

    def test_the_token_endpoint_takes_no_json_as_this_client_finds_out(self):
        # Reported of HubSpot, too: JSON is refused as if there were no grant type.
        call = self.client().auth.oauth.create_token
        with self.assertRaises(hubspot_sdk.BadRequestError) as raised:
            call(**APP, grant_type="refresh_token", refresh_token=self.caller("Dana")["refresh_token"])
        self.assertEqual(raised.exception.body["status"], "BAD_GRANT_TYPE")

    def test_a_bad_refresh_token_is_a_bad_request(self):
        form = {"grant_type": "refresh_token", "refresh_token": "na1-nothing"}
        with self.assertRaises(hubspot_sdk.BadRequestError) as raised:
            self.post("/oauth/2026-03/token", AccessTokenResponse, **APP, **form)
        self.assertEqual(raised.exception.body["status"], "BAD_REFRESH_TOKEN")

    def test_the_account_and_its_users(self):
        client = self.client()

        account = client.account.get()
        users = list(client.settings.users.list())

        self.assertEqual(account.portal_id, self.hubspot["portal"])
        admins = {user.email for user in users if user.super_admin}
        self.assertLessEqual({self.caller(name)["email"] for name in ["Dana", "Noa"]}, admins)
