"""The mock-crm binary, started for a class of tests, and what its control API says."""

import json
import os
import subprocess
import tempfile
import unittest
import urllib.parse
import urllib.request


class MockTestCase(unittest.TestCase):
    """Tests against one mock-crm with its demo org and portal."""

    # More of the command line.
    options = ()

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        command = [os.environ["MOCK_CRM"], "--json", "--ca-dir", cls.folder.name, *cls.options]
        ports = ["--salesforce-port", "--hubspot-port", "--proxy-port", "--control-port"]
        for port in ports:
            command += [port, "0"]
        cls.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        cls.addClassCleanup(cls.stop)
        cls.ready = json.loads(cls.process.stdout.readline())
        cls.salesforce = cls.ready["salesforce"]
        cls.hubspot = cls.ready["hubspot"]

    @classmethod
    def stop(cls):
        cls.process.terminate()
        cls.process.stdout.close()
        code = cls.process.wait(timeout=10)
        if code != 0:
            raise AssertionError(f"mock-crm ended with {code}")

    @classmethod
    def user(cls, crm, name):
        """What mock-crm printed about a user, found by first name."""
        return next(user for user in cls.ready[crm]["users"] if user["name"].startswith(name))

    @classmethod
    def control(cls, path, body=None, method=None, **query):
        """Asks the control API, with POST if there is a body: its answer, if it has one."""
        control = cls.ready["control"]
        url = f"{control['url']}{path}?{urllib.parse.urlencode(query)}"
        headers = {"Authorization": f"Bearer {control['token']}", "Content-Type": "application/json"}
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(url, data=data, headers=headers, method=method)
        # The proxy of a test's environment is not for the control API.
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(request, timeout=10) as answer:
            text = answer.read()
        return json.loads(text) if text else None

    def create(self, user, sobject, fields):
        """Creates a Salesforce record without any client: its id."""
        request = urllib.request.Request(
            f"{self.salesforce['url']}/services/data/v60.0/sobjects/{sobject}",
            data=json.dumps(fields).encode(),
            headers={"Authorization": f"Bearer {user['token']}", "Content-Type": "application/json"},
        )
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=10) as answer:
            return json.load(answer)["id"]

    def create_of(self, crm, record):
        """The one row that the ledger has of a record."""
        org = str(self.ready[crm]["org" if crm == "salesforce" else "portal"])
        creates = self.control("/creates", crm=crm, org=org, record=record)["creates"]
        self.assertEqual(len(creates), 1, creates)
        return creates[0]

    def assert_row(self, row, expected):
        self.assertEqual({name: row[name] for name in expected}, expected)

    def environment(self, **variables):
        """Sets environment variables until the test ends."""
        saved = {name: os.environ.get(name) for name in variables}

        def restore():
            for name, value in saved.items():
                os.environ.pop(name, None)
                if value is not None:
                    os.environ[name] = value

        self.addCleanup(restore)
        os.environ.update(variables)
