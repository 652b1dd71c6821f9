"""A mail server and a false GOV.UK Notify on loopback, for one test.

Prints a line of JSON with their ports, then one for each message taken. Ends when its input does.
The mail server is aiosmtpd; Notify's tokens are checked by the code of Notify's own client library.
A mail address decides what the server says: busy@ 451, gone@ 550, spam@ 554 to the text; so does the
sender: barred@ 550, slow@ 451. Another mail server greets everybody with 554.
"""

import asyncio
import email
import email.policy
import json
import queue
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from aiosmtpd.smtp import SMTP
from notifications_python_client.authentication import decode_jwt_token, get_token_issuer

SECRET = "11111111-2222-4333-8444-555555555555"
# What Notify says of our key or service.
UNFIT = {
    "07700900101": "Can\u2019t send to this recipient using a team-only API key",
    "07700900102": "Can't send to this recipient when service is in trial mode",
    "07700900103": "Service is not allowed to send text messages",
}
lock = threading.Lock()


def say(value):
    with lock:
        print(json.dumps(value), flush=True)


class Mails:
    async def handle_MAIL(self, server, session, envelope, address, options):
        if address.startswith("barred@"):
            return "550 5.7.1 sender not allowed"
        if address.startswith("slow@"):
            return "451 try again later"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("gone@"):
            return "550 no such mailbox"
        if address.startswith("busy@"):
            return "451 try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if envelope.rcpt_tos[0].startswith("spam@"):
            return "554 looks like spam"
        mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
        say(
            {
                "from": envelope.mail_from,
                "to": envelope.rcpt_tos,
                "subject": mail["subject"],
                "id": mail["message-id"],
                "date": mail["date"].datetime.isoformat(),
                "auto": mail["auto-submitted"],
                "text": mail.get_body().get_content().replace("\r\n", "\n").rstrip("\n"),
                "defects": [str(defect) for defect in mail.defects],
            }
        )
        return "250 OK"


class Closed(asyncio.Protocol):
    def connection_made(self, transport):
        transport.write(b"554 5.7.1 blocked by policy\r\n")


class FalseNotify(BaseHTTPRequestHandler):
    def log_message(self, *args):
        pass

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        token = self.headers["Authorization"].removeprefix("Bearer ")
        status = 201
        try:
            decode_jwt_token(token, SECRET)
            body["service"] = get_token_issuer(token)
        except Exception as error:
            body, status = {"error": type(error).__name__}, 403
        address = body.get("email_address") or body.get("phone_number") or ""
        answer = {}
        if status == 201 and body["template_id"] == "none":
            status = 400
            answer = {"errors": [{"error": "BadRequestError", "message": "Template not found"}]}
        elif status == 201 and address in UNFIT:
            status = 400
            answer = {"errors": [{"error": "BadRequestError", "message": UNFIT[address]}]}
        elif status == 201 and address.endswith("000"):
            status = 400
            answer = {"errors": [{"error": "ValidationError", "message": "phone_number Not a valid number"}]}
        elif status == 201 and address.endswith("999"):
            status = 429
        elif status == 201:
            say({"path": self.path, **body})
        self.send_response(status)
        self.end_headers()
        self.wfile.write(json.dumps(answer).encode())


async def serve(ready):
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(Mails()), "127.0.0.1", 0)
    closed = await loop.create_server(Closed, "127.0.0.1", 0)
    ready.put([each.sockets[0].getsockname()[1] for each in (server, closed)])
    await server.serve_forever()


ready = queue.Queue()
threading.Thread(target=lambda: asyncio.run(serve(ready)), daemon=True).start()
notify = ThreadingHTTPServer(("127.0.0.1", 0), FalseNotify)
threading.Thread(target=notify.serve_forever, daemon=True).start()
smtp, closed = ready.get(timeout=60)
say({"smtp": smtp, "closed": closed, "notify": notify.server_port})
sys.stdin.read()
