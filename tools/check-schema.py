"""Holds programme files to docs/programme-file.schema.json, or other files to another schema.

Usage: check-schema.py [NAME.schema.json] FILE-OR-FOLDER...
Exits 1 and says each place where a file and the schema disagree.
"""

import json
import pathlib
import sys

import jsonschema
import yaml


class Text(yaml.SafeLoader):
    """Reads YAML 1.2's core schema as Goodwork does: yes, no and dates stay text."""


Text.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(("bool", "timestamp"))]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Text.add_implicit_resolver(
    "tag:yaml.org,2002:bool", __import__("re").compile("^(?:true|false)$"), list("tf")
)


def main() -> int:
    root = pathlib.Path(__file__).resolve().parent.parent
    names = sys.argv[1:]
    path = root / "docs/programme-file.schema.json"
    if names and names[0].endswith(".schema.json"):
        path = pathlib.Path(names.pop(0))
    schema = json.loads(path.read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    files = []
    for name in names:
        path = pathlib.Path(name)
        files += sorted(path.glob("*.yaml")) if path.is_dir() else [path]
    faults = 0
    for path in files:
        for error in validator.iter_errors(yaml.load(path.read_text(), Loader=Text)):
            faults += 1
            place = "/".join(str(part) for part in error.absolute_path)
            print(f"{path}: {place}: {error.message}", file=sys.stderr)
    print(f"{len(files)} files agree with the schema" if not faults else f"{faults} faults")
    return 1 if faults or not files else 0


if __name__ == "__main__":
    sys.exit(main())
