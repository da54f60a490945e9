"""airbyte-source-salesforce, unmodified: its check and its read, by the hard-coded login host, through the proxy."""

import json
import os
import subprocess
import unittest
from datetime import datetime, timedelta, timezone

from mock import MockTestCase

SOURCE = os.path.join(os.environ.get("AIRBYTE_CLIENT", ""), "bin", "source-salesforce")


class AirbyteSourceTest(MockTestCase):
    def source(self, command, **files):
        """Runs the source; the messages that it printed."""
        arguments = [SOURCE, command]
        for option, content in files.items():
            path = os.path.join(self.folder.name, f"{option}.json")
            with open(path, "w", encoding="utf-8") as file:
                json.dump(content, file)
            arguments += [f"--{option}", path]
        environment = {
            **os.environ,
            "HTTPS_PROXY": self.ready["proxy_url"],
            "NO_PROXY": "",
            "REQUESTS_CA_BUNDLE": self.ready["ca_file"],
        }
        # It leaves files of what it read where it runs.
        ended = subprocess.run(
            arguments,
            cwd=self.folder.name,
            env=environment,
            capture_output=True,
            text=True,
            timeout=300,
        )
        self.assertEqual(ended.returncode, 0, (ended.stdout + ended.stderr)[-4000:])
        return [json.loads(line) for line in ended.stdout.splitlines() if line.startswith("{")]

    def config(self, user, **options):
        app = self.salesforce["app"]
        return {
            "client_id": app["client_id"],
            "client_secret": app["client_secret"],
            "refresh_token": user["refresh_token"],
            "is_sandbox": False,
            "start_date": (datetime.now(timezone.utc) - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "streams_criteria": [{"criteria": "exacts", "value": name} for name in ["Contact", "Account"]],
            **options,
        }

    def read(self, config, stream):
        """The records that the source reads of a stream, all of them."""
        discovered = self.source("discover", config=config)
        streams = next(
            message["catalog"]["streams"] for message in discovered if message["type"] == "CATALOG"
        )
        found = next(entry for entry in streams if entry["name"] == stream)
        configured = {"stream": found, "sync_mode": "full_refresh", "destination_sync_mode": "overwrite"}
        messages = self.source("read", config=config, catalog={"streams": [configured]})
        return [message["record"]["data"] for message in messages if message["type"] == "RECORD"]

    def test_check_accepts_a_refresh_token_and_refuses_a_bad_one(self):
        dana = self.user("salesforce", "Dana")
        for user, expected in [(dana, "SUCCEEDED"), ({**dana, "refresh_token": "5Aep861bad"}, "FAILED")]:
            with self.subTest(expected):
                messages = self.source("check", config=self.config(user))
                status = [
                    m["connectionStatus"]["status"] for m in messages if m["type"] == "CONNECTION_STATUS"
                ]
                self.assertEqual(status, [expected])

    def test_read_by_bulk_and_by_rest_gives_the_owner_and_the_creator_of_each_record(self):
        owners = {}
        for first_name in ["Dana", "Robin"]:
            user = self.user("salesforce", first_name)
            for number in range(3):
                record = self.create(user, "Contact", {"LastName": f"Read{first_name}{number}"})
                owners[record] = user["id"]
        for force_bulk in [True, False]:
            with self.subTest(force_use_bulk_api=force_bulk):
                config = self.config(self.user("salesforce", "Avery"), force_use_bulk_api=force_bulk)
                records = {record["Id"]: record for record in self.read(config, "Contact")}
                for record, owner in owners.items():
                    self.assert_row(records[record], {"OwnerId": owner, "CreatedById": owner})
