"""Serves pages that were written to a folder, as the server would: for checks without one."""

import contextlib
import functools
import http.server
import pathlib
import threading

TYPES = {".html": "text/html; charset=utf-8", ".css": "text/css", ".svg": "image/svg+xml"}
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


class Handler(http.server.BaseHTTPRequestHandler):
    def __init__(self, folder, *arguments):
        self.folder = folder
        super().__init__(*arguments)

    def do_GET(self):
        file = (self.folder / self.path.split("?")[0].lstrip("/")).resolve()
        if file.is_dir():
            file = file / "index.html"
        is_there = file.is_relative_to(self.folder) and file.is_file()
        body = file.read_bytes() if is_there else b"not there"
        status = 404 if not is_there else 422 if b"<title>Error: " in body else 200
        self.send_response(status)
        self.send_header("Content-Type", TYPES.get(file.suffix, "text/plain"))
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", POLICY)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def serving(folder):
    """Lends the address of a server for the time of a block."""
    root = pathlib.Path(folder).resolve()
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Handler, root)
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()


def journeys(folder):
    """One journey to each page of the folder."""
    root = pathlib.Path(folder)
    found = []
    for file in sorted(root.rglob("index.html")):
        place = file.parent.relative_to(root).as_posix()
        path = "/" if place == "." else f"/{place}"
        status = 422 if b"<title>Error: " in file.read_bytes() else 200
        name = "start" if place == "." else place.replace("/", "-")
        found.append({"as": None, "path": path, "name": name, "status": status})
    return found
