import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import { createServer as createTcpServer, type Socket } from "node:net";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Clock } from "../../../src/core/clock.ts";
import { systemClock } from "../../../src/core/clock.ts";
import { type AppError, InterruptedError, NetworkError } from "../../../src/core/errors.ts";
import { systemRandom } from "../../../src/core/random.ts";
import { Secret } from "../../../src/core/secret.ts";
import { retryRequests } from "../../../src/http/retry/retry.ts";
import { discardBody, readBody } from "../../../src/http/transport/body.ts";
import type { HttpRequest } from "../../../src/http/transport/transport.ts";
import {
  type UndiciTransportOptions,
  undiciTransport,
} from "../../../src/http/transport/undici-transport.ts";
import { serveConnectProxy } from "../../support/connect-proxy.ts";
import { FakeClock } from "../../support/fake-clock.ts";
import { json, listen, serve, serveTls } from "../../support/loopback-server.ts";
import { makeSelfSigned } from "../../support/self-signed.ts";

function makeTransport(options: Partial<UndiciTransportOptions> = {}) {
  const { transport, close } = undiciTransport({
    userAgent: "genscope/test",
    defaultTimeoutMs: 20_000,
    clock: systemClock,
    ...options,
  });
  onTestFinished(close);
  return transport;
}

function get(url: string, rest: Partial<HttpRequest> = {}): HttpRequest {
  return { method: "GET", url: new URL(url), ...rest };
}

async function readText(response: Parameters<typeof readBody>[0], maxBytes?: number): Promise<string> {
  return Buffer.from(await readBody(response, maxBytes)).toString("utf8");
}

async function failureOf(work: Promise<unknown>): Promise<AppError> {
  return work.then(
    () => {
      throw new Error("the work did not fail");
    },
    (error: AppError) => error,
  );
}

/** Starts a TCP server that accepts connections and never writes, so that no TLS handshake completes. */
async function serveSilence() {
  const opened: Socket[] = [];
  let taken = 0;
  const server = createTcpServer((socket) => void opened.push(socket.on("error", () => {})));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? (address?.port ?? 0) : 0;
  onTestFinished(() => {
    for (const socket of opened) socket.destroy();
    server.close();
  });
  return {
    port,
    /** Resolves when a connection arrives that no earlier call returned for. */
    connected: async () => {
      if (opened.length === taken) await once(server, "connection");
      taken += 1;
    },
    /** Resolves when the peer has ended the latest connection. */
    disconnected: async () => {
      const socket = opened.at(-1);
      if (socket !== undefined && !socket.closed) await once(socket.resume(), "close");
    },
  };
}

/** Returns a clock whose sleeps end when the test calls `ring`. */
function manualClock(): Clock & { readonly ring: () => void } {
  const waiting: (() => void)[] = [];
  return {
    now: () => 0,
    monotonicMs: () => 0,
    sleep: (_delayMs, signal) =>
      new Promise((resolve, reject) => {
        waiting.push(resolve);
        signal?.addEventListener("abort", () => reject(signal.reason));
      }),
    ring: () => {
      for (const wake of waiting) wake();
    },
  };
}

describe("a sent request", () => {
  test("has headers with their secrets, the user agent of genscope and a JSON body", async () => {
    const server = await serve((_request, response) => json(response, 200, { fine: true }));
    const response = await makeTransport()({
      method: "POST",
      url: new URL(`${server.url}/api/v2/x?y=1`),
      headers: { Authorization: new Secret("Bearer the-token") },
      body: { kind: "json", value: { interval: "P1D" } },
    });

    expect(await readText(response)).toBe('{"fine":true}');
    expect(server.seen[0]).toMatchObject({
      method: "POST",
      path: "/api/v2/x?y=1",
      body: '{"interval":"P1D"}',
      headers: {
        authorization: "Bearer the-token",
        "content-type": "application/json",
        "user-agent": "genscope/test",
        accept: "application/json",
      },
    });
  });

  test("encodes a form as RFC 6749 appendix B requires", async () => {
    const server = await serve((_request, response) => json(response, 200, {}));
    const response = await makeTransport()({
      method: "POST",
      url: new URL(server.url),
      body: { kind: "form", fields: { grant_type: "x y", client_secret: new Secret("a&b=c+d") } },
    });
    await discardBody(response);

    expect(server.seen[0]?.body).toBe("grant_type=x+y&client_secret=a%26b%3Dc%2Bd");
    expect(server.seen[0]?.headers["content-type"]).toBe("application/x-www-form-urlencoded");
  });

  test("does not follow a redirect to a second host", async () => {
    const other = await serve((_request, response) => json(response, 200, {}));
    const server = await serve((_request, response) =>
      response.writeHead(302, { location: `${other.url}/stolen` }).end(),
    );
    const response = await makeTransport()(
      get(server.url, { headers: { authorization: new Secret("Bearer the-token") } }),
    );
    await discardBody(response);

    expect(response.status).toBe(302);
    expect(response.headers["location"]).toBe(`${other.url}/stolen`);
    expect(other.seen).toEqual([]);
  });
});

