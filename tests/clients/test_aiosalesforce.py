"""aiosalesforce, unmodified: it takes https addresses of My Domains only, so it goes through the proxy."""

import ssl
import unittest

import httpx
from aiosalesforce import Salesforce
from aiosalesforce.auth import ClientCredentialsFlow, JwtBearerFlow, SoapLogin
from aiosalesforce.exceptions import SalesforceError

from mock import MockTestCase


class AioSalesforceTest(MockTestCase, unittest.IsolatedAsyncioTestCase):
    async def connect(self, auth):
        tls = ssl.create_default_context(cafile=self.ready["ca_file"])
        http = httpx.AsyncClient(verify=tls, proxy=self.ready["proxy_url"])
        self.addAsyncCleanup(http.aclose)
        return Salesforce(http, base_url="https://demo.my.salesforce.com", auth=auth)

    def logins(self, first_name):
        """Ways to log in as this user, by name."""
        user, app = self.user("salesforce", first_name), self.salesforce["app"]
        yield "SOAP", SoapLogin(username=user["username"], password=user["password"], security_token="")
        yield "JWT", JwtBearerFlow(app["client_id"], user["username"], app["private_key_file"])

    def assert_created(self, record, user, api, reason="token"):
        self.assert_row(
            self.create_of("salesforce", record),
            {
                "api": api,
                "owner": user["id"],
                "created_by": user["id"],
                "created_by_reason": reason,
                "user": user["id"],
            },
        )

    async def test_each_login_creates_as_its_own_user(self):
        for first_name in ["Dana", "Robin"]:
            user = self.user("salesforce", first_name)
            for name, auth in self.logins(first_name):
                with self.subTest(first_name, login=name):
                    client = await self.connect(auth)
                    record = await client.sobject.create("Contact", {"LastName": f"{name}{first_name}"})
                    self.assert_created(record, user, "rest")

                    await client.sobject.update("Contact", record, {"Title": "Director"})
                    soql = f"SELECT Id, Title FROM Contact WHERE LastName = '{name}{first_name}'"
                    found = [row async for row in client.query(soql)]
                    self.assertEqual([(row["Id"], row["Title"]) for row in found], [(record, "Director")])
                    await client.sobject.delete("Contact", record)
                    with self.assertRaises(SalesforceError):
                        await client.sobject.get("Contact", record)

    async def test_client_credentials_act_as_the_run_as_user(self):
        app = self.salesforce["app"]
        client = await self.connect(ClientCredentialsFlow(app["client_id"], app["client_secret"]))
        record = await client.sobject.create("Contact", {"LastName": "OfTheApp"})
        self.assert_created(record, self.user("salesforce", "Integration"), "rest")

    async def test_upsert_composite_and_batch(self):
        for first_name in ["Dana", "Robin"]:
            with self.subTest(first_name):
                user = self.user("salesforce", first_name)
                client = await self.connect(
                    next(auth for name, auth in self.logins(first_name) if name == "JWT")
                )
                value = f"aio-{first_name}"
                created = await client.sobject.upsert(
                    "Contact", value, "External_Id__c", {"LastName": "Once"}
                )
                again = await client.sobject.upsert("Contact", value, "External_Id__c", {"LastName": "Twice"})
                self.assertEqual((created.created, again.created, again.id), (True, False, created.id))
                self.assert_created(created.id, user, "rest")

                async with client.composite(all_or_none=True) as composite:
                    account = composite.sobject.create("Account", {"Name": "Composite"})
                    contact = composite.sobject.create(
                        "Contact", {"LastName": "Composed", "AccountId": str(account.reference.id)}
                    )
                self.assert_created(contact.id, user, "composite")
                async with client.composite.batch(halt_on_error=True) as batch:
                    contact = batch.sobject.create("Contact", {"LastName": "Batched"})
                self.assert_created(contact.id, user, "batch")

    async def bulk(self, client, operation, rows):
        """One job; the client's own default is to look every five seconds whether it is done."""
        jobs = client.bulk_v2.ingest.perform_operation(operation, "Contact", rows, polling_interval=0.05)
        return [job async for job in jobs][0]

    async def test_bulk_rows_are_the_job_creators(self):
        for first_name in ["Dana", "Robin"]:
            with self.subTest(first_name):
                user = self.user("salesforce", first_name)
                client = await self.connect(next(auth for _, auth in self.logins(first_name)))
                rows = [{"LastName": f"Aio{row}", "FirstName": first_name} for row in range(3)]
                result = await self.bulk(client, "insert", [*rows, {"FirstName": "Nobody"}])
                self.assertEqual((len(result.successful_results), len(result.failed_results)), (3, 1))
                for row in result.successful_results:
                    self.assert_created(row["sf__Id"], user, "bulk2", "job_creator")
                removed = await self.bulk(
                    client, "delete", [{"Id": row["sf__Id"]} for row in result.successful_results]
                )
                self.assertEqual(len(removed.successful_results), 3)
