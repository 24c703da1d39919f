import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { systemClock } from "../../../src/core/clock.ts";
import { openTunnel } from "../../../src/http/connection/proxy-tunnel.ts";
import { shakeHands } from "../../../src/http/connection/tls-handshake.ts";
import { undiciTransport } from "../../../src/http/transport/undici-transport.ts";
import { serveConnectProxy } from "../../support/connect-proxy.ts";
import { json, serveTls } from "../../support/loopback-server.ts";
import { makeSelfSigned } from "../../support/self-signed.ts";

const VARIABLE = "NODE_TLS_REJECT_UNAUTHORIZED";

/** Node reads this variable from its own environment for every connection. */
beforeEach(() => {
  const before = process.env[VARIABLE];
  process.env[VARIABLE] = "0";
  return () => {
    if (before === undefined) delete process.env[VARIABLE];
    else process.env[VARIABLE] = before;
  };
});

async function serveUntrusted() {
  return await serveTls(makeSelfSigned("service.example"), (_request, response) => json(response, 200, {}));
}

async function send(url: string, httpsProxy: string | undefined): Promise<unknown> {
  const { transport, close } = undiciTransport({
    httpsProxy,
    userAgent: "genscope/0",
    defaultTimeoutMs: 20_000,
    clock: systemClock,
  });
  onTestFinished(close);
  return await transport({ method: "GET", url: new URL(url) });
}

describe("NODE_TLS_REJECT_UNAUTHORIZED does not make an untrusted certificate acceptable", () => {
  test("in a direct connection", async () => {
    const server = await serveUntrusted();
    await expect(send(server.url, undefined)).rejects.toMatchObject({ code: "network.tls" });
    expect(server.seen).toEqual([]);
  });

  test("behind a proxy", async () => {
    const server = await serveUntrusted();
    const proxy = await serveConnectProxy(server.port);
    await expect(send("https://service.example", `http://127.0.0.1:${proxy.port}`)).rejects.toMatchObject({
      code: "network.tls",
    });
    expect(server.seen).toEqual([]);
    expect(proxy.tunnels).toHaveLength(1);
  });

  test("from a proxy itself", async () => {
    const proxy = await serveUntrusted();
    await expect(send("https://service.example", proxy.url)).rejects.toMatchObject({ code: "network.tls" });
    expect(proxy.seen).toEqual([]);
  });

  test("from a proxy that `doctor` tunnels through", async () => {
    const proxy = await serveUntrusted();
    const options = { caCertificates: [], signal: new AbortController().signal };
    await expect(openTunnel(new URL(proxy.url), "service.example:443", options)).rejects.toMatchObject({
      code: "DEPTH_ZERO_SELF_SIGNED_CERT",
    });
  });

  test("in the handshake of `doctor`, which still reports the issuer", async () => {
    const server = await serveUntrusted();
    const target = { url: new URL(server.url), proxy: null, caCertificates: [] };
    const shown = await shakeHands(target, { clock: systemClock, timeoutMs: 20_000 });
    expect([shown.protocol, shown.distrust, shown.certificate?.issuer]).toEqual([
      "TLSv1.3",
      "DEPTH_ZERO_SELF_SIGNED_CERT",
      "CN=genscope test",
    ]);
  });
});
