import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { connect as connectSecurely } from "node:tls";
import { expect, onTestFinished, test } from "vitest";
import { systemRandom } from "../../../src/core/random.ts";
import { Secret } from "../../../src/core/secret.ts";
import { readProxySettings } from "../../../src/http/connection/proxy-choice.ts";
import { createAuthority } from "../../../src/http/recording/authority.ts";
import { type SeenCall, startRecordingProxy } from "../../../src/http/recording/recording-proxy.ts";

const HOST = "api.mypurecloud.de";
const LOGIN = "Basic Z2Vuc2NvcGU6cGFzc3dvcmQ=";

/** Starts a proxy that records calls to HOST, and another server that must receive no request. */
async function setUp() {
  const authority = await createAuthority(Date.now(), systemRandom);
  const calls: SeenCall[] = [];
  const reached: string[] = [];
  const other = createServer((request, response) => {
    reached.push(request.url ?? "");
    response.end();
  });
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  const proxy = await startRecordingProxy({
    authority,
    authorization: new Secret(LOGIN),
    proxies: readProxySettings({}),
    caCertificates: [],
    isRecorded: (host) => host === HOST,
    onCall: (call) => calls.push(call),
  });
  onTestFinished(async () => {
    await proxy.close();
    other.close();
  });
  return { authority, proxy, calls, reached, otherPort: (other.address() as AddressInfo).port };
}

/** Sends text and returns the first line of the response. */
async function firstLine(socket: Socket, text: string): Promise<string> {
  socket.write(text);
  const [bytes] = await once(socket, "data");
  return String(bytes).split("\r\n", 1)[0] ?? "";
}

test.each([
  ["a request", (port: number) => `GET http://127.0.0.1:${port}/x HTTP/1.1\r\nHost: x\r\n\r\n`],
  [
    "a request with another password",
    (port: number) =>
      `GET http://127.0.0.1:${port}/x HTTP/1.1\r\nHost: x\r\nProxy-Authorization: Basic eDp5\r\n\r\n`,
  ],
  ["a tunnel", (port: number) => `CONNECT 127.0.0.1:${port} HTTP/1.1\r\n\r\n`],
  ["a tunnel to a recorded host", () => `CONNECT ${HOST}:443 HTTP/1.1\r\n\r\n`],
  [
    "an upgrade",
    (port: number) =>
      `GET http://127.0.0.1:${port}/x HTTP/1.1\r\nHost: x\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n`,
  ],
])("the recording proxy refuses %s from another program", async (_what, requestTo) => {
  const { proxy, calls, reached, otherPort } = await setUp();
  const socket = connect(proxy.port, "127.0.0.1");
  expect(await firstLine(socket, requestTo(otherPort))).toBe("HTTP/1.1 407 Proxy Authentication Required");
  expect([calls, reached]).toEqual([[], []]);
});

test.each([
  ["user information", (port: number) => `@127.0.0.1:${port}/x`],
  ["text that extends the port", (port: number) => `:1@127.0.0.1:${port}/x`],
  ["another URL", (port: number) => `http://127.0.0.1:${port}/x`],
  ["text that extends the host name", () => ".example.invalid/x"],
])(
  "the recording proxy does not let a request inside a tunnel choose another server by %s",
  async (_what, targetFor) => {
    const { authority, proxy, calls, reached, otherPort } = await setUp();
    const socket = connect(proxy.port, "127.0.0.1");
    const opened = `CONNECT ${HOST}:443 HTTP/1.1\r\nProxy-Authorization: ${LOGIN}\r\n\r\n`;
    expect(await firstLine(socket, opened)).toBe("HTTP/1.1 200 Connection established");
    const secure = connectSecurely({ socket, servername: HOST, ca: authority.certificate });
    await once(secure, "secureConnect");
    const request = `GET ${targetFor(otherPort)} HTTP/1.1\r\nHost: ${HOST}\r\nAuthorization: Bearer x\r\n\r\n`;
    expect(await firstLine(secure, request)).toBe("HTTP/1.1 400 Bad Request");
    expect([calls, reached]).toEqual([[], []]);
  },
);
