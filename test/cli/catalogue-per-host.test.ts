import { cp, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { ComparedResult, Comparison } from "../../src/access/compare/comparison.ts";
import { cacheFileOf, definitionSource } from "../../src/catalogue/facts/cache-file.ts";
import { systemClock } from "../../src/core/clock.ts";
import { sandboxFor } from "../sandbox/client.ts";
import { json, type SeenRequest, serve } from "../support/loopback-server.ts";
import { memoryStore } from "../support/memory-store.ts";
import { type RunResult, runCli } from "../support/run-cli.ts";
import { tempDir } from "../support/temp-dir.ts";

const QUERY = "POST /api/v2/analytics/conversations/details/query";
const POLICY = `version: 1\nservices: { s: { operations: ["${QUERY}"], environments: { prod: { profile: prod } } } }\n`;

/**
 * Starts a gateway whose definition requires nothing for any operation and has one additional operation. It forwards
 * other requests to the server at `behind`, or refuses them.
 */
async function permissiveGateway(extra = "getGateway", behind: string | null = null) {
  const paths: Record<string, object> = {
    "/api/v2/analytics/conversations/details/query": {
      post: { operationId: "postAnalyticsConversationsDetailsQuery", tags: ["Analytics"] },
    },
    "/api/v2/gateway": { get: { operationId: extra, tags: ["Gateway"] } },
  };
  for (let index = 0; index < 120; index += 1) {
    paths[`/api/v2/things/thing${index}`] = { get: { operationId: `getThing${index}`, tags: ["Things"] } };
  }
  return await serve((request, response) => {
    if (request.path.startsWith("/api/v2/docs/swagger")) {
      json(response, 200, { swagger: "2.0", paths: request.path.endsWith("preview") ? {} : paths });
    } else if (behind === null) {
      json(response, 401, { code: "bad.credentials", message: "no", status: 401 });
    } else {
      void pass(behind, request, response);
    }
  });
}

async function pass(to: string, { method, path, headers, body }: SeenRequest, response: ServerResponse) {
  const { authorization = "", "content-type": contentType = "" } = headers;
  const answer = await fetch(`${to}${path}`, {
    method,
    headers: { authorization, ...(contentType !== "" && { "content-type": contentType }) },
    ...(body !== "" && { body }),
  });
  response.writeHead(answer.status, { "content-type": answer.headers.get("content-type") ?? "" });
  response.end(await answer.text());
}

/** Creates a user who downloaded the definition of a permissive gateway and now works with the platform. */
async function userOfBoth() {
  const directory = await tempDir();
  const gateway = await permissiveGateway();
  const platform = await sandboxFor({}, systemClock);
  const run = async (url: string, ...argv: readonly string[]): Promise<RunResult> =>
    await runCli([...argv], {
      env: {
        GENSCOPE_CONFIG_DIR: directory,
        GENESYSCLOUD_REGION: url,
        GENESYSCLOUD_OAUTHCLIENT_ID: platform.client.id,
        GENESYSCLOUD_OAUTHCLIENT_SECRET: platform.client.secret,
      },
    });
  expect((await run(gateway.url, "catalog", "update")).exitCode).toBe(0);
  return { directory, cache: join(directory, "cache"), gateway, platform, run };
}

const requirementsIn = ({ json: document }: RunResult) =>
  (document as { results: { requirement: { permissions: string[] } }[] }).results.map(
    ({ requirement }) => requirement.permissions,
  );

describe("the API definition of one gateway", () => {
  test("does not change a verdict for another host", async () => {
    const { platform, gateway, run, directory } = await userOfBoth();
    const file = join(directory, "policy.yaml");
    await writeFile(file, POLICY);
    for (const argv of [
      ["check-scopes", QUERY],
      ["check-scopes", "--policy", file],
      ["query", "conversations", "details", "--interval", "2026-10-01/P1D"],
    ])
      expect((await run(platform.url, ...argv)).exitCode).toBe(3);
    const offline = await run(platform.url, "check-scopes", "--offline", "--json", QUERY);
    expect(requirementsIn(offline)[0]).toContain("analytics:conversationDetail:view");
    expect(requirementsIn(await run(gateway.url, "check-scopes", "--offline", "--json", QUERY))).toEqual([
      [],
    ]);
  });

  test("is not used by commands for another host", async () => {
    const { platform, gateway, run, directory } = await userOfBoth();
    await writeFile(join(directory, "code.js"), 'fetch("/api/v2/gateway");\n');
    const seen = async (url: string) => ({
      show: (await run(url, "catalog", "show", "getGateway")).exitCode,
      search: (await run(url, "catalog", "search", "gateway", "--json")).json,
      scan: (await run(url, "check-scopes", "--offline", "--json", "--scan", directory)).stdout.includes(
        "GET /api/v2/gateway",
      ),
      diff: (await run(url, "catalog", "diff")).exitCode,
      doctor: (await run(url, "doctor", "--json")).stdout.includes('"origin": "cached"'),
      explain: (await run(url, "explain", "--offline", "--json", join(directory, "code.js"))).exitCode,
    });
    expect(await seen(gateway.url)).toMatchObject({
      show: 0,
      search: { total: 1 },
      scan: true,
      diff: 0,
      doctor: true,
    });
    expect(await seen(platform.url)).toMatchObject({
      show: 2,
      search: { total: 0 },
      scan: false,
      diff: 2,
      doctor: false,
    });
  });

  test("applies to a policy only when its profile is on this gateway", async () => {
    const { platform, gateway, directory } = await userOfBoth();
    const file = join(directory, "policy.yaml");
    await writeFile(file, POLICY);
    const check = async (url: string) => {
      await writeFile(
        join(directory, "config.toml"),
        `[profiles.prod]\nregion = "${url}"\nclient_id = "c"\n`,
      );
      return await runCli(["check-scopes", "--offline", "--json", "--policy", file, "--env", "prod"], {
        env: { GENSCOPE_CONFIG_DIR: directory },
      });
    };
    expect(requirementsIn(await check(gateway.url))).toEqual([[]]);
    expect(requirementsIn(await check(platform.url))[0]).toContain("analytics:conversationDetail:view");
  });

  test("affects only the gateway's side of a comparison", async () => {
    const { directory, platform } = await userOfBoth();
    const gateway = await permissiveGateway("getGateway", platform.url);
    const store = memoryStore();
    const run = async (url: string, ...argv: readonly string[]) =>
      await runCli([...argv], {
        env: {
          GENSCOPE_CONFIG_DIR: directory,
          GENESYSCLOUD_REGION: url,
          GENESYSCLOUD_OAUTHCLIENT_ID: platform.client.id,
          GENESYSCLOUD_OAUTHCLIENT_SECRET: platform.client.secret,
        },
        ports: { openStore: () => store },
      });
    const verdictsOf = async (url: string, profile: string) => {
      const { json: document } = await run(url, "check-scopes", "--diff", profile, "--json", QUERY);
      const [{ here, there }] = (document as { comparison: Comparison }).comparison.results as [
        ComparedResult,
      ];
      return [here.verdict, there.verdict];
    };
    await run(gateway.url, "catalog", "update");
    for (const [profile, { url }] of Object.entries({ direct: platform, around: gateway })) {
      const login = await run(
        url,
        "login",
        "--grant",
        "client-credentials",
        "--profile",
        profile,
        "--region",
        url,
      );
      expect(login.exitCode).toBe(0);
    }
    expect(await verdictsOf(platform.url, "around")).toEqual(["denied", "allowed"]);
    expect(await verdictsOf(gateway.url, "direct")).toEqual(["allowed", "denied"]);
  });

  test("is rejected when its cache file gets the name for another host", async () => {
    const { cache, platform, gateway, run } = await userOfBoth();
    await cp(cacheFileOf(cache, gateway.url), cacheFileOf(cache, platform.url));
    const { exitCode, stderr } = await run(platform.url, "check-scopes", QUERY);
    expect(exitCode).toBe(3);
    expect(stderr).toContain("is not used: it was read from another host");
  });

  test("adds no removed or unreadable operations to the catalog of another host", async () => {
    const { run } = await userOfBoth();
    const other = await permissiveGateway("getOther");
    await run(other.url, "catalog", "update");
    expect((await run(other.url, "catalog", "show", "getOther")).exitCode).toBe(0);
    const { stderr } = await run(other.url, "catalog", "show", "getGateway");
    expect(stderr).not.toContain("removed");
  });
});

describe("the catalog's cache files for base URLs", () => {
  test("have distinct names that every file system accepts", () => {
    const urls = [
      ...["de", "ie", "com", "com.au", "jp"].map((suffix) => `https://api.mypurecloud.${suffix}`),
      ...[
        "",
        "/genesys",
        "/Genesys",
        "/genesys/a",
        "/genesys-a",
        "/genesys_a",
        "/..",
        "/%2e%2e",
        `/${"x".repeat(80)}`,
      ].flatMap((path) => [
        `https://gw.example${path}`,
        `https://gw.example:8443${path}`,
        `http://127.0.0.1:8443${path}`,
      ]),
      "https://[2001:db8::7]:8443",
      "https://gw.example_8443",
    ];
    const canonical = [...new Set(urls.map((url) => new URL(url).href.replace(/\/+$/, "")))];
    const names = canonical.map((url) => cacheFileOf("cache", url).toLowerCase());
    expect(new Set(names).size).toBe(canonical.length);
    expect(names.filter((name) => !/^cache[\\/]catalogues[\\/][a-z0-9._-]{1,204}$/.test(name))).toEqual([]);
    expect(cacheFileOf("cache", `https://gw.example/${"x".repeat(5_000)}`).length).toBeLessThan(255);
  });

  test("name the URL's path in their source, which distinguishes two URLs on one host", () => {
    expect(definitionSource("https://gw.example/a")).not.toBe(definitionSource("https://gw.example/b"));
    expect(definitionSource("https://api.mypurecloud.de")).toBe("live definition of api.mypurecloud.de");
  });
});

describe("the catalog's cache file of an earlier version", () => {
  test("is ignored with a warning and removed by the next update", async () => {
    const { cache, gateway, platform, run } = await userOfBoth();
    const old = join(cache, "operations.txt");
    await cp(cacheFileOf(cache, gateway.url), old);
    const { exitCode, stderr } = await run(platform.url, "check-scopes", QUERY);
    expect(exitCode).toBe(3);
    expect(stderr).toContain(`The updated catalog \`${old}\` is not used, because an earlier version`);
    await run(platform.url, "catalog", "update");
    expect(await readdir(cache)).toEqual(["catalogues"]);
    expect((await run(platform.url, "check-scopes", QUERY)).stderr).not.toContain("earlier version");
  });

  test("does not make the first run fail", async () => {
    const directory = await tempDir();
    await mkdir(join(directory, "cache"));
    await writeFile(join(directory, "cache", "operations.txt"), "nonsense");
    const { exitCode, stderr } = await runCli(["catalog", "show", "getUsersMe"], {
      env: { GENSCOPE_CONFIG_DIR: directory },
    });
    expect([exitCode, stderr.includes("is not used, because an earlier version of genscope")]).toEqual([
      0,
      true,
    ]);
  });
});

test("parallel catalog updates leave one complete cache file per host, and no reader sees a partial file", async () => {
  const directory = await tempDir();
  const gateways = await Promise.all([permissiveGateway("getFirst"), permissiveGateway("getSecond")]);
  const env = (url: string) => ({ GENSCOPE_CONFIG_DIR: directory, GENESYSCLOUD_REGION: url });
  const [first, second] = gateways;
  const updates = [...gateways, ...gateways, ...gateways];
  const update = async ({ url }: { readonly url: string }) =>
    (await runCli(["catalog", "update"], { env: env(url) })).exitCode;
  const read = async ({ url }: { readonly url: string }) =>
    (await runCli(["catalog", "search", "thing1"], { env: env(url) })).stderr;
  const [exitCodes, notes] = await Promise.all([
    Promise.all(updates.map(update)),
    Promise.all([...updates, ...updates].map(read)),
  ]);
  expect(exitCodes).toEqual(updates.map(() => 0));
  expect(notes.filter((note) => note.includes("not used") || note.includes("cannot be read"))).toEqual([]);
  expect(await readdir(join(directory, "cache", "catalogues"))).toHaveLength(2);
  const text = async (url: string) => await readFile(cacheFileOf(join(directory, "cache"), url), "utf8");
  expect((await text(first.url)).includes("getSecond")).toBe(false);
  expect((await text(second.url)).includes("getSecond")).toBe(true);
});
