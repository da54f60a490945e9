"""hubspot-api-client, unmodified: who a token is, which owner that is, and OAuth from consent to refresh."""

import urllib.error
import urllib.parse
import urllib.request

from hubspot import HubSpot
from hubspot.crm.owners.exceptions import NotFoundException
from hubspot.oauth.exceptions import ApiException as OAuthApiException
from hubspot.utils.oauth import get_auth_url

from hubspot_portal import PortalTestCase, as_each_caller

CALLBACK = "https://client.example/callback"
SCOPES = ("crm.objects.contacts.write", "crm.objects.contacts.read", "crm.objects.owners.read")


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


class HubSpotPeopleTest(PortalTestCase):
    def client(self, token=None):
        url = self.hubspot["url"]
        return HubSpot(access_token=token, host=url, base_url=url)

    def create(self, token, **properties):
        return self.client(token).crm.contacts.basic_api.create({"properties": properties}).id

    def test_the_user_of_a_token_is_found_among_the_owners(self):
        for first_name in ["Dana", "Robin"]:
            with self.subTest(first_name):
                user = self.caller(first_name)
                client = self.client(user["token"])

                token = client.oauth.access_tokens_api.get(user["token"])
                owner = client.crm.owners.owners_api.get_by_id(token.user_id, id_property="userId")

                self.assertEqual((token.user_id, token.hub_id), (user["user_id"], self.hubspot["portal"]))
                self.assertEqual((owner.id, owner.user_id), (user["owner_id"], user["user_id"]))
                self.assertNotEqual(owner.id, str(owner.user_id))
                self.assertEqual(client.crm.owners.owners_api.get_by_id(owner.id).email, user["email"])
                record = self.create(user["token"], lastname="Mine", hubspot_owner_id=owner.id)
                self.assert_created_by(record, first_name, "single", user)

    def test_a_super_admin_need_not_own_anything(self):
        client = self.client(self.caller("Robin")["token"])
        owners = client.crm.owners.owners_api

        admins = [user for user in client.settings.users.users_api.get_page().results if user.super_admin]
        found = {}
        for admin in admins:
            try:
                found[admin.email] = owners.get_by_id(admin.id, id_property="userId").id
            except NotFoundException:
                found[admin.email] = None

        dana, noa = self.caller("Dana"), self.caller("Noa")
        self.assertEqual((found[dana["email"]], found[noa["email"]]), (dana["owner_id"], None))

    def test_owners_are_found_by_email_and_an_archived_one_only_when_asked_for(self):
        robin, gil = self.caller("Robin"), self.caller("Gil")
        owners = self.client(robin["token"]).crm.owners.owners_api

        by_email = owners.get_page(email=robin["email"]).results
        everybody = {owner.id: owner for owner in owners.get_page(limit=500).results}
        archived = owners.get_page(archived=True).results

        self.assertEqual([owner.id for owner in by_email], [robin["owner_id"]])
        self.assertNotIn(gil["owner_id"], everybody)
        self.assertEqual(everybody["50001"].type, "QUEUE")
        self.assertEqual([(owner.id, owner.archived) for owner in archived], [(gil["owner_id"], True)])
        self.assertEqual([owner.user_id_including_inactive for owner in archived], [gil["user_id"]])
        with self.assertRaises(NotFoundException):
            owners.get_by_id(gil["owner_id"])

    def consent(self, user):
        """What the browser of this user brings back: a code. The address is the one that the client makes."""
        address = get_auth_url("sync", CALLBACK, scope=SCOPES, state="of-the-test")
        query = urllib.parse.urlsplit(address).query
        chosen = urllib.parse.urlencode({"portal": self.hubspot["portal"], "user": user["user_id"]})
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), NoRedirect())
        with self.assertRaises(urllib.error.HTTPError) as raised:
            opener.open(f"{self.hubspot['url']}/oauth/authorize?{query}&{chosen}", timeout=10)
        with raised.exception as answer:
            self.assertEqual(answer.code, 302)
            back = urllib.parse.parse_qs(urllib.parse.urlsplit(answer.headers["Location"]).query)
        self.assertEqual(back["state"], ["of-the-test"])
        return back["code"][0]

    def tokens(self, **form):
        app = {"client_id": "sync", "client_secret": "sync-secret", "redirect_uri": CALLBACK}
        return self.client().oauth.tokens_api.create(**{**app, **form})

    def test_a_code_and_every_refresh_are_of_the_user_who_consented(self):
        for first_name in ["Dana", "Robin"]:
            with self.subTest(first_name):
                user = self.caller(first_name)
                first = self.tokens(grant_type="authorization_code", code=self.consent(user))
                second = self.tokens(grant_type="refresh_token", refresh_token=first.refresh_token)

                self.assertEqual((first.expires_in, second.refresh_token), (1800, first.refresh_token))
                self.assertNotEqual(first.access_token, second.access_token)
                for tokens in [first, second]:
                    record = self.create(tokens.access_token, lastname="Consented")
                    row = self.create_of("hubspot", record)
                    expected = {
                        "user": str(user["user_id"]),
                        "created_by": str(user["user_id"]),
                        "owner": None,
                        "app": self.app_of(first_name),
                    }
                    self.assert_row(row, expected)
                refresh = self.client().oauth.refresh_tokens_api.get(first.refresh_token)
                self.assertEqual((refresh.user_id, refresh.client_id), (user["user_id"], "sync"))

    def test_an_app_of_the_user_says_so_on_its_records(self):
        robin = self.caller("Robin")
        personal = self.installed("Robin", "personal")
        contacts = self.client(personal["token"]).crm.contacts.basic_api

        record = self.create(personal["token"], lastname="Personal")

        # Unverified: what HubSpot shows of a user-level app. The switch `created_by_policy` has the choices.
        read = contacts.get_by_id(record, properties=["hs_created_by_user_id"])
        self.assertEqual(read.properties["hs_created_by_user_id"], str(robin["user_id"]))
        self.assert_row(self.create_of("hubspot", record), {"token": personal["token_id"], "owner": None})

    def test_what_the_token_endpoint_refuses_has_its_code_in_status(self):
        user = self.caller("Dana")
        used = self.consent(user)
        self.tokens(grant_type="authorization_code", code=used)
        refused = {
            "BAD_AUTH_CODE": {"grant_type": "authorization_code", "code": used},
            "BAD_REFRESH_TOKEN": {"grant_type": "refresh_token", "refresh_token": "na1-nothing"},
            "BAD_CLIENT_SECRET": {
                "grant_type": "refresh_token",
                "refresh_token": user["refresh_token"],
                "client_secret": "wrong",
            },
            "MISMATCH_REDIRECT_URI_AUTH_CODE": {
                "grant_type": "authorization_code",
                "code": self.consent(user),
                "redirect_uri": "https://other.example/",
            },
        }
        for code, form in refused.items():
            with self.subTest(code), self.assertRaises(OAuthApiException) as raised:
                self.tokens(**form)
            self.assertEqual(raised.exception.status, 400)
            self.assertIn(f'"status":"{code}"', raised.exception.body)

    def test_a_deleted_refresh_token_gives_no_more_tokens(self):
        tokens = self.tokens(grant_type="authorization_code", code=self.consent(self.caller("Robin")))

        self.client().oauth.refresh_tokens_api.archive(tokens.refresh_token)

        with self.assertRaises(OAuthApiException):
            self.tokens(grant_type="refresh_token", refresh_token=tokens.refresh_token)
        self.create(tokens.access_token, lastname="StillGood")

    @as_each_caller
    def test_a_record_is_created_over_https_too(self, first_name):
        url = self.hubspot["tls_url"]
        token = self.caller(first_name)["token"]
        client = HubSpot(access_token=token, host=url, base_url=url, ssl_ca_cert=self.ready["ca_file"])

        record = client.crm.contacts.basic_api.create({"properties": {"lastname": "Secured"}}).id

        self.assert_created_by(record, first_name, "single")
