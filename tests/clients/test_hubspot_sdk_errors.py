"""hubspot-sdk, unmodified: the exception that it raises for each refusal, and what its body says."""

import hubspot_sdk
from hubspot_sdk import HubSpot

from hubspot_portal import PortalTestCase


class HubSpotSdkErrorsTest(PortalTestCase):
    # The tests say when time passes.
    options = ("--clock", "2026-11-22T10:00:00Z")

    def client(self, token=None, retries=0):
        client = HubSpot(
            access_token=token or self.caller("Dana")["token"],
            base_url=self.hubspot["url"],
            max_retries=retries,
            _strict_response_validation=True,
        )
        self.addCleanup(client.close)
        return client

    def create(self, client=None, **properties):
        client = client or self.client()
        return client.crm.objects.contacts.create(properties=properties, associations=[])

    def refused(self, exception, call, *arguments, **options):
        """The body of the refusal that a call raises; nothing is written."""
        before = self.count()
        with self.assertRaises(exception) as raised:
            call(*arguments, **options)
        self.assertIs(type(raised.exception), exception)
        self.assertEqual(self.count(), before)
        return raised.exception.body

    def test_tokens_that_do_not_work_are_authentication_errors(self):
        late = self.installed("Robin", "sync")["token"]
        self.control("/clock/advance", body={"milliseconds": 1_800_000})
        for first_name in ["Dana", "Robin"]:
            self.caller(first_name).update(self.installed(first_name, "sync"))
        for token, category in [("CJno", "INVALID_AUTHENTICATION"), (late, "EXPIRED_AUTHENTICATION")]:
            with self.subTest(category):
                error = hubspot_sdk.AuthenticationError
                body = self.refused(error, self.create, self.client(token), lastname="Nobody")
                self.assertEqual(body["category"], category)

    def test_a_token_without_the_scope_is_denied(self):
        reader = self.client(self.installed("Dana", "reader")["token"])
        body = self.refused(hubspot_sdk.PermissionDeniedError, self.create, reader, lastname="Unread")
        self.assertEqual(body["category"], "MISSING_SCOPES")

    def test_a_record_and_an_owner_that_are_not_there_are_not_found(self):
        client = self.client()
        for call in [
            lambda: client.crm.objects.contacts.get("999999999"),
            lambda: client.crm.owners.get(self.caller("Dana")["user_id"]),
            lambda: client.crm.owners.get(self.caller("Gil")["user_id"], id_property="userId"),
        ]:
            body = self.refused(hubspot_sdk.NotFoundError, call)
            self.assertEqual(body["category"], "OBJECT_NOT_FOUND")

    def test_a_duplicate_is_a_conflict_that_this_client_sends_three_times(self):
        first = self.create(email="sdk-twice@x.example").id
        before = self.requests_to("/crm/objects/2026-03/contacts")

        again = self.client(retries=2)
        body = self.refused(hubspot_sdk.ConflictError, self.create, again, email="sdk-twice@x.example")

        self.assertEqual(body["message"], f"Contact already exists. Existing ID: {first}")
        self.assertEqual(self.requests_to("/crm/objects/2026-03/contacts"), before + 3)

    def requests_to(self, path):
        org = str(self.hubspot["portal"])
        requests = self.control("/requests", crm="hubspot", org=org, limit=1000)["requests"]
        return len([request for request in requests if request["path"] == path])

    def test_values_that_are_not_valid_are_bad_requests(self):
        dana = self.caller("Dana")
        refused = {
            "PROPERTY_DOESNT_EXIST": {"first000name": "Ann"},
            "READ_ONLY_VALUE": {"hs_object_source_id": "1"},
            "INVALID_OWNER_ID": {"hubspot_owner_id": str(dana["user_id"])},
        }
        for code, properties in refused.items():
            with self.subTest(code):
                body = self.refused(hubspot_sdk.BadRequestError, self.create, **properties)
                self.assertEqual((body["category"], body["errors"][0]["code"]), ("VALIDATION_ERROR", code))

    def test_a_task_without_its_time_and_a_doubled_batch_are_bad_requests(self):
        objects = self.client().crm.objects
        without = lambda: objects.tasks.create(properties={"hs_task_subject": "Call"}, associations=[])
        body = self.refused(hubspot_sdk.BadRequestError, without)
        self.assertEqual(body["context"], {"properties": ["hs_timestamp"]})

        contact = self.create(lastname="Once").id
        twice = [{"id": contact, "properties": {"city": "Oslo"}}] * 2
        body = self.refused(hubspot_sdk.BadRequestError, objects.contacts.batch.update, inputs=twice)
        self.assertEqual(body["context"], {"ids": [contact]})

    def test_what_a_batch_does_not_find_is_left_out(self):
        contact = self.create(lastname="Found").id
        inputs = [{"id": id} for id in [contact, "999999999"]]

        raw = self.client().crm.objects.contacts.batch.with_raw_response
        answer = raw.get(inputs=inputs, properties=["lastname"], properties_with_history=[])

        self.assertEqual(answer.status_code, 207)
        self.assertEqual([record.id for record in answer.parse().results], [contact])

    def test_a_rate_limit_is_raised_or_waited_for(self):
        limit = {"refuse": {"rate_limit": {"retry_after": 1}}}
        path = "/crm/objects/2026-03/contacts"
        self.fault(limit, path=path)
        body = self.refused(hubspot_sdk.RateLimitError, self.create, lastname="Limited")
        self.assertEqual(body["policyName"], "TEN_SECONDLY_ROLLING")

        played = self.fault(limit, path=path)
        record = self.create(self.client(retries=1), lastname="Waited")
        self.assertEqual(self.played(played), 1)
        self.assert_created_by(record.id, "Dana", "single")

    def test_an_unavailable_service_is_raised_as_such(self):
        self.fault({"refuse": {"unavailable": {"retry_after": None}}})
        self.refused(hubspot_sdk.InternalServerError, self.create, lastname="Unavailable")