describe("a received response", () => {
  const text = "ünïcode ".repeat(1_000);

  test.each([
    ["gzip", gzipSync(text)],
    ["deflate", deflateSync(text)],
    ["br", brotliCompressSync(text)],
    ["identity", Buffer.from(text)],
  ])("has its %s body decoded", async (encoding, body) => {
    const server = await serve((_request, response) =>
      response.writeHead(200, { "content-encoding": encoding }).end(body),
    );

    expect(await readText(await makeTransport()(get(server.url)))).toBe(text);
  });

  test("has one value for each repeated header", async () => {
    const server = await serve((_request, response) =>
      response
        .writeHead(
          200,
          [
            ["Vary", "a"],
            ["Vary", "b"],
          ].flat(),
        )
        .end(),
    );
    const response = await makeTransport()(get(server.url));
    await discardBody(response);

    expect(response.headers["vary"]).toBe("a, b");
  });

  test("is refused when its decompressed body is too large", async () => {
    const server = await serve((_request, response) =>
      response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(Buffer.alloc(3 * 1024 * 1024))),
    );
    const error = await failureOf(readText(await makeTransport()(get(server.url)), 1024 * 1024));

    expect(error).toBeInstanceOf(NetworkError);
    expect(error).toMatchObject({ code: "network.too_large", message: "the response is larger than 1 MiB" });
  });
});

describe("a failure is reported once, as an error of genscope, for", () => {
  const cutShort = (response: ServerResponse) => {
    response.writeHead(200, { "content-length": "100" });
    response.write("only this");
    response.socket?.end();
  };

  test.each<[string, (response: ServerResponse) => void, string]>([
    ["a body shorter than its content-length", cutShort, "network.reset"],
    [
      "a truncated gzip body",
      (response) => {
        const whole = gzipSync("a long enough text ".repeat(100));
        response.writeHead(200, { "content-encoding": "gzip" }).end(whole.subarray(0, whole.length - 12));
      },
      "network.reset",
    ],
    [
      "a body that is not gzip as declared",
      (response) => void response.writeHead(200, { "content-encoding": "gzip" }).end("plain"),
      "network.invalid_response",
    ],
    ["a broken connection", (response) => void response.socket?.destroy(), "network.reset"],
  ])("%s", async (_name, answer, code) => {
    const server = await serve((_request, response) => answer(response));
    const transport = makeTransport();
    const error = await failureOf((async () => readText(await transport(get(server.url))))());

    expect(error).toBeInstanceOf(NetworkError);
    expect(error.code).toBe(code);
    expect(error.message).toContain(`127.0.0.1:${server.port}`);
    expect(error.cause).toBeInstanceOf(Error);
  });

  test("a server that does not speak HTTP, whose greeting is not in the error", async () => {
    const tcp = createTcpServer((socket) => {
      socket.on("error", () => undefined);
      socket.resume().end("220 smtp.example.com the-token ESMTP\r\n");
    });
    await new Promise<void>((resolve) => tcp.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => new Promise((resolve) => tcp.close(() => resolve())));
    const address = tcp.address();
    const port = typeof address === "object" ? address?.port : 0;
    const error = await failureOf(makeTransport()(get(`http://127.0.0.1:${port}`)));

    expect(error).toMatchObject({ name: "NetworkError", code: "network.invalid_response" });
    expect(Object.keys(error.cause as object)).not.toContain("data");
  });

  test("a port that refuses connections", async () => {
    const server = createServer();
    const { url, port } = await listen(server, "http");
    await new Promise((resolve) => server.close(resolve));
    const error = await failureOf(makeTransport()(get(url)));

    expect(error).toMatchObject({
      code: "network.refused",
      message: `\`127.0.0.1:${port}\` does not accept connections (ECONNREFUSED)`,
    });
  });

  test("a name that does not exist (RFC 6761 reserves `.invalid`)", async () => {
    const error = await failureOf(makeTransport()(get("https://api.nowhere.invalid/api/v2/tokens/me")));

    expect(error.code).toBe("network.dns");
    expect(error.message).toContain("`api.nowhere.invalid` cannot be resolved");
    expect(error.hint).toContain("GENESYSCLOUD_REGION");
  });
});

