import { createServer, type Socket } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { type Clock, systemClock } from "../../../src/core/clock.ts";
import { shakeHands, type TlsTarget } from "../../../src/http/connection/tls-handshake.ts";
import { serveConnectProxy } from "../../support/connect-proxy.ts";
import { json, serve, serveTls } from "../../support/loopback-server.ts";
import { makeSelfSigned } from "../../support/self-signed.ts";

const PATIENT = { clock: systemClock, timeoutMs: 20_000 };

async function serveFor(hostName: string) {
  const identity = makeSelfSigned(hostName);
  const server = await serveTls(identity, (_request, response) => json(response, 200, {}));
  return { ...server, certificate: identity.certificate };
}

function target(url: string, rest: Partial<TlsTarget> = {}): TlsTarget {
  return { url: new URL(url), proxy: null, caCertificates: [], ...rest };
}

test("the TLS check reports the certificate of the server as trusted", async () => {
  const server = await serveFor("service.example");
  const { protocol, distrust, certificate } = await shakeHands(
    target(server.url, { caCertificates: [server.certificate] }),
    PATIENT,
  );

  expect([protocol, distrust, certificate?.issuer]).toEqual(["TLSv1.3", null, "CN=genscope test"]);
  expect(server.seen).toEqual([]);
});

test("the TLS check reports an untrusted certificate with the reason", async () => {
  const server = await serveFor("service.example");
  const { distrust, certificate } = await shakeHands(target(server.url), PATIENT);

  expect([distrust, certificate?.issuer]).toEqual(["DEPTH_ZERO_SELF_SIGNED_CERT", "CN=genscope test"]);
});

test("the TLS check reports that only the operating system trusts the authority", async () => {
  const server = await serveFor("service.example");
  const ofSystem = (certificate: string) => target(server.url, { systemAuthorities: () => [certificate] });
  const { distrust, isBySystem } = await shakeHands(ofSystem(server.certificate), PATIENT);
  expect([distrust, isBySystem]).toEqual([null, true]);

  const untrusted = await shakeHands(ofSystem(makeSelfSigned("another").certificate), PATIENT);
  expect([untrusted.distrust, untrusted.isBySystem]).toEqual(["DEPTH_ZERO_SELF_SIGNED_CERT", false]);
});

test("the TLS check reports a trusted certificate of another host", async () => {
  const server = await serveFor("service.example");
  const { distrust } = await shakeHands(
    target(`https://localhost:${server.port}`, { caCertificates: [server.certificate] }),
    PATIENT,
  );

  expect(distrust).toBe("ERR_TLS_CERT_ALTNAME_INVALID");
});

test("the TLS check tunnels through the proxy with the user name in its URL, and sends the server's host name", async () => {
  const server = await serveFor("service.example");
  const proxy = await serveConnectProxy(server.port);
  const { distrust } = await shakeHands(
    target("https://service.example", {
      proxy: new URL(`http://user:w%40rd@127.0.0.1:${proxy.port}`),
      caCertificates: [server.certificate],
    }),
    PATIENT,
  );

  expect(distrust).toBeNull();
  expect(proxy.tunnels).toEqual([
    { target: "service.example:443", authorization: `Basic ${btoa("user:w@rd")}` },
  ]);
});

test.each([
  [407, "add the proxy's user and password: `HTTPS_PROXY=http://USER:PASSWORD@HOST:PORT`"],
  [
    403,
    "ask the proxy's owner to allow that host, or add the host to `NO_PROXY` if it can be reached directly",
  ],
])("the TLS check reports a proxy that refuses with %i", async (status, hint) => {
  const proxy = await serveConnectProxy(0, status);
  const url = new URL(`http://user:password@127.0.0.1:${proxy.port}`);

  await expect(shakeHands(target("https://service.example", { proxy: url }), PATIENT)).rejects.toMatchObject({
    code: "network.proxy",
    message: `the proxy \`127.0.0.1:${proxy.port}\` refused a connection to \`service.example:443\` (${status})`,
    hint,
  });
});

test("the TLS check reports a server without TLS", async () => {
  const server = await serve((_request, response) => json(response, 200, {}));

  await expect(shakeHands(target(server.url.replace("http:", "https:")), PATIENT)).rejects.toMatchObject({
    code: "network.tls",
  });
});

test("the TLS check reports a port that refuses connections", async () => {
  await expect(shakeHands(target("https://127.0.0.1:1"), PATIENT)).rejects.toMatchObject({
    code: "network.refused",
    message: "`127.0.0.1:1` does not accept connections (ECONNREFUSED)",
  });
});

/** Accepts connections and sends nothing. `ended` resolves when the client disconnects. */
async function serveSilence() {
  const sockets: Socket[] = [];
  let accept = () => {};
  let end = () => {};
  const accepted = new Promise<void>((resolve) => {
    accept = resolve;
  });
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on("error", () => undefined).once("close", end);
    socket.resume();
    accept();
  });
  const port = await new Promise<number>((resolve) =>
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : 0);
    }),
  );
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { port, accepted, ended };
}

test("the TLS check ends at the deadline and closes the connection", async () => {
  const { port, accepted, ended } = await serveSilence();
  const limits: number[] = [];
  const clock: Clock = {
    now: () => 0,
    monotonicMs: () => 0,
    sleep: async (delayMs) => {
      limits.push(delayMs);
      await accepted;
    },
  };

  await expect(
    shakeHands(target(`https://127.0.0.1:${port}`), { clock, timeoutMs: 4_000 }),
  ).rejects.toMatchObject({
    code: "network.timeout",
    message: `no complete response from \`127.0.0.1:${port}\` within 4000 ms`,
  });
  expect(limits).toEqual([4_000]);
  await ended;
});

test("the TLS check stops the handshake when it is interrupted", async () => {
  const { port, accepted, ended } = await serveSilence();
  const interruption = new AbortController();
  const shaking = shakeHands(target(`https://127.0.0.1:${port}`), {
    ...PATIENT,
    signal: interruption.signal,
  });
  const failure = expect(shaking).rejects.toMatchObject({ code: "interrupted", exit: "interrupted" });
  await accepted;
  interruption.abort();

  await failure;
  await ended;
});
