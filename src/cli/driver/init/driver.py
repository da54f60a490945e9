"""A driver: it speaks the driver protocol, and acts as Apollo for your sync code.

Standard output is for answers alone: one line each, flushed. Logs go to standard error, where Python's logging writes anyway.
"""

import json
import sys
import traceback

# YOUR CODE: say what works, and nothing else. What is not declared is not asked for, and reported as unsupported. For example
# "crm:salesforce", "crm:hubspot", "record:contact", "record:account", "record:lead", "source:manual", "source:csv",
# "mode:single", "mode:bulk", "activity:call", "update", "error_log"; `crm-conformance driver schema` has them all.
CAPABILITIES = []


class Unsupported(Exception):
    """Raised with the capability that is missing."""


class Refused(Exception):
    """The params make no sense, such as an id that nobody knows."""


class Team:
    """The Apollo team of one scenario. Nothing of it may outlive the scenario."""

    def __init__(self, scenario=None):
        # URLs and OAuth apps of both CRMs, and push settings: see reset.params of the schema.
        self.scenario = scenario
        self.users = {}
        self.logins = {}
        self.team_sync = {}

    def add_user(self, params):
        self.users[params["user"]] = params
        return {}

    def link(self, params):
        self.logins[self.known(params["user"]), params["crm"]] = params["grant"]
        return {}

    def unlink(self, params):
        if self.logins.pop((params["user"], params["crm"]), None) is None:
            raise Refused("there is no such login")
        return {}

    def connect_team_sync(self, params):
        self.team_sync[params["crm"]] = params["grant"]
        return {}

    def disconnect_team_sync(self, params):
        if self.team_sync.pop(params["crm"], None) is None:
            raise Refused("team sync is not connected")
        return {}

    def known(self, user):
        if user not in self.users:
            raise Refused("there is no user " + user)
        return user

    # YOUR CODE: from here on. Each method takes the params and returns the result that the schema shows.

    def create_record(self, params):
        raise Unsupported("record:" + params["kind"])  # {"record": "a1", "owner": params["user"]}

    def update_record(self, params):
        raise Unsupported("update")  # {"record": "a1", "owner": "u1"}

    def read_record(self, params):
        raise Refused("there is no record " + params["record"])  # {"record": "a1", "owner": "u1"}

    def push(self, params):
        # One result a record, in order, once the CRM has answered:
        # {"results": [{"record": "a1", "outcome": "pushed", "crm_id": "003…"}]}, or
        # {"record": "a1", "outcome": "refused", "reason": "no_credential", "message": "…"}
        raise Unsupported("crm:" + params["crm"])

    def log_activity(self, params):
        raise Unsupported("activity:" + params["type"])  # as push, with "activity" for "record"

    def error_log(self, params):
        raise Unsupported("error_log")  # {"entries": []}


METHODS = {
    "user.add": Team.add_user,
    "credential.link": Team.link,
    "credential.unlink": Team.unlink,
    "team_sync.connect": Team.connect_team_sync,
    "team_sync.disconnect": Team.disconnect_team_sync,
    "record.create": Team.create_record,
    "record.update": Team.update_record,
    "record.read": Team.read_record,
    "push": Team.push,
    "activity.log": Team.log_activity,
    "error_log": Team.error_log,
}

team = Team()


def answer(method, params):
    global team
    if method == "hello":
        return {"protocol": 1, "name": "my-sync", "version": "0.1", "capabilities": CAPABILITIES}
    if method == "reset":
        team = Team(params)
        return {}
    return METHODS[method](team, params)


def respond(request):
    response = {"jsonrpc": "2.0", "id": request["id"]}
    method = request["method"]
    # Looked up before anything is called: a KeyError inside a method is a failure, not an unknown method.
    if method not in METHODS and method not in ("hello", "reset"):
        response["error"] = {"code": -32601, "message": "there is no method " + method}
        return response
    try:
        response["result"] = answer(method, request["params"])
    except Unsupported as missing:
        response["error"] = {"code": 2, "message": f"no {missing}", "data": {"capability": str(missing)}}
    except Refused as why:
        response["error"] = {"code": -32602, "message": str(why)}
    except Exception as error:
        response["error"] = {"code": 1, "message": repr(error), "data": {"trace": traceback.format_exc()}}
    return response


for line in sys.stdin.buffer:
    print(json.dumps(respond(json.loads(line))), flush=True)
