"""hubspot-api-client, unmodified: associations by its v3 and v4 paths."""

from hubspot import HubSpot
from hubspot.crm.associations import (
    BatchInputPublicAssociation,
    BatchInputPublicObjectId,
    PublicAssociation,
    PublicObjectId,
)
from hubspot.crm.associations.v4 import (
    AssociationSpec,
    BatchInputPublicAssociationMultiArchive,
    BatchInputPublicAssociationMultiPost,
    BatchInputPublicFetchAssociationsBatchRequest,
    PublicAssociationMultiArchive,
    PublicAssociationMultiPost,
    PublicFetchAssociationsBatchRequest,
)
from hubspot.crm.associations.v4 import PublicObjectId as PublicObjectIdOfV4

from hubspot_portal import PortalTestCase, as_each_caller


class HubSpotLinksTest(PortalTestCase):
    def given(self, first_name):
        """A client, and the ids of a contact and a company of its user."""
        url = self.hubspot["url"]
        client = HubSpot(access_token=self.caller(first_name)["token"], host=url, base_url=url)
        contact = client.crm.contacts.basic_api.create({"properties": {"lastname": "Linked"}})
        company = client.crm.companies.basic_api.create({"properties": {"name": "Acme"}})
        return client, contact.id, company.id

    @as_each_caller
    def test_v3_batches_create_read_and_archive(self, first_name):
        client, contact, _ = self.given(first_name)
        deal = client.crm.deals.basic_api.create({"properties": {"dealname": "Big"}}).id
        batches = client.crm.associations.batch_api
        ends = [PublicObjectId(id=contact), PublicObjectId(id=deal)]
        link = PublicAssociation(_from=ends[0], to=ends[1], type="contact_to_deal")
        links = BatchInputPublicAssociation(inputs=[link])
        of_contact = BatchInputPublicObjectId(inputs=ends[:1])

        batches.create("contacts", "deals", links)
        [read] = batches.read("contacts", "deals", of_contact).results

        self.assertEqual((read._from.id, [to.id for to in read.to]), (contact, [deal]))
        batches.archive("contacts", "deals", links)
        after = batches.read("contacts", "deals", of_contact)
        self.assertEqual([to.id for result in after.results for to in result.to], [])

    @as_each_caller
    def test_v4_connects_one_by_one(self, first_name):
        unlabelled = AssociationSpec(association_category="HUBSPOT_DEFINED", association_type_id=279)
        client, contact, company = self.given(first_name)
        links = client.crm.associations.v4.basic_api
        ways = [
            lambda: links.create("contacts", contact, "companies", company, [unlabelled]),
            lambda: links.create_default("contacts", contact, "companies", company),
        ]
        for way in ways:
            way()

            page = links.get_page("contacts", contact, "companies")
            self.assertEqual([str(to.to_object_id) for to in page.results], [company])
            types = {kind.type_id for kind in page.results[0].association_types}
            self.assertIn(279, types)
            links.archive("contacts", contact, "companies", company)
            self.assertEqual(links.get_page("contacts", contact, "companies").results, [])

    @as_each_caller
    def test_v4_batches_create_read_and_archive(self, first_name):
        unlabelled = AssociationSpec(association_category="HUBSPOT_DEFINED", association_type_id=279)
        client, contact, company = self.given(first_name)
        batches = client.crm.associations.v4.batch_api
        ends = [PublicObjectIdOfV4(id=contact), PublicObjectIdOfV4(id=company)]
        link = PublicAssociationMultiPost(_from=ends[0], to=ends[1], types=[unlabelled])
        of_contact = BatchInputPublicFetchAssociationsBatchRequest(
            inputs=[PublicFetchAssociationsBatchRequest(id=contact)]
        )
        unlink = PublicAssociationMultiArchive(_from=ends[0], to=[ends[1]])

        batches.create("contacts", "companies", BatchInputPublicAssociationMultiPost(inputs=[link]))
        read = batches.get_page("contacts", "companies", of_contact)

        self.assertEqual([str(to.to_object_id) for to in read.results[0].to], [company])
        batches.archive(
            "contacts", "companies", BatchInputPublicAssociationMultiArchive(inputs=[unlink])
        )
        after = batches.get_page("contacts", "companies", of_contact)
        self.assertEqual([to for result in after.results for to in result.to], [])
