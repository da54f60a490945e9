"""hubspot-sdk, unmodified: associations by its date-based paths. It checks each answer against its models."""

from hubspot_sdk import HubSpot

from hubspot_portal import PortalTestCase, as_each_caller

UNLABELLED = {"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 279}


class HubSpotSdkLinksTest(PortalTestCase):
    def client(self, first_name):
        client = HubSpot(
            access_token=self.caller(first_name)["token"],
            base_url=self.hubspot["url"],
            max_retries=0,
            _strict_response_validation=True,
        )
        self.addCleanup(client.close)
        return client

    @as_each_caller
    def test_records_are_associated_one_by_one(self, first_name):
        client = self.client(first_name)
        company = client.crm.objects.companies.create(properties={"name": "Acme"}, associations=[]).id
        to_company = {"to": {"id": company}, "types": [UNLABELLED]}
        contact = client.crm.objects.contacts.create(
            properties={"lastname": "Linked"}, associations=[to_company]
        ).id
        ends = {"object_type": "contacts", "object_id": contact, "to_object_type": "companies"}
        links = client.crm.associations
        from_contact = {"from_object_type": "contacts", "from_object_id": contact}
        ways = {
            "on create": lambda: None,
            "labels": lambda: links.update_labels(company, **ends, body=[UNLABELLED]),
            "default": lambda: links.create(company, **from_contact, to_object_type="companies"),
        }
        for name, way in ways.items():
            with self.subTest(name):
                way()

                [link] = links.list(**ends).results
                self.assertEqual(link.to_object_id, company)
                self.assertIn(279, [kind.type_id for kind in link.association_types])
                links.delete(company, **ends)
                self.assertEqual(links.list(**ends).results, [])

    @as_each_caller
    def test_batches_connect_read_and_disconnect(self, first_name):
        client = self.client(first_name)
        company = client.crm.objects.companies.create(properties={"name": "Acme"}, associations=[]).id
        contact = client.crm.objects.contacts.create(properties={"lastname": "Linked"}, associations=[]).id
        batches = client.crm.associations.batch
        types = {"from_object_type": "contacts", "to_object_type": "companies"}
        link = {"from": {"id": contact}, "to": {"id": company}}
        ways = {
            "labels": lambda: batches.create(**types, inputs=[{**link, "types": [UNLABELLED]}]),
            "default": lambda: batches.create_default(**types, inputs=[link]),
        }
        for name, way in ways.items():
            with self.subTest(name):
                way()

                [read] = batches.get(**types, inputs=[{"id": contact}]).results
                self.assertEqual([to.to_object_id for to in read.to], [company])
                batches.delete(**types, inputs=[{"from": {"id": contact}, "to": [{"id": company}]}])
                after = batches.get(**types, inputs=[{"id": contact}]).results
                self.assertEqual([to for result in after for to in result.to], [])
