import { expect, test } from "vitest";
import { excessOf, readRecording } from "../../../src/access/record/read-recording.ts";

const read = (text: string) => [...readRecording(text)];
const API = "api.mypurecloud.de";

test("reads a HAR, with a request that got no response", () => {
  const entry = (method: string, url: string, status: number) => ({
    request: { method, url },
    response: { status },
  });
  const entries = [
    entry("GET", `https://${API}/api/v2/users/me?expand=x`, 200),
    entry("POST", "https://x/y", 0),
    {},
  ];
  expect(read(JSON.stringify({ log: { entries } }))).toEqual([
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
  expect(read(log.join("\r\n"))).toEqual([
    { method: "GET", host: null, path: "/api/v2/users", status: 200 },
    { method: "POST", host: API, path: "/api/v2/users", status: null },
  ]);
});

test("reads `curl -v` with a tunnel, an interim response, a redirect and a call without a response", () => {
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
  expect(read(transcript)).toEqual([
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
  expect(read(lines.map((line) => JSON.stringify(line)).join("\n"))).toEqual([
    { method: "GET", host: API, path: "/api/v2/users", status: 200 },
    { method: "PUT", host: API, path: "/api/v2/users/1", status: null },
  ]);
});

test("keeps nothing from the headers, queries and bodies of recorded requests", () => {
  const text = `> GET /api/v2/users?access_token=s3cret HTTP/1.1\n> Host: ${API}\n> Authorization: Bearer s3cret\n< HTTP/1.1 200 OK\n{"s3cret": 1}`;
  expect(JSON.stringify(read(text))).not.toContain("s3cret");
});

test("reads a recording without calls as an empty list", () => {
  for (const text of ["", "{", "{}", "[]", "words\nand words", '{"log":{}}']) expect(read(text)).toEqual([]);
});

test("reads a recording in linear time", () => {
  for (const text of ["> GET /", '"GET /', "{", '"GET / HTTP/1.1" ', "host: ", "\n"]) {
    expect(read(text.repeat(200_000))).toBeDefined();
  }
});

test("ignores entries whose method is not an HTTP method", () => {
  const methods = ["Bearer s3cret", "GET\u001b[2J", "G".repeat(1_000), "__proto__ ", ""];
  const lines = methods.map((method) => JSON.stringify({ method, url: `https://${API}/api/v2/users` }));
  expect(read(lines.join("\n"))).toEqual([]);
  const entries = methods.map((method) => ({ request: { method, url: `https://${API}/api/v2/users` } }));
  expect(read(JSON.stringify({ log: { entries } }))).toEqual([]);
});

test.each([
  ["a HAR on one line", (values: string) => `{"log":{"entries":[${values}]}}`],
  ["a HAR on several lines", (values: string) => `{\n"log":{"entries":[\n${values}\n]}}\n`],
  ["a line of NDJSON", (values: string) => `{"method":"GET"}\n{"x":[${values}]}\n`],
])("names the limit that a recording exceeds: %s", (_what, recordingOf) => {
  expect(excessOf(recordingOf(`${"{},".repeat(2_100_000)}{}`))).toBe("more than 4,000,000 values");
  expect(excessOf(recordingOf(`${"{},".repeat(1_000)}{}`))).toBeNull();
});

test("reads NDJSON with any number of lines", () => {
  const text = `{"method":"GET","x":[${"0,".repeat(100)}0]}\n`.repeat(50_000);
  expect(excessOf(text)).toBeNull();
});

test("reads one line at a time instead of keeping a list of lines", () => {
  const before = process.memoryUsage().heapUsed;
  const calls = readRecording(`${"\n".repeat(30_000_000)}"GET /api/v2/users HTTP/1.1" 200`);
  expect(calls.next().value).toMatchObject({ path: "/api/v2/users" });
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(100_000_000);
});
