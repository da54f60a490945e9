"""hubspot-api-client, unmodified, over plain http: records by every door that it has, as four callers."""

from hubspot import HubSpot
from hubspot.crm.contacts import (
    AssociationSpec,
    BatchInputSimplePublicObjectBatchInput,
    BatchInputSimplePublicObjectBatchInputForCreate,
    BatchInputSimplePublicObjectBatchInputUpsert,
    BatchInputSimplePublicObjectId,
    BatchReadInputSimplePublicObjectId,
    Filter,
    FilterGroup,
    PublicAssociationsForObject,
    PublicObjectId,
    PublicObjectSearchRequest,
    SimplePublicObjectBatchInput,
    SimplePublicObjectBatchInputForCreate,
    SimplePublicObjectBatchInputUpsert,
    SimplePublicObjectId,
    SimplePublicObjectInput,
    SimplePublicObjectInputForCreate,
)
from hubspot.crm.contacts.exceptions import NotFoundException

from hubspot_portal import CALLERS, PortalTestCase, as_each_caller

STAMPS = ["hubspot_owner_id", "hs_object_source", "hs_object_source_id", "hs_created_by_user_id"]


class HubSpotRecordsTest(PortalTestCase):
    def client(self, first_name):
        url = self.hubspot["url"]
        return HubSpot(access_token=self.caller(first_name)["token"], host=url, base_url=url)

    def owner_found(self, client, email, owner):
        """Whose contact a search for this e-mail and owner finds: the id."""
        filters = [Filter(property_name="email", operator="EQ", value=email)]
        if owner:
            filters.append(Filter(property_name="hubspot_owner_id", operator="EQ", value=owner))
        else:
            filters.append(Filter(property_name="hubspot_owner_id", operator="NOT_HAS_PROPERTY"))
        request = PublicObjectSearchRequest(filter_groups=[FilterGroup(filters=filters)], properties=["email"])
        found = client.crm.contacts.search_api.do_search(request)
        self.assertEqual((found.total, len(found.results)), (1, 1))
        return found.results[0].id

    @as_each_caller
    def test_a_contact_from_create_to_archive(self, first_name):
        robin = self.caller("Robin")
        client = self.client(first_name)
        for owner in [None, robin]:
            contacts = client.crm.contacts.basic_api
            email = f"{'owned' if owner else 'bare'}-{first_name.lower()}@x.example"
            properties = {"email": email, "firstname": "Ann"}
            if owner:
                properties["hubspot_owner_id"] = owner["owner_id"]

            created = contacts.create(SimplePublicObjectInputForCreate(properties=properties))
            contacts.update(created.id, SimplePublicObjectInput(properties={"jobtitle": "Director"}))
            read = contacts.get_by_id(email, id_property="email", properties=["jobtitle", *STAMPS])

            self.assert_created_by(created.id, first_name, "single", owner)
            self.assertEqual((read.id, read.properties["jobtitle"]), (created.id, "Director"))
            # HubSpot shows the app, and not the user.
            self.assertEqual(
                [read.properties[name] for name in STAMPS],
                [owner and owner["owner_id"], "INTEGRATION", self.app_of(first_name), None],
            )
            self.assertEqual(self.owner_found(client, email, owner and owner["owner_id"]), created.id)
            contacts.archive(created.id)
            with self.assertRaises(NotFoundException):
                contacts.get_by_id(created.id)
            self.assertTrue(contacts.get_by_id(created.id, archived=True).archived)

    @as_each_caller
    def test_batches_create_read_update_and_archive(self, first_name):
        dana = self.caller("Dana")
        client = self.client(first_name)
        batches = client.crm.contacts.batch_api
        names = [f"Batched{number}" for number in range(3)]
        inputs = [
            SimplePublicObjectBatchInputForCreate(
                properties={"lastname": name, "hubspot_owner_id": dana["owner_id"]}
            )
            for name in names
        ]

        created = batches.create(BatchInputSimplePublicObjectBatchInputForCreate(inputs=inputs))
        ids = [record.id for record in created.results]
        updates = [SimplePublicObjectBatchInput(id=id, properties={"city": "Oslo"}) for id in ids]
        batches.update(BatchInputSimplePublicObjectBatchInput(inputs=updates))
        some = [SimplePublicObjectId(id=id) for id in ids]
        wanted = BatchReadInputSimplePublicObjectId(
            inputs=some, properties=["lastname", "city"], properties_with_history=["city"]
        )
        read = batches.read(wanted)

        self.assertEqual(created.status, "COMPLETE")
        self.assertEqual(sorted(record.properties["lastname"] for record in read.results), names)
        for record in read.results:
            self.assertEqual(record.properties["city"], "Oslo")
            history = record.properties_with_history["city"]
            self.assertEqual(
                [(item.value, item.source_id) for item in history], [("Oslo", self.app_of(first_name))]
            )
            self.assert_created_by(record.id, first_name, "batch", dana)
        batches.archive(BatchInputSimplePublicObjectId(inputs=some))
        self.assertEqual(batches.read(wanted).results, [])

    def upserted(self, client, value, **properties):
        """What became of a contact with this external id."""
        upsert = SimplePublicObjectBatchInputUpsert(id=value, id_property="external_id", properties=properties)
        batch = BatchInputSimplePublicObjectBatchInputUpsert(inputs=[upsert])
        return client.crm.contacts.batch_api.upsert(batch).results[0]

    @as_each_caller
    def test_an_upsert_creates_once_and_keeps_the_first_creator(self, first_name):
        client = self.client(first_name)
        value = f"upsert-{first_name}"
        other = self.client(next(name for name in CALLERS if name != first_name))

        first = self.upserted(client, value, lastname="Once")
        again = self.upserted(other, value, lastname="Twice")

        self.assertEqual((first.new, again.new, again.id), (True, False, first.id))
        self.assert_created_by(first.id, first_name, "upsert")

    @as_each_caller
    def test_a_contact_is_associated_when_it_is_created(self, first_name):
        client = self.client(first_name)
        company = client.crm.companies.basic_api.create({"properties": {"name": "Acme"}})
        to_company = PublicAssociationsForObject(
            to=PublicObjectId(id=company.id),
            types=[
                AssociationSpec(association_category="HUBSPOT_DEFINED", association_type_id=279),
            ],
        )
        body = SimplePublicObjectInputForCreate(
            properties={"lastname": "Linked"}, associations=[to_company]
        )

        created = client.crm.contacts.basic_api.create(body)

        read = client.crm.contacts.basic_api.get_by_id(created.id, associations=["companies"])
        self.assertEqual({link.id for link in read.associations["companies"].results}, {company.id})
        self.assert_created_by(company.id, first_name, "single")
        self.assert_created_by(created.id, first_name, "single")

    @as_each_caller
    def test_every_type_of_record_is_the_token_users(self, first_name):
        timed = {"hs_timestamp": "2026-12-01T09:00:00Z"}
        types = {
            "companies": {"name": "Acme"},
            "deals": {"dealname": "Big", "pipeline": "default", "dealstage": "appointmentscheduled"},
            **{name: timed for name in ["tasks", "calls", "emails", "notes", "meetings"]},
        }
        robin = self.caller("Robin")
        client = self.client(first_name)
        for object_type, properties in types.items():
            owned = {**properties, "hubspot_owner_id": robin["owner_id"]}
            records = client.crm.objects.basic_api

            bare = records.create(object_type, {"properties": properties})
            given = records.create(object_type, {"properties": owned})

            self.assert_created_by(bare.id, first_name, "single")
            self.assert_created_by(given.id, first_name, "single", robin)
            read = records.get_by_id(object_type, bare.id, properties=["hubspot_owner_id"])
            self.assertIsNone(read.properties["hubspot_owner_id"])

    def test_pages_of_a_list_come_one_after_the_other(self):
        client = self.client("Dana")
        made = {client.crm.deals.basic_api.create({"properties": {"dealname": "Page"}}).id for _ in range(13)}

        first = client.crm.deals.basic_api.get_page(limit=10)
        everything = client.crm.deals.get_all()

        self.assertEqual((len(first.results), first.paging is None), (10, False))
        self.assertLessEqual(made, {deal.id for deal in everything})
