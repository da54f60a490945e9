"""hubspot-api-client, unmodified, over plain http."""

from hubspot import HubSpot
from hubspot.crm.contacts import (
    Filter,
    FilterGroup,
    PublicObjectSearchRequest,
    SimplePublicObjectInput,
    SimplePublicObjectInputForCreate,
)
from hubspot.crm.contacts.exceptions import ApiException, NotFoundException, UnauthorizedException
from hubspot.crm.objects.tasks import SimplePublicObjectInputForCreate as TaskForCreate
from hubspot.crm.objects.tasks.exceptions import ApiException as TaskApiException

from mock import MockTestCase

PROPERTIES = ["email", "jobtitle", "hubspot_owner_id"]


class HubSpotTest(MockTestCase):
    def client(self, user):
        url = self.hubspot["url"]
        return HubSpot(access_token=user["token"], host=url, base_url=url)

    def lifecycle(self, client, email, owner=None):
        """Creates, reads, searches, updates and deletes a contact; its id and who owned it."""
        properties = {"email": email, "firstname": "Ann", "lastname": "Lee"}
        if owner:
            properties["hubspot_owner_id"] = owner
        contacts = client.crm.contacts.basic_api
        created = contacts.create(SimplePublicObjectInputForCreate(properties=properties))

        contacts.update(created.id, SimplePublicObjectInput(properties={"jobtitle": "Director"}))
        read = contacts.get_by_id(created.id, properties=PROPERTIES)
        self.assertEqual((read.properties["email"], read.properties["jobtitle"]), (email, "Director"))

        has_email = Filter(property_name="email", operator="EQ", value=email)
        request = PublicObjectSearchRequest(
            filter_groups=[FilterGroup(filters=[has_email])], properties=PROPERTIES
        )
        found = client.crm.contacts.search_api.do_search(request)
        self.assertEqual((found.total, found.results[0].id), (1, created.id))

        contacts.archive(created.id)
        with self.assertRaises(NotFoundException):
            contacts.get_by_id(created.id)
        return created.id, found.results[0].properties["hubspot_owner_id"]

    def test_a_token_creates_as_its_user_and_the_owner_is_not_defaulted(self):
        for first_name in ["Dana", "Robin"]:
            with self.subTest(first_name):
                user = self.user("hubspot", first_name)
                email = f"of-{first_name.lower()}@x.example"
                record, owner = self.lifecycle(self.client(user), email)

                self.assertIn(owner, [None, ""])
                self.assert_row(
                    self.create_of("hubspot", record),
                    {
                        "object": "contacts",
                        "owner_requested": None,
                        "owner": None,
                        "owner_user": None,
                        "owner_reason": "blank",
                        "created_by": str(user["user_id"]),
                        "created_by_reason": "token",
                        "token": user["token_id"],
                        "user": str(user["user_id"]),
                    },
                )

    def test_an_owner_that_is_named_owns_the_record(self):
        robin, dana = self.user("hubspot", "Robin"), self.user("hubspot", "Dana")

        record, owner = self.lifecycle(self.client(robin), "owned@x.example", dana["owner_id"])

        self.assertEqual(owner, dana["owner_id"])
        self.assert_row(
            self.create_of("hubspot", record),
            {
                "owner_requested": dana["owner_id"],
                "owner": dana["owner_id"],
                "owner_user": str(dana["user_id"]),
                "owner_reason": "requested",
                "created_by": str(robin["user_id"]),
                "token": robin["token_id"],
                "app": str(self.hubspot["app"]["app_id"]),
            },
        )

    def create(self, client, **properties):
        body = SimplePublicObjectInputForCreate(properties=properties)
        return client.crm.contacts.basic_api.create(body)

    def test_a_bad_token_is_unauthorized(self):
        bad = dict(self.user("hubspot", "Dana"), token="bad")
        with self.assertRaises(UnauthorizedException):
            self.create(self.client(bad), email="nobody@x.example")

    def test_an_unknown_owner_and_a_user_id_as_owner_are_refused(self):
        dana = self.user("hubspot", "Dana")
        for owner in ["1", str(dana["user_id"])]:
            with self.subTest(owner), self.assertRaises(ApiException) as raised:
                self.create(self.client(dana), email="lost@x.example", hubspot_owner_id=owner)
            self.assertEqual(raised.exception.status, 400)
            self.assertIn("hubspot_owner_id", raised.exception.body)

    def test_a_task_without_its_time_is_refused(self):
        client = self.client(self.user("hubspot", "Dana"))
        task = TaskForCreate(properties={"hs_task_subject": "Call Ann"}, associations=[])
        with self.assertRaises(TaskApiException) as raised:
            client.crm.objects.tasks.basic_api.create(task)
        self.assertEqual(raised.exception.status, 400)
        self.assertIn("hs_timestamp", raised.exception.body)
