"""hubspot-sdk, unmodified: records by its date-based paths, as four callers. It checks each answer against its models."""

from hubspot_sdk import HubSpot, NotFoundError

from hubspot_portal import CALLERS, PortalTestCase, as_each_caller

STAMPS = ["hubspot_owner_id", "hs_object_source", "hs_object_source_id", "hs_created_by_user_id"]
TIMED = {"hs_timestamp": "2026-12-01T09:00:00Z"}


class HubSpotSdkTest(PortalTestCase):
    def client(self, first_name, strict=True):
        """Strict: an answer that is not as the client's models say is an error."""
        client = HubSpot(
            access_token=self.caller(first_name)["token"],
            base_url=self.hubspot["url"],
            max_retries=0,
            _strict_response_validation=strict,
        )
        self.addCleanup(client.close)
        return client

    @as_each_caller
    def test_a_contact_from_create_to_archive(self, first_name):
        robin = self.caller("Robin")
        contacts = self.client(first_name).crm.objects.contacts
        for owner in [None, robin]:
            email = f"sdk-{'owned' if owner else 'bare'}-{first_name.lower()}@x.example"
            properties = {"email": email, "firstname": "Ann"}
            if owner:
                properties["hubspot_owner_id"] = owner["owner_id"]

            created = contacts.create(properties=properties, associations=[])
            contacts.update(created.id, properties={"jobtitle": "Director"})
            read = contacts.get(email, id_property="email", properties=["jobtitle", "hs_object_source_id"])

            self.assert_created_by(created.id, first_name, "single", owner)
            self.assertEqual((read.id, read.properties["jobtitle"]), (created.id, "Director"))
            self.assertEqual(read.properties["hs_object_source_id"], self.app_of(first_name))
            self.assertEqual(self.ids_found(contacts, email, owner), [created.id])
            contacts.delete(created.id)
            with self.assertRaises(NotFoundError):
                contacts.get(created.id)
            self.assertTrue(contacts.get(created.id, archived=True, properties=["email"]).archived)

    def ids_found(self, contacts, email, owner):
        """What a search for an e-mail and an owner, or for none, finds."""
        of_owner = {"propertyName": "hubspot_owner_id", "operator": "NOT_HAS_PROPERTY"}
        if owner:
            of_owner = {**of_owner, "operator": "EQ", "value": owner["owner_id"]}
        has_email = {"propertyName": "email", "operator": "EQ", "value": email}
        groups = [{"filters": [has_email, of_owner]}]
        page = contacts.search(
            filter_groups=groups, properties=["email"], sorts=["-createdate"], limit=10, after="0"
        )
        self.assertEqual(page.total, len(page.results))
        return [record.id for record in page.results]

    def test_stamps_that_are_not_set_are_null(self):
        # The client's models have no null among properties, though HubSpot answers with it.
        contacts = self.client("Dana", strict=False).crm.objects.contacts
        created = contacts.create(properties={"lastname": "Bare"}, associations=[])

        read = contacts.get(created.id, properties=STAMPS).properties

        self.assertEqual([read[name] for name in STAMPS], [None, "INTEGRATION", self.app_of("Dana"), None])

    @as_each_caller
    def test_batches_create_read_update_and_archive(self, first_name):
        dana = self.caller("Dana")
        batches = self.client(first_name).crm.objects.contacts.batch
        names = [f"Dated{number}" for number in range(3)]
        owned = {"hubspot_owner_id": dana["owner_id"]}
        inputs = [{"properties": {"lastname": name, **owned}, "associations": []} for name in names]

        created = batches.create(inputs=inputs)
        ids = [record.id for record in created.results]
        batches.update(inputs=[{"id": id, "properties": {"city": "Oslo"}} for id in ids])
        wanted = {"inputs": [{"id": id} for id in ids], "properties": ["lastname", "city"]}
        read = batches.get(**wanted, properties_with_history=["city"])

        self.assertEqual(sorted(record.properties["lastname"] for record in read.results), names)
        for record in read.results:
            history = record.properties_with_history["city"]
            self.assertEqual(
                [(item.value, item.source_type, item.source_id) for item in history],
                [("Oslo", "INTEGRATION", self.app_of(first_name))],
            )
            self.assert_created_by(record.id, first_name, "batch", dana)
        batches.delete(inputs=wanted["inputs"])
        self.assertEqual(batches.get(**wanted, properties_with_history=[]).results, [])

    @as_each_caller
    def test_an_upsert_creates_once_and_keeps_the_first_creator(self, first_name):
        other = next(name for name in CALLERS if name != first_name)
        upsert = {"id": f"sdk-{first_name}", "id_property": "external_id", "properties": {"city": "Oslo"}}

        [first] = self.client(first_name).crm.objects.contacts.batch.upsert(inputs=[upsert]).results
        [again] = self.client(other).crm.objects.contacts.batch.upsert(inputs=[upsert]).results

        self.assertEqual((first.new, again.new, again.id), (True, False, first.id))
        self.assert_created_by(first.id, first_name, "upsert")

    @as_each_caller
    def test_every_type_of_record_is_the_token_users(self, first_name):
        robin = self.caller("Robin")
        objects = self.client(first_name).crm.objects
        types = {
            objects.companies: {"name": "Acme"},
            objects.deals: {"dealname": "Big", "pipeline": "default", "dealstage": "contractsent"},
            objects.tasks: TIMED,
            objects.calls: TIMED,
            objects.emails: TIMED,
            objects.notes: TIMED,
            objects.meetings: TIMED,
        }
        for records, properties in types.items():
            owned = {**properties, "hubspot_owner_id": robin["owner_id"]}

            bare = records.create(properties=properties, associations=[])
            given = records.create(properties=owned, associations=[])

            self.assert_created_by(bare.id, first_name, "single")
            self.assert_created_by(given.id, first_name, "single", robin)
            path = {"object_type": records_of(records), "properties": ["hubspot_owner_id"]}
            read = objects.custom.get(given.id, **path)
            self.assertEqual(read.properties["hubspot_owner_id"], robin["owner_id"])


def records_of(resource):
    """The object type that a resource of the client is about."""
    return type(resource).__name__.removesuffix("Resource").lower()
