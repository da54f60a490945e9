"""The driver: crm-conformance writes a JSON-RPC request a line to stdin, and reads an answer a line from stdout."""

import argparse
import json
import sys
import traceback

from acme_sync import faults
from acme_sync.apollo import NotInApollo
from acme_sync.methods import METHODS, Methods, Unsupported


def answer(methods: Methods, request: dict) -> dict:
    """The result of a request, or why there is none."""
    if request["method"] not in METHODS:
        return {"error": {"code": -32601, "message": f"there is no method {request['method']}"}}
    try:
        return {"result": METHODS[request["method"]](methods, request.get("params") or {})}
    except Unsupported as error:
        return {"error": {"code": 2, "message": str(error), "data": {"capability": error.capability}}}
    except NotInApollo as error:
        return {"error": {"code": -32602, "message": str(error)}}
    except Exception as error:
        return {"error": {"code": 1, "message": repr(error), "data": {"trace": traceback.format_exc()}}}


def main() -> None:
    """Answers until stdin ends. Whatever a library prints goes to stderr, so that stdout is the protocol's alone."""
    methods, protocol, sys.stdout = Methods(), sys.stdout, sys.stderr
    sys.stdin.reconfigure(encoding="utf-8")
    for line in sys.stdin:
        request = json.loads(line)
        response = {"jsonrpc": "2.0", "id": request["id"], **answer(methods, request)}
        print(json.dumps(response), file=protocol, flush=True)


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--fault", choices=faults.FAULTS, help="make a realistic mistake, for the suite to catch")
    faults.switch_on(arguments.parse_args().fault)
    main()
