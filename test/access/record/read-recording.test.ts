import { expect, test } from "vitest";
import { readRecording } from "../../../src/access/record/read-recording.ts";

const API = "api.mypurecloud.de";

test("reads a HAR, with a request that got no answer", () => {
  const entry = (method: string, url: string, status: number) => ({
    request: { method, url },
    response: { status },
  });
  const entries = [
    entry("GET", `https://${API}/api/v2/users/me?expand=x`, 200),
    entry("POST", "https://x/y", 0),
    {},
  ];
  expect(readRecording(JSON.stringify({ log: { entries } }))).toEqual([
    { method: "GET", host: API, path: "/api/v2/users/me", status: 200 },
    { method: "POST", host: "x", path: "/y", status: null },
  ]);
});

test("reads access logs in common and combined format, and the URLs of a proxy's log", () => {
  const log = [
    `10.0.0.1 - ann [29/Nov/2026:10:00:00 +0000] "GET /api/v2/users?x=1 HTTP/1.1" 200 512`,
    `10.0.0.1 - - [29/Nov/2026:10:00:00 +0000] "POST https://user:pw@${API.toUpperCase()}/api/v2/users HTTP/2.0" - 0 "-" "curl \\"8\\""`,
    "no access at all",
  ];
  expect(readRecording(log.join("\r\n"))).toEqual([
    { method: "GET", host: null, path: "/api/v2/users", status: 200 },
    { method: "POST", host: API, path: "/api/v2/users", status: null },
  ]);
});

test("reads `curl -v` with a tunnel, an interim answer, a redirect and a call without an answer", () => {
  const transcript = `* Connected to proxy
> CONNECT ${API}:443 HTTP/1.1
> Host: ${API}:443
< HTTP/1.1 200 Connection established
> POST /api/v2/users/search HTTP/2
> Host: ${API}
> Authorization: Bearer secret-token
< HTTP/2 100
< HTTP/2 302
> GET /api/v2/users/me HTTP/2
> Host: ${API}
< HTTP/2 200
{"id": "x"}
> DELETE /api/v2/tokens/me HTTP/2
* Recv failure`;
  expect(readRecording(transcript)).toEqual([
    { method: "POST", host: API, path: "/api/v2/users/search", status: 302 },
    { method: "GET", host: API, path: "/api/v2/users/me", status: 200 },
    { method: "DELETE", host: null, path: "/api/v2/tokens/me", status: null },
  ]);
});

test("reads NDJSON with a URL or with host and path", () => {
  const lines = [
    { method: "get", url: `https://${API}/api/v2/users`, status: 200 },
    { method: "PUT", host: API, path: "/api/v2/users/1", status: null },
    { message: "nothing" },
  ];
  expect(readRecording(lines.map((line) => JSON.stringify(line)).join("\n"))).toEqual([
    { method: "GET", host: API, path: "/api/v2/users", status: 200 },
    { method: "PUT", host: API, path: "/api/v2/users/1", status: null },
  ]);
});

test("nothing of headers, queries and bodies is kept", () => {
  const text = `> GET /api/v2/users?access_token=s3cret HTTP/1.1\n> Host: ${API}\n> Authorization: Bearer s3cret\n< HTTP/1.1 200 OK\n{"s3cret": 1}`;
  expect(JSON.stringify(readRecording(text))).not.toContain("s3cret");
});

test("a recording without a call is empty", () => {
  for (const text of ["", "{", "{}", "[]", "words\nand words", '{"log":{}}'])
    expect(readRecording(text)).toEqual([]);
});

test("the time to read a recording grows with its length", () => {
  for (const text of ["> GET /", '"GET /', "{", '"GET / HTTP/1.1" ', "host: ", "\n"]) {
    expect(readRecording(text.repeat(200_000))).toBeDefined();
  }
});