describe("the time limit of a request", () => {
  test("ends a late response with a timeout", async () => {
    const clock = manualClock();
    const server = await serve(() => clock.ring());
    const error = await failureOf(makeTransport({ clock })(get(server.url, { timeoutMs: 4_000 })));

    expect(error).toMatchObject({
      code: "network.timeout",
      message: `no complete response from \`127.0.0.1:${server.port}\` within 4000 ms`,
      hint: "allow more time with `--timeout 2m`",
    });
  });

  test("includes reading the body", async () => {
    const clock = manualClock();
    const server = await serve((_request, response) => {
      response.writeHead(200, { "content-length": "100" });
      response.write("some");
    });
    const response = await makeTransport({ clock, defaultTimeoutMs: 9_000 })(get(server.url));
    clock.ring();

    expect(await failureOf(readText(response))).toMatchObject({ code: "network.timeout" });
  });

  test("is kept even when the server completes no handshake, and so is an interruption", async () => {
    const { port, connected } = await serveSilence();
    const url = `https://127.0.0.1:${port}`;
    const clock = manualClock();
    const late = failureOf(makeTransport({ clock })(get(url, { timeoutMs: 4_000 })));
    await connected();
    clock.ring();
    expect(await late).toMatchObject({ code: "network.timeout" });

    const controller = new AbortController();
    const interrupted = failureOf(makeTransport()(get(url, { signal: controller.signal })));
    await connected();
    controller.abort();
    expect((await interrupted).code).toBe("interrupted");
  });

  test("is not reported when the request is aborted, which is an interruption", async () => {
    const controller = new AbortController();
    const server = await serve(() => controller.abort());
    const error = await failureOf(makeTransport()(get(server.url, { signal: controller.signal })));

    expect(error).toBeInstanceOf(InterruptedError);
    expect(error.code).toBe("interrupted");
  });
});

describe("a closed transport", () => {
  function makeClosable() {
    const closable = undiciTransport({
      userAgent: "genscope/test",
      defaultTimeoutMs: 20_000,
      clock: systemClock,
    });
    onTestFinished(closable.close);
    return closable;
  }

  test("ends a running request, which is not retried", async () => {
    const wire = makeClosable();
    const server = await serve(() => void wire.close());
    const clock = new FakeClock();
    const patient = retryRequests(wire.transport, { clock, random: systemRandom, maxWaitMs: 30_000 });

    expect(await failureOf(patient(get(server.url)))).toMatchObject({
      name: "NetworkError",
      code: "network.closed",
      message: `the connection to \`127.0.0.1:${server.port}\` was closed because the run ended`,
    });
    expect([server.seen.length, clock.sleeps]).toEqual([1, []]);
  });

  test("ends a body that is being received", async () => {
    const wire = makeClosable();
    const server = await serve((_request, response) => {
      response.writeHead(200, { "content-length": "100" });
      response.write("some");
    });
    const response = await wire.transport(get(server.url));
    await wire.close();

    expect(await failureOf(readText(response))).toMatchObject({ code: "network.closed" });
  });

  test("ends a connection attempt, so that nothing keeps the process alive", async () => {
    const { port, connected, disconnected } = await serveSilence();
    const wire = makeClosable();
    const unsent = failureOf(wire.transport(get(`https://127.0.0.1:${port}`)));
    await connected();
    await wire.close();
    await disconnected();
    expect(await unsent).toMatchObject({ code: "network.closed" });
  });

  test("sends nothing", async () => {
    const wire = makeClosable();
    const server = await serve((_request, response) => json(response, 200, {}));
    await wire.close();

    expect(await failureOf(wire.transport(get(server.url)))).toMatchObject({ code: "network.closed" });
    expect(server.seen).toEqual([]);
  });
});

