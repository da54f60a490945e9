"""A portal with people, apps and tokens of every kind, for the tests of HubSpot's clients."""

import functools
import json
import os

from mock import MockTestCase

PORTAL = os.path.join(os.path.dirname(__file__), "portal.json")
# Two users who have installed the same app, one whose token is that of a private app, and one with a service key.
CALLERS = ["Dana", "Robin", "Sam", "Kim"]


def as_each_caller(test):
    """Runs a test once for each of the callers, whose first name it gets."""

    @functools.wraps(test)
    def run(case):
        for first_name in CALLERS:
            with case.subTest(first_name):
                test(case, first_name)

    return run


class PortalTestCase(MockTestCase):
    """Tests against one mock-crm, with the portal of `portal.json`."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with open(PORTAL, encoding="utf-8") as file:
            portal = cls.control("/orgs", body={"hubspot": json.load(file)})["hubspot"]
        cls.hubspot = {**cls.hubspot, **portal}
        cls.ready["hubspot"] = cls.hubspot

    @classmethod
    def caller(cls, first_name):
        return cls.user("hubspot", first_name)

    def installed(self, first_name, client_id):
        """The tokens of this user for another app than the first."""
        body = {"user": self.caller(first_name)["name"], "client_id": client_id}
        return self.control(f"/orgs/{self.hubspot['portal']}/tokens", body=body)

    def app_of(self, first_name):
        return {"Sam": "3209723", "Kim": "3209724"}.get(first_name, str(self.hubspot["app"]["app_id"]))

    def assert_created_by(self, record, first_name, door, owner=None):
        """One row of the ledger: by this user's token and this door, owned by `owner`, a user, or by nobody."""
        user = self.caller(first_name)
        self.assert_row(
            self.create_of("hubspot", str(record)),
            {
                "api": door,
                "owner_requested": owner and owner["owner_id"],
                "owner": owner and owner["owner_id"],
                "owner_user": owner and str(owner["user_id"]),
                "owner_reason": "requested" if owner else "blank",
                "created_by": str(user["user_id"]),
                "created_by_reason": "token",
                "user": str(user["user_id"]),
                "token": user["token_id"],
                "app": self.app_of(first_name),
            },
        )

    def fault(self, action, **calls):
        """Something goes wrong with the next call that matches, in this portal alone."""
        body = {"crm": "hubspot", "org": str(self.hubspot["portal"]), "action": action, **calls}
        fault = self.control("/faults", body=body)["id"]
        self.addCleanup(self.control, f"/faults/{fault}", method="DELETE")
        return fault

    def played(self, fault):
        """How many calls a fault was played to."""
        return next(f["hits"] for f in self.control("/faults")["faults"] if f["id"] == fault)

    def count(self):
        """How many records were created in the portal."""
        org = str(self.hubspot["portal"])
        return len(self.control("/creates", crm="hubspot", org=org, limit=1000)["creates"])
