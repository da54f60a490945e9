"""hubspot-api-client, unmodified: an app's webhooks, set up by the client and checked by the client's own helper."""

import http.server
import json
import queue
import threading

from hubspot import HubSpot
from hubspot.utils.signature import Signature
from hubspot.webhooks import SettingsChangeRequest, SubscriptionCreateRequest, ThrottlingSettings

from hubspot_portal import PortalTestCase


class Receiver:
    """An app's address: it takes what comes."""

    def __init__(self):
        self.calls = calls = queue.Queue()

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                calls.put((self.headers, body))
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook"

    def close(self):
        self.server.shutdown()
        self.server.server_close()


class HubSpotWebhooksTest(PortalTestCase):
    def setUp(self):
        self.app = self.hubspot["app"]
        self.receiver = Receiver()
        self.addCleanup(self.receiver.close)
        url = self.hubspot["url"]
        self.webhooks = HubSpot(api_key="developer-key", host=url, base_url=url).webhooks
        self.dana = HubSpot(access_token=self.caller("Dana")["token"], host=url, base_url=url)

    def subscribed(self):
        """The subscriptions by which new contacts and new owners are told."""
        settings = SettingsChangeRequest(
            target_url=self.receiver.url, throttling=ThrottlingSettings(max_concurrent_requests=5)
        )
        self.webhooks.settings_api.configure(self.app["app_id"], settings)
        wanted = [
            SubscriptionCreateRequest(event_type="contact.creation", active=True),
            SubscriptionCreateRequest(
                event_type="contact.propertyChange", property_name="hubspot_owner_id", active=True
            ),
        ]
        subscriptions = self.webhooks.subscriptions_api
        self.addCleanup(self.unsubscribe)
        return [subscriptions.create(self.app["app_id"], request).id for request in wanted]

    def unsubscribe(self):
        subscriptions = self.webhooks.subscriptions_api
        for subscription in subscriptions.get_all(self.app["app_id"]).results:
            subscriptions.archive(subscription.id, self.app["app_id"])

    def signed(self, headers, body, version, secret):
        suffix = "-v3" if version == "v3" else ""
        return Signature.is_valid(
            signature=headers[f"X-HubSpot-Signature{suffix}"],
            client_secret=secret,
            request_body=body,
            http_uri=self.receiver.url,
            signature_version=version,
            timestamp=headers["X-HubSpot-Request-Timestamp"],
        )

    def test_creations_and_new_owners_come_signed(self):
        robin = self.caller("Robin")
        creation, change = self.subscribed()
        contacts = self.dana.crm.contacts.basic_api

        contact = contacts.create({"properties": {"lastname": "Told"}}).id
        contacts.update(contact, {"properties": {"hubspot_owner_id": robin["owner_id"]}})
        events = {}
        while len(events) < 2:
            headers, body = self.receiver.calls.get(timeout=10)
            for version in ["v1", "v3"]:
                self.assertTrue(self.signed(headers, body, version, self.app["client_secret"]), version)
                self.assertFalse(self.signed(headers, body, version, "another secret"), version)
                self.assertFalse(self.signed(headers, body + " ", version, self.app["client_secret"]), version)
            events.update({event["subscriptionId"]: event for event in json.loads(body)})

        self.assertEqual(set(events), {int(creation), int(change)})
        for event in events.values():
            self.assert_row(
                event,
                {"objectId": int(contact), "portalId": self.hubspot["portal"], "appId": self.app["app_id"]},
            )
        self.assert_row(
            events[int(change)], {"propertyName": "hubspot_owner_id", "propertyValue": robin["owner_id"]}
        )
        self.assert_created_by(contact, "Dana", "single")

    def test_what_was_subscribed_is_listed_and_taken_away(self):
        made = self.subscribed()
        app = self.app["app_id"]

        listed = self.webhooks.subscriptions_api.get_all(app).results
        self.webhooks.subscriptions_api.archive(made[0], app)
        left = self.webhooks.subscriptions_api.get_all(app).results

        self.assertEqual([subscription.id for subscription in listed], made)
        self.assertEqual([subscription.id for subscription in left], made[1:])
        self.assertEqual(self.webhooks.settings_api.get_all(app).target_url, self.receiver.url)
