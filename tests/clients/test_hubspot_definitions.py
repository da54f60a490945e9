"""hubspot-api-client, unmodified: types and properties made at run time, merged contacts, and contacts erased for good."""

from hubspot import HubSpot
from hubspot.crm.contacts import PublicGdprDeleteInput, PublicMergeInput
from hubspot.crm.contacts.exceptions import NotFoundException
from hubspot.crm.objects.exceptions import ApiException
from hubspot.crm.properties import PropertyCreate
from hubspot.crm.schemas import ObjectSchemaEgg, ObjectTypeDefinitionLabels, ObjectTypePropertyCreate

from hubspot_portal import PortalTestCase, as_each_caller


class HubSpotDefinitionsTest(PortalTestCase):
    def client(self, first_name):
        url = self.hubspot["url"]
        return HubSpot(access_token=self.caller(first_name)["token"], host=url, base_url=url)

    def contact(self, client, **properties):
        return client.crm.contacts.basic_api.create({"properties": properties}).id

    @as_each_caller
    def test_records_of_a_type_that_was_just_made(self, first_name):
        robin = self.caller("Robin")
        client = self.client(first_name)
        name = f"boat_{first_name.lower()}"
        hull = ObjectTypePropertyCreate(name="hull", label="Hull", type="string", field_type="text")
        schema = ObjectSchemaEgg(
            name=name,
            labels=ObjectTypeDefinitionLabels(singular="Boat", plural="Boats"),
            primary_display_property="hull",
            required_properties=["hull"],
            properties=[hull],
            associated_objects=["CONTACT"],
        )

        made = client.crm.schemas.core_api.create(schema)
        records = client.crm.objects.basic_api
        bare = records.create(made.object_type_id, {"properties": {"hull": "A1"}})
        owned = {"properties": {"hull": "A2", "hubspot_owner_id": robin["owner_id"]}}
        given = records.create(name, owned)

        self.assertEqual(made.fully_qualified_name, f"p{self.hubspot['portal']}_{name}")
        self.assert_created_by(bare.id, first_name, "single")
        self.assert_created_by(given.id, first_name, "single", robin)
        read = records.get_by_id(made.fully_qualified_name, given.id, properties=["hull", "hubspot_owner_id"])
        self.assertEqual(
            (read.properties["hull"], read.properties["hubspot_owner_id"]), ("A2", robin["owner_id"])
        )
        with self.assertRaises(ApiException) as refusal:
            records.create(name, {"properties": {}})
        self.assertEqual(refusal.exception.status, 400)

    @as_each_caller
    def test_a_property_is_used_as_soon_as_it_is_made(self, first_name):
        client = self.client(first_name)
        name = f"shoe_{first_name.lower()}"
        before = self.count()
        with self.assertRaises(Exception) as refusal:
            self.contact(client, lastname="Early", **{name: "44"})
        self.assertIn("PROPERTY_DOESNT_EXIST", refusal.exception.body)
        self.assertEqual(self.count(), before)
        definition = PropertyCreate(
            name=name, label="Shoe size", type="number", field_type="number", group_name="contactinformation"
        )

        client.crm.properties.core_api.create("contacts", definition)
        contact = self.contact(client, lastname="Late", **{name: "44"})

        read = client.crm.contacts.basic_api.get_by_id(contact, properties=[name])
        self.assertEqual(read.properties[name], "44")
        self.assert_created_by(contact, first_name, "single")

    @as_each_caller
    def test_a_merge_keeps_owner_and_creator_of_the_primary_record(self, first_name):
        robin = self.caller("Robin")
        creator = "Dana" if first_name == "Robin" else "Robin"
        domain = f"{first_name.lower()}.example"
        primary = self.contact(
            self.client(creator), email=f"stays@{domain}", hubspot_owner_id=robin["owner_id"]
        )
        client = self.client(first_name)
        gone = self.contact(client, email=f"goes@{domain}", city="Oslo")
        before = self.count()

        merged = client.crm.contacts.basic_api.merge(
            PublicMergeInput(primary_object_id=primary, object_id_to_merge=gone)
        )

        contacts = client.crm.contacts.basic_api
        by_address = contacts.get_by_id(f"goes@{domain}", id_property="email", properties=["hubspot_owner_id"])
        self.assertEqual(
            [merged.id, contacts.get_by_id(gone).id, by_address.id], [primary, primary, primary]
        )
        self.assertEqual(by_address.properties["hubspot_owner_id"], robin["owner_id"])
        self.assertEqual(self.count(), before)
        self.assert_created_by(primary, creator, "single", robin)
        self.assert_created_by(gone, first_name, "single")

    @as_each_caller
    def test_an_erased_contact_is_gone_from_the_archive_too(self, first_name):
        client = self.client(first_name)
        contacts = client.crm.contacts.basic_api
        email = f"erased-{first_name.lower()}@x.example"
        by_id = self.contact(client, lastname="ById")
        by_email = self.contact(client, email=email)

        contacts.purge(PublicGdprDeleteInput(object_id=by_id))
        contacts.purge(PublicGdprDeleteInput(object_id=email, id_property="email"))

        for contact in [by_id, by_email]:
            for archived in [False, True]:
                with self.assertRaises(NotFoundException):
                    contacts.get_by_id(contact, archived=archived)
            # Who made it stays on record.
            self.assert_created_by(contact, first_name, "single")
