#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""git_server.py DIRECTORY TOKEN [ADDRESS]: serves the repositories of a directory over http on a port of
127.0.0.1 of its own, which it prints, to whoever logs in as x-access-token with that token. With an
address it serves nothing, and sends everybody there."""
import base64
import http.server
import os
import subprocess
import sys

DIRECTORY, TOKEN = sys.argv[1:3]
ELSEWHERE = sys.argv[3] if len(sys.argv) > 3 else None
LOGIN = "Basic " + base64.b64encode(f"x-access-token:{TOKEN}".encode()).decode()


class Handler(http.server.BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def answer(self):
        if ELSEWHERE:
            self.send_response(302)
            self.send_header("Location", ELSEWHERE + self.path)
            self.send_header("Content-Length", "0")
            return self.end_headers()
        if self.headers.get("Authorization") != LOGIN:
            self.send_response(401)
            self.send_header("WWW-Authenticate", 'Basic realm="git"')
            self.send_header("Content-Length", "0")
            return self.end_headers()
        path, _, query = self.path.partition("?")
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        environment = os.environ | {
            "GIT_PROJECT_ROOT": DIRECTORY, "GIT_HTTP_EXPORT_ALL": "1", "PATH_INFO": path,
            "QUERY_STRING": query, "REQUEST_METHOD": self.command, "REMOTE_USER": "someone",
            "CONTENT_TYPE": self.headers.get("Content-Type", ""), "CONTENT_LENGTH": str(len(body)),
            "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
            "GIT_PROTOCOL": self.headers.get("Git-Protocol", "")}
        done = subprocess.run(["git", "http-backend"], env=environment, input=body,
                              stdout=subprocess.PIPE, check=True)
        head, _, content = done.stdout.partition(b"\r\n\r\n")
        fields = dict(line.split(": ", 1) for line in head.decode().split("\r\n"))
        self.send_response(int(fields.pop("Status", "200").split()[0]))
        for name, value in fields.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = answer


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
print(server.server_port, flush=True)
server.serve_forever()
