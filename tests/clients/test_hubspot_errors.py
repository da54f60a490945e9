"""hubspot-api-client, unmodified: the exception that it raises for each refusal, and what its body says."""

import json

from hubspot import HubSpot
from hubspot.crm.contacts import (
    BatchInputSimplePublicObjectBatchInput,
    BatchInputSimplePublicObjectBatchInputForCreate,
    BatchReadInputSimplePublicObjectId,
    BatchResponseSimplePublicObjectWithErrors,
    SimplePublicObjectBatchInput,
    SimplePublicObjectBatchInputForCreate,
    SimplePublicObjectId,
)
from hubspot.crm.contacts.exceptions import (
    ApiException,
    ForbiddenException,
    NotFoundException,
    ServiceException,
    UnauthorizedException,
)
from hubspot.crm.objects.exceptions import ApiException as ObjectsApiException
from urllib3.util.retry import Retry

from hubspot_portal import PortalTestCase


class HubSpotErrorsTest(PortalTestCase):
    # The tests say when time passes.
    options = ("--clock", "2026-11-22T10:00:00Z")

    def client(self, token=None, **options):
        url = self.hubspot["url"]
        token = token or self.caller("Dana")["token"]
        return HubSpot(access_token=token, host=url, base_url=url, **options)

    def refused(self, exception, call, *arguments, writes=0, **options):
        """The body of the refusal that a call raises; nothing is written."""
        before = self.count()
        with self.assertRaises(exception) as raised:
            call(*arguments, **options)
        self.assertIs(type(raised.exception), exception)
        self.assertEqual(self.count(), before + writes)
        return raised.exception.status, json.loads(raised.exception.body)

    def create(self, client=None, **properties):
        client = client or self.client()
        return client.crm.contacts.basic_api.create({"properties": properties})

    def test_no_token_and_an_unknown_token_are_unauthorized(self):
        for client in [HubSpot(host=self.hubspot["url"]), self.client("CJunknown")]:
            status, body = self.refused(UnauthorizedException, self.create, client, lastname="Nobody")
            self.assertEqual((status, body["category"]), (401, "INVALID_AUTHENTICATION"))
            self.assertIn("Authentication credentials not found.", body["message"])

    def test_a_token_whose_time_is_over_is_unauthorized(self):
        token = self.installed("Robin", "sync")["token"]
        self.create(self.client(token), lastname="InTime")

        self.control("/clock/advance", body={"milliseconds": 1_803_000})

        status, body = self.refused(UnauthorizedException, self.create, self.client(token), lastname="Late")
        self.assertEqual((status, body["category"]), (401, "EXPIRED_AUTHENTICATION"))
        self.assertEqual(
            body["message"], "The OAuth token used to make this call expired 3 second(s) ago."
        )
        self.assertIn("expire time", body["context"])
        # The callers of the other tests need tokens that work.
        for first_name in ["Dana", "Robin"]:
            self.caller(first_name).update(self.installed(first_name, "sync"))

    def test_a_token_without_the_scope_is_forbidden(self):
        reader = self.client(self.installed("Dana", "reader")["token"])

        status, body = self.refused(ForbiddenException, self.create, reader, lastname="Unread")

        self.assertEqual((status, body["category"]), (403, "MISSING_SCOPES"))
        self.assertIn("crm.objects.contacts.write", json.dumps(body["errors"][0]["context"]))
        self.assertEqual(reader.crm.contacts.search_api.do_search({"limit": 1}).results[:0], [])

    def test_a_record_that_is_not_there_is_not_found(self):
        contacts = self.client().crm.contacts.basic_api
        for call in [
            lambda: contacts.get_by_id("999999999"),
            lambda: contacts.get_by_id("nobody@x.example", id_property="email"),
            lambda: contacts.update("999999999", {"properties": {"city": "Oslo"}}),
        ]:
            status, body = self.refused(NotFoundException, call)
            self.assertEqual((status, body["category"]), (404, "OBJECT_NOT_FOUND"))

    def test_a_second_contact_with_an_email_is_told_the_id_of_the_first(self):
        first = self.create(email="twice@x.example")

        status, body = self.refused(ApiException, self.create, email="Twice@X.example")

        self.assertEqual((status, body["category"]), (409, "CONFLICT"))
        self.assertEqual(body["message"], f"Contact already exists. Existing ID: {first.id}")

    def test_values_that_are_not_valid_are_named_one_by_one(self):
        refused = {
            "PROPERTY_DOESNT_EXIST": {"first000name": "Ann"},
            "INVALID_EMAIL": {"email": "dsfsafas@"},
            "INVALID_OPTION": {"lifecyclestage": "nowhere"},
            "READ_ONLY_VALUE": {"hs_created_by_user_id": "1"},
            "INVALID_OWNER_ID": {"hubspot_owner_id": "1"},
            "LEADING_TRAILING_WHITESPACE": {"hubspot_owner_id": f" {self.caller('Dana')['owner_id']}"},
        }
        for code, properties in refused.items():
            with self.subTest(code):
                status, body = self.refused(ApiException, self.create, **properties)
                self.assertEqual((status, body["category"]), (400, "VALIDATION_ERROR"))
                [error] = body["errors"]
                self.assertEqual((error["code"], error["context"]["propertyName"]), (code, list(properties)))
                head, _, embedded = body["message"].partition(": ")
                self.assertEqual(head, "Property values were not valid")
                [problem] = json.loads(embedded)
                self.assertEqual((problem["error"], problem["name"]), (code, list(properties)[0]))

    def test_nobody_but_an_owner_id_is_an_owner(self):
        dana, gil = self.caller("Dana"), self.caller("Gil")
        for wrong in [str(dana["user_id"]), dana["email"], gil["owner_id"], "0"]:
            with self.subTest(wrong):
                _, body = self.refused(ApiException, self.create, hubspot_owner_id=wrong)
                self.assertEqual(body["errors"][0]["code"], "INVALID_OWNER_ID")
        self.assert_row(
            self.create_of("hubspot", self.create(hubspot_owner_id="50001").id),
            {"owner": "50001", "owner_user": None, "owner_reason": "requested"},
        )

    def test_an_activity_without_its_time_is_refused(self):
        for object_type, singular in [("tasks", "TASK"), ("calls", "CALL"), ("notes", "NOTE")]:
            records = self.client().crm.objects.basic_api
            status, body = self.refused(ObjectsApiException, records.create, object_type, {"properties": {}})
            self.assertEqual((status, body["context"]), (400, {"properties": ["hs_timestamp"]}))
            self.assertEqual(
                body["message"], f"Error creating {singular}. Some required properties were not set."
            )

    def test_an_id_that_stands_twice_in_a_batch_refuses_the_batch(self):
        contact = self.create(lastname="Once").id
        twice = [SimplePublicObjectBatchInput(id=contact, properties={"city": "Oslo"})] * 2
        batch = BatchInputSimplePublicObjectBatchInput(inputs=twice)

        status, body = self.refused(ApiException, self.client().crm.contacts.batch_api.update, batch)

        self.assertEqual((status, body["context"]), (400, {"ids": [contact]}))
        self.assertEqual(
            body["message"], f"Duplicate IDs found in batch input: [{contact}]. IDs must be unique"
        )

    def test_one_bad_owner_refuses_a_whole_batch(self):
        inputs = [
            SimplePublicObjectBatchInputForCreate(properties={"lastname": "Batched", **owner})
            for owner in [{}, {}, {"hubspot_owner_id": str(self.caller("Dana")["user_id"])}]
        ]
        batch = BatchInputSimplePublicObjectBatchInputForCreate(inputs=inputs)

        _, body = self.refused(ApiException, self.client().crm.contacts.batch_api.create, batch)

        self.assertEqual(body["errors"][0]["code"], "INVALID_OWNER_ID")

    def test_an_unknown_type_is_no_type(self):
        call = self.client().crm.objects.basic_api.create
        status, body = self.refused(ObjectsApiException, call, "butterflies", {"properties": {}})
        self.assertEqual((status, body.get("category")), (400, None))
        self.assertEqual(body["message"], "Unable to infer object type from: butterflies")

    def test_what_a_batch_does_not_find_is_an_error_beside_the_results(self):
        contact = self.create(lastname="Found").id
        inputs = [SimplePublicObjectId(id=id) for id in [contact, "999999998", "999999999"]]
        batch = BatchReadInputSimplePublicObjectId(inputs=inputs, properties=[], properties_with_history=[])

        answer, status, _ = self.client().crm.contacts.batch_api.read_with_http_info(batch)

        self.assertEqual((status, type(answer)), (207, BatchResponseSimplePublicObjectWithErrors))
        self.assertEqual([record.id for record in answer.results], [contact])
        [error] = answer.errors
        self.assertEqual((answer.num_errors, error.category), (1, "OBJECT_NOT_FOUND"))
        self.assertEqual(sorted(error.context["ids"]), ["999999998", "999999999"])

    def test_a_traced_batch_creates_what_is_new_and_tells_what_is_not(self):
        first = self.create(email="traced@x.example").id
        inputs = [
            SimplePublicObjectBatchInputForCreate(
                properties={"email": f"{name}@x.example"}, object_write_trace_id=name
            )
            for name in ["traced", "untraced"]
        ]
        batch = BatchInputSimplePublicObjectBatchInputForCreate(inputs=inputs)

        answer, status, _ = self.client().crm.contacts.batch_api.create_with_http_info(batch)

        self.assertEqual((status, len(answer.results)), (207, 1))
        self.assert_created_by(answer.results[0].id, "Dana", "batch")
        [error] = answer.errors
        self.assertEqual((error.category, error.context["existingId"]), ("CONFLICT", [first]))
        self.assertEqual(error.context["objectWriteTraceId"], ["traced"])

    def test_a_rate_limit_is_raised_or_waited_for(self):
        limit = {"refuse": {"rate_limit": {"retry_after": None}}}
        self.fault(limit, path="/crm/v3/objects/contacts")
        status, body = self.refused(ApiException, self.create, lastname="Limited")
        self.assertEqual((status, body["policyName"]), (429, "TEN_SECONDLY_ROLLING"))

        played = self.fault(limit, path="/crm/v3/objects/contacts", times=2)
        retry = Retry(total=5, status=3, backoff_factor=0, status_forcelist=(429,), allowed_methods=None)
        record = self.create(self.client(retry=retry), lastname="Retried")
        self.assertEqual(self.played(played), 2)
        self.assert_created_by(record.id, "Dana", "single")

    def test_an_unavailable_service_is_raised_as_such(self):
        self.fault({"refuse": {"unavailable": {"retry_after": 1}}}, path="/crm/v3/objects/contacts")
        status, _ = self.refused(ServiceException, self.create, lastname="Unavailable")
        self.assertEqual(status, 503)
