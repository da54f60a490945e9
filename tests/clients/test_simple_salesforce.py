"""simple-salesforce, unmodified: it speaks https only, and logs in at a host that can't be changed."""

import json

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

    def consumer(self):
        """The connected app, as the client names its parts."""
        app = self.salesforce["app"]
        return {"consumer_key": app["client_id"], "consumer_secret": app["client_secret"]}

    def assert_created(self, record, user, api, **expected):
        """The record is the user's in the ledger, by this door."""
        row = self.create_of("salesforce", record)
        self.assert_row(
            row,
            {
                "api": api,
                "owner": user["id"],
                "owner_reason": "caller_default",
                "created_by": user["id"],
                "created_by_reason": "token",
                "user": user["id"],
                **expected,
            },
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

    def test_password_and_jwt_logins_act_as_the_user(self):
        self.environment(HTTPS_PROXY=self.ready["proxy_url"])
        key = self.salesforce["app"]["private_key_file"]
        for first_name in ["Dana", "Robin"]:
            user = self.user("salesforce", first_name)
            consumer = self.consumer()
            logins = {
                "password": {"password": user["password"], **consumer},
                "jwt": {"privatekey_file": key, "consumer_key": consumer["consumer_key"]},
            }
            for name, login in logins.items():
                with self.subTest(first_name, login=name):
                    client = Salesforce(username=user["username"], **login)
                    record, owner, creator = self.lifecycle(client, f"{name}{first_name}")

                    self.assertEqual((owner, creator), (user["id"], user["id"]))
                    self.assert_created(record, user, "rest", app=consumer["consumer_key"])

    def test_client_credentials_act_as_the_run_as_user(self):
        self.environment(HTTPS_PROXY=self.ready["proxy_url"])
        run_as = self.user("salesforce", "Integration")

        client = Salesforce(domain="demo.my", **self.consumer())
        record, owner, creator = self.lifecycle(client, "OfTheApp")

        self.assertEqual((owner, creator), (run_as["id"], run_as["id"]))
        self.assert_created(record, run_as, "rest")

    def test_client_credentials_are_not_for_the_common_login_host(self):
        self.environment(HTTPS_PROXY=self.ready["proxy_url"])
        with self.assertRaises(SalesforceAuthenticationFailed):
            Salesforce(domain="login", **self.consumer())

    def test_an_upsert_creates_once_and_keeps_owner_and_creator(self):
        dana, robin = self.user("salesforce", "Dana"), self.user("salesforce", "Robin")
        key = "External_Id__c/ss-upsert"

        statuses = [
            self.session(user).Contact.upsert(key, {"LastName": user["name"]}) for user in [dana, robin]
        ]

        self.assertEqual(statuses, [201, 200])
        found = self.session(robin).query("SELECT Id, LastName FROM Contact WHERE External_Id__c = 'ss-upsert'")
        self.assertEqual([row["LastName"] for row in found["records"]], [robin["name"]])
        self.assert_created(found["records"][0]["Id"], dana, "rest")

    def test_bulk_rows_are_the_job_creators(self):
        for first_name in ["Dana", "Robin"]:
            with self.subTest(first_name):
                user = self.user("salesforce", first_name)
                client = self.session(user)
                rows = [
                    {"LastName": f"Row{row}", "External_Id__c": f"ss1-{first_name}-{row}"} for row in range(3)
                ]

                inserted = client.bulk.Contact.insert(rows)
                for result in inserted:
                    self.assertTrue(result["success"], result)
                    self.assert_created(result["id"], user, "bulk1", created_by_reason="job_creator")

                upserted = client.bulk.Contact.upsert(rows, "External_Id__c")
                self.assertEqual([row["id"] for row in upserted], [row["id"] for row in inserted])
                ids = [{"Id": row["id"]} for row in inserted]
                updated = client.bulk.Contact.update([{**row, "Title": "Bulk"} for row in ids])
                self.assertTrue(all(row["success"] for row in updated), updated)
                like = f"External_Id__c LIKE 'ss1-{first_name}-%'"
                found = client.bulk.Contact.query(
                    f"SELECT Id, Title, OwnerId FROM Contact WHERE {like}", wait=0.05
                )
                self.assertEqual({(row["Title"], row["OwnerId"]) for row in found}, {("Bulk", user["id"])})
                self.assertEqual(len(found), 3)
                deleted = client.bulk.Contact.delete(ids)
                self.assertTrue(all(row["success"] for row in deleted), deleted)
                self.assertEqual(client.query(f"SELECT Id FROM Contact WHERE {like}")["totalSize"], 0)

    def test_bulk2_rows_are_the_job_creators(self):
        for first_name in ["Dana", "Robin"]:
            with self.subTest(first_name):
                user = self.user("salesforce", first_name)
                client = self.session(user)
                contacts = client.bulk2.Contact
                rows = [
                    {"LastName": f"Two{row}", "External_Id__c": f"ss2-{first_name}-{row}"} for row in range(3)
                ]

                job = contacts.insert(
                    records=[*rows, {"LastName": "", "External_Id__c": "nobody"}], wait=0.05
                )[0]
                self.assertEqual((job["numberRecordsProcessed"], job["numberRecordsFailed"]), (4, 1))
                self.assertIn("REQUIRED_FIELD_MISSING", contacts.get_failed_records(job["job_id"]))
                like = f"External_Id__c LIKE 'ss2-{first_name}-%'"
                found = client.query(f"SELECT Id FROM Contact WHERE {like}")["records"]
                self.assertEqual(len(found), 3)
                for record in found:
                    self.assert_created(record["Id"], user, "bulk2", created_by_reason="job_creator")

                upserted = contacts.upsert(records=rows, external_id_field="External_Id__c", wait=0.05)[0]
                self.assertEqual(upserted["numberRecordsFailed"], 0)
                pages = contacts.query(
                    f"SELECT Id, OwnerId FROM Contact WHERE {like}", wait=0.05, max_records=2
                )
                text = "".join(pages)
                self.assertEqual(text.count(user["id"]), 3)
                ids = [{"Id": record["Id"]} for record in found]
                deleted = contacts.delete(records=ids, wait=0.05)[0]
                self.assertEqual((deleted["numberRecordsProcessed"], deleted["numberRecordsFailed"]), (3, 0))
                self.assertEqual(client.query(f"SELECT Id FROM Contact WHERE {like}")["totalSize"], 0)

    def test_composite_tree_and_search_as_two_users(self):
        for first_name in ["Dana", "Robin"]:
            with self.subTest(first_name):
                user = self.user("salesforce", first_name)
                client = self.session(user)
                body = {
                    "compositeRequest": [
                        {
                            "method": "POST",
                            "url": f"/services/data/v{client.sf_version}/sobjects/Contact",
                            "referenceId": "ann",
                            "body": {"LastName": f"Straw{first_name}"},
                        }
                    ]
                }
                answer = client.restful("composite", method="POST", data=json.dumps(body))
                record = answer["compositeResponse"][0]["body"]["id"]
                self.assert_created(record, user, "composite")
                search = f"FIND {{Straw{first_name}}} RETURNING Contact(Id)"
                self.assertEqual([hit["Id"] for hit in client.search(search)["searchRecords"]], [record])

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
