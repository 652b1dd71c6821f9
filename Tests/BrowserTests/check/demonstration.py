"""A demonstration of its own: a year of cases in every state, with somebody of every role."""

import contextlib
import pathlib
import subprocess
import tempfile

from hand import Hand
from installation import FOLDERS, NotReady, serving

VISITORS = [
    "referrer",
    "coach",
    "manager",
    "commissioner",
    "analyst",
    "evaluator",
    "records",
    "admin",
    "resident",
]
LIMIT_SECONDS = 300


@contextlib.contextmanager
def demonstration(program, root, cases):
    """The address of a demonstration of so many cases; gone at the end."""
    program, root = pathlib.Path(program).resolve(), pathlib.Path(root).resolve()
    with tempfile.TemporaryDirectory(prefix="goodwork-demonstration-") as folder:
        FOLDERS.append(folder)
        environment = {
            "PATH": "/usr/bin:/bin",
            "GOODWORK_DATABASE": f"{folder}/demo.db",
            "GOODWORK_PROGRAMMES": str(root / "programmes"),
            "GOODWORK_ASSETS": str(root / "Assets"),
        }
        words = ["demo", "--lists", root / "fixtures", "--no-serve"]
        words += ["--cases", str(cases), "--database", f"{folder}/demo.db"]
        done = subprocess.run(
            [program, *words],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            timeout=LIMIT_SECONDS,
        )
        if done.returncode:
            raise NotReady(f"goodwork demo: {done.stderr.strip()}")
        with serving(program, pathlib.Path(folder), environment) as base:
            yield base


def login(who):
    return f"{who}@demo.example"


def signed_in(base, who):
    """The cookies of a visitor who signed in with one click."""
    hand = Hand(base).get("/sign-in")
    hand.send("/sign-in/demonstration", login=login(who))
    return hand.cookies