describe("a connection with TLS", () => {
  test("refuses an unknown authority with a hint at `--ca-cert`, and trusts `caCertificates`", async () => {
    const identity = makeSelfSigned("service.example");
    const server = await serveTls(identity, (_request, response) => json(response, 200, { safe: true }));
    const error = await failureOf(makeTransport()(get(server.url)));

    expect(error).toMatchObject({
      code: "network.tls",
      message: `cannot establish a trusted TLS connection to \`127.0.0.1:${server.port}\` (DEPTH_ZERO_SELF_SIGNED_CERT)`,
    });
    expect(error.hint).toContain("--ca-cert FILE");

    const trusting = makeTransport({ caCertificates: [identity.certificate] });
    expect(await readText(await trusting(get(server.url)))).toBe('{"safe":true}');
  });

  test.each(["direct", "through a proxy"])(
    "asks the operating system about an unknown authority once, and repeats the request: %s",
    async (way) => {
      const identity = makeSelfSigned("service.example");
      const server = await serveTls(identity, (_request, response) => json(response, 200, { safe: true }));
      const proxy = await serveConnectProxy(server.port);
      let readings = 0;
      const transport = makeTransport({
        ...(way === "direct" ? {} : { httpsProxy: `http://127.0.0.1:${proxy.port}` }),
        systemAuthorities: () => {
          readings += 1;
          return [identity.certificate];
        },
      });
      const url = way === "direct" ? server.url : "https://service.example/x";
      const bodies = await Promise.all(
        Array.from({ length: 3 }, async () => await readText(await transport(get(url)))),
      );
      bodies.push(await readText(await transport(get(url))));
      expect(bodies).toEqual(Array.from({ length: 4 }, () => '{"safe":true}'));
      expect([readings, server.seen.length]).toEqual([1, 4]);
    },
  );

  test("does not ask the operating system about a trusted server or another fault", async () => {
    const identity = makeSelfSigned("service.example");
    const server = await serveTls(identity, (_request, response) => json(response, 200, { safe: true }));
    const plain = await serve((_request, response) => json(response, 200, {}));
    const transport = makeTransport({
      caCertificates: [identity.certificate],
      systemAuthorities: () => {
        throw new Error("the store was read");
      },
    });
    expect(await readText(await transport(get(server.url)))).toBe('{"safe":true}');
    const error = await failureOf(transport(get(plain.url.replace("http:", "https:"))));
    expect(error.code).toBe("network.tls");
    const other = await failureOf(transport(get(server.url.replace("127.0.0.1", "localhost"))));
    expect(other.message).toContain("ERR_TLS_CERT_ALTNAME_INVALID");
    expect(other.hint).toMatch(/^the certificate belongs to another host: /);
  });

  test("refuses a server whose authority the operating system does not know", async () => {
    const server = await serveTls(makeSelfSigned("service.example"), (_request, response) =>
      json(response, 200, {}),
    );
    const transport = makeTransport({ systemAuthorities: () => [makeSelfSigned("other").certificate] });
    for (let time = 0; time < 2; time += 1) {
      expect(await failureOf(transport(get(server.url)))).toMatchObject({
        code: "network.tls",
        message: expect.stringContaining("DEPTH_ZERO_SELF_SIGNED_CERT"),
      });
    }
    expect(server.seen).toEqual([]);
  });

  test("fails when a server answers https in plain text", async () => {
    const server = await serve((_request, response) => json(response, 200, {}));
    const error = await failureOf(makeTransport()(get(server.url.replace("http:", "https:"))));

    expect(error.code).toBe("network.tls");
  });
});

describe("a connection through a proxy", () => {
  test("uses a tunnel for https with the user in the proxy's URL, and trusts `caCertificates`", async () => {
    const identity = makeSelfSigned("service.example");
    const server = await serveTls(identity, (_request, response) => json(response, 200, { via: "proxy" }));
    const proxy = await serveConnectProxy(server.port);
    const transport = makeTransport({
      httpsProxy: `http://user:word@127.0.0.1:${proxy.port}`,
      caCertificates: [identity.certificate],
    });

    expect(await readText(await transport(get("https://service.example/x")))).toBe('{"via":"proxy"}');
    expect(proxy.tunnels).toEqual([
      { target: "service.example:443", authorization: `Basic ${btoa("user:word")}` },
    ]);
  });

  test("leads to an error without the proxy's password when the proxy refuses", async () => {
    const proxy = await serveConnectProxy(0, 407);
    const transport = makeTransport({ httpsProxy: `http://user:word@127.0.0.1:${proxy.port}` });
    const error = await failureOf(transport(get("https://service.example/x")));

    expect(error).toMatchObject({
      code: "network.proxy",
      message: `the proxy \`127.0.0.1:${proxy.port}\` refused a connection to \`service.example\``,
    });
    expect(`${error.message} ${error.hint}`).not.toContain("word@");
  });

  test("leads to an error about the proxy when it cannot be reached", async () => {
    const server = createServer();
    const { port } = await listen(server, "http");
    await new Promise((resolve) => server.close(resolve));
    const error = await failureOf(
      makeTransport({ httpsProxy: `http://127.0.0.1:${port}` })(get("https://service.example/x")),
    );

    expect(error).toMatchObject({
      code: "network.proxy",
      message: `the proxy \`127.0.0.1:${port}\` cannot be reached (ECONNREFUSED)`,
    });
  });
});
