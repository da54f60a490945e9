"""simple-salesforce, unmodified: it speaks https only, and logs in at a host that can't be changed."""

from simple_salesforce import Salesforce
from simple_salesforce.exceptions import (
    SalesforceAuthenticationFailed,
    SalesforceExpiredSession,
    SalesforceMalformedRequest,
    SalesforceResourceNotFound,
)

from mock import MockTestCase


class SalesforceTest(MockTestCase):
    def setUp(self):
        self.environment(REQUESTS_CA_BUNDLE=self.ready["ca_file"], NO_PROXY="", no_proxy="")

    def session(self, user):
        return Salesforce(instance_url=self.salesforce["tls_url"], session_id=user["token"])

    def login(self, user, password=None):
        self.environment(HTTPS_PROXY=self.ready["proxy_url"])
        return Salesforce(
            username=user["username"],
            password=password or user["password"],
            security_token="",
        )

    def lifecycle(self, client, last_name, owner=None):
        """Creates, reads, queries, updates and deletes a contact; its id and who owned and created it."""
        fields = {"LastName": last_name, "Email": f"{last_name.lower()}@x.example"}
        if owner:
            fields["OwnerId"] = owner
        created = client.Contact.create(fields)
        self.assertTrue(created["success"])
        record = created["id"]

        read = client.Contact.get(record)
        self.assertEqual(read["LastName"], last_name)

        client.Contact.update(record, {"Title": "Director"})
        soql = f"SELECT Id, Title, OwnerId, CreatedById FROM Contact WHERE Email = '{fields['Email']}'"
        found = client.query(soql)
        self.assertEqual((found["totalSize"], found["records"][0]["Title"]), (1, "Director"))

        client.Contact.delete(record)
        with self.assertRaises(SalesforceResourceNotFound):
            client.Contact.get(record)
        return record, found["records"][0]["OwnerId"], found["records"][0]["CreatedById"]

    def test_each_session_creates_as_its_own_user(self):
        for first_name in ["Dana", "Robin"]:
            with self.subTest(first_name):
                user = self.user("salesforce", first_name)
                record, owner, creator = self.lifecycle(self.session(user), f"Of{first_name}")

                self.assertEqual((owner, creator), (user["id"], user["id"]))
                self.assert_row(
                    self.create_of("salesforce", record),
                    {
                        "object": "Contact",
                        "owner_requested": None,
                        "owner": user["id"],
                        "owner_user": user["id"],
                        "owner_reason": "caller_default",
                        "created_by": user["id"],
                        "created_by_reason": "token",
                        "token": user["token_id"],
                        "user": user["id"],
                    },
                )

    def test_a_record_can_be_created_for_somebody_else(self):
        integration, dana = self.user("salesforce", "Integration"), self.user("salesforce", "Dana")

        record, owner, creator = self.lifecycle(self.session(integration), "ForDana", dana["id"])

        self.assertEqual((owner, creator), (dana["id"], integration["id"]))
        self.assert_row(
            self.create_of("salesforce", record),
            {
                "owner_requested": dana["id"],
                "owner": dana["id"],
                "owner_reason": "requested",
                "created_by": integration["id"],
                "token": integration["token_id"],
            },
        )

    def test_soap_login_at_the_hard_coded_host_leads_to_the_mock(self):
        for first_name in ["Dana", "Robin"]:
            with self.subTest(first_name):
                user = self.user("salesforce", first_name)
                record, owner, creator = self.lifecycle(self.login(user), f"Soap{first_name}")

                self.assertEqual((owner, creator), (user["id"], user["id"]))
                row = self.create_of("salesforce", record)
                self.assert_row(row, {"created_by": user["id"], "created_by_reason": "token"})
                self.assertNotEqual(row["token"], user["token_id"])

    def test_a_bad_token_is_an_expired_session(self):
        bad = dict(self.user("salesforce", "Dana"), token="00D000000000001!bad")
        with self.assertRaises(SalesforceExpiredSession) as raised:
            self.session(bad).Contact.create({"LastName": "Nobody"})
        self.assertEqual(raised.exception.content[0]["errorCode"], "INVALID_SESSION_ID")

    def test_a_wrong_password_fails_the_login(self):
        with self.assertRaises(SalesforceAuthenticationFailed) as raised:
            self.login(self.user("salesforce", "Dana"), password="wrong")
        self.assertIn("INVALID_LOGIN", str(raised.exception))

    def test_an_unknown_owner_is_a_malformed_request(self):
        client = self.session(self.user("salesforce", "Integration"))
        with self.assertRaises(SalesforceMalformedRequest) as raised:
            client.Contact.create({"LastName": "Lost", "OwnerId": "005000000000000AAA"})
        self.assertEqual(raised.exception.content[0]["errorCode"], "INVALID_CROSS_REFERENCE_KEY")
        self.assertEqual(client.query("SELECT Id FROM Contact WHERE LastName = 'Lost'")["totalSize"], 0)

    def test_a_contact_without_a_last_name_is_a_malformed_request(self):
        client = self.session(self.user("salesforce", "Dana"))
        with self.assertRaises(SalesforceMalformedRequest) as raised:
            client.Contact.create({"FirstName": "Ann"})
        error = raised.exception.content[0]
        self.assertEqual((error["errorCode"], error["fields"]), ("REQUIRED_FIELD_MISSING", ["LastName"]))
