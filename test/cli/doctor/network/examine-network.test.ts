import { expect, test } from "vitest";
import { resolveSettings } from "../../../../src/auth/settings/settings.ts";
import { examineNetwork } from "../../../../src/cli/doctor/network/examine-network.ts";
import type { DoctorPorts } from "../../../../src/cli/doctor/ports.ts";
import type { Situation } from "../../../../src/cli/doctor/situation.ts";
import { InterruptedError, NetworkError } from "../../../../src/core/errors.ts";
import type { HttpRequest } from "../../../../src/http/transport/transport.ts";
import { FakeClock } from "../../../support/fake-clock.ts";
import { untouchedStorage } from "../../../support/profiles.ts";
import { respond } from "../../../support/scripted-transport.ts";

const LOGIN = "login.mypurecloud.de";
const API = "api.mypurecloud.de";

/** Returns a working network for Frankfurt, with some parts replaced. */
function network(differences: Partial<DoctorPorts> = {}) {
  const clock = new FakeClock(Date.UTC(2026, 9, 1, 12));
  const sent: HttpRequest[] = [];
  const env = differences.env ?? {};
  const ports: DoctorPorts = {
    machine: {
      version: "1.0.0",
      requiredNode: null,
      node: "20.19.0",
      platform: "linux",
      architecture: "x64",
      release: "6.1",
      userId: 1000,
      userName: "agent1",
      homeDirectory: "/home/agent1",
    },
    flags: {},
    env,
    clock,
    signal: new AbortController().signal,
    timeoutMs: 10_000,
    configDirectory: "/nonexistent",
    cacheDirectory: "/nonexistent",
    storage: untouchedStorage,
    lookUp: async (host) => (host === LOGIN ? ["192.0.2.1"] : ["192.0.2.2", "2001:db8::2"]),
    shakeHands: async () => ({ protocol: "TLSv1.3", distrust: null, isBySystem: false, certificate: null }),
    openTransport: async () => async (request) => {
      sent.push(request);
      clock.advance(83);
      const isApi = request.url.host === API;
      return respond({
        status: isApi ? 401 : 405,
        headers: { date: "Thu, 01 Oct 2026 11:59:20 GMT", "inin-correlation-id": "corr-1" },
        body: isApi ? '{"code":"authentication.required"}' : "",
      });
    },
    ...differences,
  };
  const settings = resolveSettings({ flags: { region: "eu-central-1" }, env });
  const situation: Situation = {
    profile: { value: { name: { value: "default", source: "default" }, profile: null }, error: null },
    settings: { value: settings, error: null },
    store: { value: { value: "keychain", source: "default" }, error: null },
    givenBy: null,
  };
  return { situation, ports, sent };
}

test("checks both hosts of a region step by step", async () => {
  const { situation, ports, sent } = network();
  const found = await examineNetwork(situation, ports);

  expect(Object.values(found).map(({ status, summary }) => `${status}: ${summary}`)).toEqual([
    `ok: requests to \`${LOGIN}\` go directly (no proxy is set); requests to \`${API}\` go directly (no proxy is set)`,
    "skipped: no additional certificates are configured",
    `ok: \`${LOGIN}\` resolves to 192.0.2.1; \`${API}\` resolves to 192.0.2.2, 2001:db8::2`,
    `ok: \`${LOGIN}\` TLSv1.3; \`${API}\` TLSv1.3`,
    expect.stringMatching(
      /^ok: login `login\.mypurecloud\.de` returned 405 in \d+ ms; API `api\.mypurecloud\.de` returned 401 in \d+ ms \(no token was sent\)$/,
    ),
    expect.stringMatching(/^warning: 40 s ahead of /),
  ]);
  expect(sent.map(({ method, url, headers, timeoutMs }) => [method, url.href, headers, timeoutMs])).toEqual([
    ["GET", `https://${LOGIN}/oauth/token`, undefined, 10_000],
    ["GET", `https://${API}/api/v2/users/me`, undefined, 10_000],
  ]);
});

test("checks the second host even when the name of the first cannot be resolved", async () => {
  const notFound = new NetworkError("network.dns", `the name \`${LOGIN}\` cannot be resolved (ENOTFOUND)`, {
    hint: "check the region",
  });
  const { situation, ports, sent } = network({
    lookUp: async (host) => {
      if (host === LOGIN) throw notFound;
      return ["192.0.2.2"];
    },
  });
  const { dns, tls, reachability } = await examineNetwork(situation, ports);

  expect(dns).toEqual({
    status: "failed",
    exit: "network",
    summary: `the name \`${LOGIN}\` cannot be resolved (ENOTFOUND); \`${API}\` resolves to 192.0.2.2`,
    hint: "check the region",
    facts: {
      hosts: [
        { host: LOGIN, status: "failed", addresses: [], elapsedMs: 0, code: "network.dns" },
        { host: API, status: "ok", addresses: ["192.0.2.2"], elapsedMs: 0 },
      ],
    },
  });
  expect([tls.status, tls.summary]).toEqual(["ok", `\`${LOGIN}\` not checked: see dns; \`${API}\` TLSv1.3`]);
  expect(reachability.status).toBe("ok");
  expect(sent.map(({ url }) => url.host)).toEqual([API]);
});

test("reports the proxy that each host uses", async () => {
  const { situation, ports } = network({
    env: { https_proxy: "proxy.example:3128", NO_PROXY: LOGIN },
  });
  const { proxy, dns } = await examineNetwork(situation, ports);

  expect(proxy.summary).toBe(
    `requests to \`${LOGIN}\` go directly (NO_PROXY overrules HTTPS_PROXY); requests to \`${API}\` go through \`http://proxy.example:3128\` (HTTPS_PROXY)`,
  );
  expect(dns.summary).toBe(
    `\`${LOGIN}\` resolves to 192.0.2.1; \`${API}\` is resolved by the proxy \`proxy.example:3128\``,
  );
});

test.each([
  ["an interruption", new InterruptedError("interrupted", "interrupted")],
  ["an internal fault", new TypeError("not a function")],
])("stops the network check with %s instead of reporting it as a finding", async (_, error) => {
  const { situation, ports } = network({
    lookUp: async () => {
      throw error;
    },
  });

  await expect(examineNetwork(situation, ports)).rejects.toBe(error);
});
