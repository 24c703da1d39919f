import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { cacheFileOf } from "../../../src/catalogue/facts/cache-file.ts";
import { loadCatalogue } from "../../../src/catalogue/facts/load-catalogue.ts";
import { nameOf } from "../../../src/catalogue/lookup/operation-lookup.ts";
import { updateCatalogue } from "../../../src/catalogue/update/update-catalogue.ts";
import { systemClock } from "../../../src/core/clock.ts";
import type { Renamer } from "../../../src/core/files/replace-file.ts";
import { systemRandom } from "../../../src/core/random.ts";
import { undiciTransport } from "../../../src/http/transport/undici-transport.ts";
import type { Api } from "../../../src/platform/api/api.ts";
import { createApi } from "../../../src/platform/api/api-client.ts";
import { json, type LoopbackServer, type SeenRequest, serve } from "../../support/loopback-server.ts";

const NOW_MS = Date.UTC(2026, 10, 20, 12);
const PREVIEW = { "/api/v2/previews/{previewId}": { get: describeOperation("getPreview") } };

function describeOperation(operationId: string, more: object = {}): object {
  return {
    tags: ["Things"],
    operationId,
    security: [{ "PureCloud OAuth": ["things", "things:readonly"] }],
    "x-inin-requires-permissions": { type: "ANY", permissions: ["things:thing:view"] },
    ...more,
  };
}

/** Returns a definition of `count` operations. The description of each has `padding` characters. */
function definition(
  count: number,
  padding = 0,
): { readonly swagger: string; readonly paths: Record<string, object> } {
  const paths: Record<string, object> = {};
  for (let index = 0; index < count; index += 1) {
    paths[`/api/v2/things/thing${index}`] = {
      get: describeOperation(`getThing${index}`, { description: "x".repeat(padding) }),
    };
  }
  return { swagger: "2.0", paths };
}

async function temporaryDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "genscope-catalogue-"));
  onTestFinished(() => rm(directory, { recursive: true }));
  return directory;
}

function apiOf(server: LoopbackServer): Api {
  const { transport, close } = undiciTransport({
    userAgent: "test",
    defaultTimeoutMs: 120_000,
    clock: systemClock,
  });
  onTestFinished(close);
  return createApi({
    region: { id: null, label: "test", domain: "test", loginUrl: server.url, apiUrl: server.url },
    transport,
  });
}

/**
 * Starts a service that answers requests for the released definition with `released`. Its preview document is small
 * and never changes.
 */
async function serviceWith(
  released: (request: SeenRequest, response: ServerResponse) => void,
): Promise<{ readonly api: Api; readonly server: LoopbackServer }> {
  const server = await serve((request, response) => {
    if (request.path === "/api/v2/docs/swagger") released(request, response);
    else if (request.headers["if-none-match"] === '"p1"') response.writeHead(304).end();
    else json(response, 200, { swagger: "2.0", paths: PREVIEW }, { etag: '"p1"' });
  });
  return { api: apiOf(server), server };
}

async function update(api: Pick<Api, "send" | "region">, cacheDirectory: string, files?: Renamer) {
  return await updateCatalogue({
    api,
    cacheDirectory,
    random: systemRandom,
    nowMs: NOW_MS,
    ...(files === undefined ? {} : { files }),
  });
}

describe("an update of the catalog", () => {
  test("caches the live definition, which later commands prefer", async () => {
    const cacheDirectory = join(await temporaryDirectory(), "not", "there", "yet");
    const { api, server } = await serviceWith((_request, response) => json(response, 200, definition(120)));
    const result = await update(api, cacheDirectory);

    const source = `live definition of ${new URL(server.url).host}`;
    expect(result).toMatchObject({
      outcome: "updated",
      path: cacheFileOf(cacheDirectory, api.region.apiUrl),
      provenance: { source, date: "2026-11-20" },
      operationCount: 121,
      warnings: [],
    });
    expect(result.difference.added).toHaveLength(121);
    expect(result.difference.removed).toHaveLength(3315);

    const catalogue = loadCatalogue({ cacheDirectory, apiUrl: api.region.apiUrl });
    expect(catalogue).toMatchObject({ origin: "cached", date: "2026-11-20", warning: null, size: 121 });
    expect(catalogue.find("GET", "/api/v2/things/thing7")).toMatchObject({
      operationId: "getThing7",
      scopes: ["things", "things:readonly"],
      scopeSource: "published",
      isPreview: false,
      provenance: { source, date: "2026-11-20" },
    });
    expect(catalogue.find("GET", "/api/v2/previews/1")?.isPreview).toBe(true);
    expect(catalogue.scopes().get("things:readonly")).toEqual({
      name: "things:readonly",
      description: null,
      status: "current",
    });
    expect(catalogue.findRemoved("/api/v2/users/me").map(nameOf)).toEqual(["GET /api/v2/users/me"]);
    expect(await readdir(join(cacheDirectory, "catalogues"))).toHaveLength(1);
  });

  test("sends conditional requests when it is repeated, and keeps unchanged documents", async () => {
    const cacheDirectory = await temporaryDirectory();
    const modified = "Thu, 19 Nov 2026 10:00:00 GMT";
    const { api, server } = await serviceWith((request, response) => {
      if (request.headers["if-none-match"] === '"r1"') response.writeHead(304).end();
      else json(response, 200, definition(120), { etag: '"r1"', "last-modified": modified });
    });
    await update(api, cacheDirectory);
    const before = await readFile(cacheFileOf(cacheDirectory, api.region.apiUrl), "utf8");
    server.seen.length = 0;

    expect(await update(api, cacheDirectory)).toMatchObject({
      outcome: "unchanged",
      operationCount: 121,
      difference: { added: [], removed: [], changed: [] },
    });
    expect((await readFile(cacheFileOf(cacheDirectory, api.region.apiUrl), "utf8")) === before).toBe(true);
    const asked = server.seen.find(({ path }) => path === "/api/v2/docs/swagger");
    expect(asked?.headers).toMatchObject({ "if-none-match": '"r1"', "if-modified-since": modified });
  });

  test("replaces a changed document and keeps the unchanged one", async () => {
    const cacheDirectory = await temporaryDirectory();
    let count = 120;
    const { api } = await serviceWith((_request, response) => json(response, 200, definition(count)));
    await update(api, cacheDirectory);
    count = 119;
    const result = await update(api, cacheDirectory);
    expect(result.outcome).toBe("updated");
    expect(result.difference.removed.map(nameOf)).toEqual(["GET /api/v2/things/thing119"]);
    expect(result.operationCount).toBe(120);
    const catalogue = loadCatalogue({ cacheDirectory, apiUrl: api.region.apiUrl });
    expect(catalogue.find("GET", "/api/v2/previews/1")?.operationId).toBe("getPreview");
    expect(catalogue.findRemoved("/api/v2/things/thing119")).toHaveLength(1);
  });

  test("keeps a grant rule that the definition does not mention, and drops one that it contradicts", async () => {
    const cacheDirectory = await temporaryDirectory();
    const paths = {
      ...definition(120).paths,
      "/api/v2/users/me": { get: describeOperation("getUsersMe") },
      "/api/v2/routing/queues/me": {
        get: describeOperation("getRoutingQueuesMe", {
          responses: { 400: { "x-inin-error-codes": { "bad.request": "…" } } },
        }),
      },
    };
    const { api } = await serviceWith((_request, response) => json(response, 200, { swagger: "2.0", paths }));
    await update(api, cacheDirectory);
    const catalogue = loadCatalogue({ cacheDirectory, apiUrl: api.region.apiUrl });
    expect(catalogue.find("GET", "/api/v2/users/me")?.grantRule).toBe("not-client-credentials");
    expect(catalogue.find("GET", "/api/v2/routing/queues/me")?.grantRule).toBeNull();
  });

  test("reads the declared refusals, with the first operations that declare each", async () => {
    const cacheDirectory = await temporaryDirectory();
    const paths = definition(120).paths;
    for (let index = 0; index < 4; index += 1) {
      paths[`/api/v2/things/thing${index}`] = {
        get: describeOperation(`getThing${index}`, {
          responses: {
            403: {
              "x-inin-error-codes": { "thing.locked": "The thing [%s]\n is locked", "bad\tcode": "no" },
            },
            "4xx": { "x-inin-error-codes": { "not.a.status": "no" } },
            ...(index === 0 ? { 404: { "x-inin-error-codes": { "thing.absent": "No such thing" } } } : {}),
          },
        }),
      };
    }
    const { api } = await serviceWith((request, response) => {
      if (request.headers["if-none-match"] === '"r1"') response.writeHead(304).end();
      else json(response, 200, { swagger: "2.0", paths }, { etag: '"r1"' });
    });
    const expected = [
      {
        status: 403,
        code: "thing.locked",
        operationCount: 4,
        messages: [
          {
            template: "The thing [%s] is locked",
            operationCount: 4,
            examples: [0, 1, 2].map((index) => `GET /api/v2/things/thing${index}`),
          },
        ],
      },
      {
        status: 404,
        code: "thing.absent",
        operationCount: 1,
        messages: [{ template: "No such thing", operationCount: 1, examples: ["GET /api/v2/things/thing0"] }],
      },
    ];
    await update(api, cacheDirectory);
    expect(loadCatalogue({ cacheDirectory, apiUrl: api.region.apiUrl }).refusals()).toEqual(expected);
    expect(await update(api, cacheDirectory)).toMatchObject({ outcome: "unchanged" });
    expect(loadCatalogue({ cacheDirectory, apiUrl: api.region.apiUrl }).refusals()).toEqual(expected);
  });

  test("keeps the packaged refusals when the definition declares none", async () => {
    const cacheDirectory = await temporaryDirectory();
    const { api } = await serviceWith((_request, response) => json(response, 200, definition(120)));
    await update(api, cacheDirectory);
    expect(loadCatalogue({ cacheDirectory, apiUrl: api.region.apiUrl }).refusals()).toEqual(
      loadCatalogue().refusals(),
    );
  });

  test("reads the definition in full when an earlier version cached it without refusals", async () => {
    const cacheDirectory = await temporaryDirectory();
    const { api } = await serviceWith((request, response) => {
      if (request.headers["if-none-match"] === '"r1"') response.writeHead(304).end();
      else json(response, 200, definition(120), { etag: '"r1"' });
    });
    await update(api, cacheDirectory);
    const path = cacheFileOf(cacheDirectory, api.region.apiUrl);
    const text = await readFile(path, "utf8");
    const earlier = text.replace(/^refusals\t\d+\n/m, "").replace(/genscope-refusals\t[\s\S]*$/, "");
    await writeFile(path, earlier);
    expect(loadCatalogue({ cacheDirectory, apiUrl: api.region.apiUrl })).toMatchObject({
      origin: "cached",
      size: 121,
    });
    expect(await update(api, cacheDirectory)).toMatchObject({ outcome: "updated" });
    expect(await readFile(path, "utf8")).toBe(text);
  });

  test("reads a definition of more than 10 MB", async () => {
    const cacheDirectory = await temporaryDirectory();
    const { api } = await serviceWith((_request, response) => json(response, 200, definition(3_000, 4_000)));
    expect(await update(api, cacheDirectory)).toMatchObject({ operationCount: 3_001 });
  });

  test("keeps the known preview operations with a warning when they cannot be read", async () => {
    const cacheDirectory = await temporaryDirectory();
    const server = await serve((request, response) => {
      if (request.path === "/api/v2/docs/swagger") json(response, 200, definition(120));
      else json(response, 404, { message: "no such document", code: "not.found", status: 404 });
    });
    const result = await update(apiOf(server), cacheDirectory);
    expect(result.operationCount).toBe(214);
    expect(result.warnings).toEqual([
      "preview operations are unchanged: `GET /api/v2/docs/swaggerpreview` returned 404 `not.found`: no such document",
    ]);
  });
});

describe("a response that is not the definition changes nothing", () => {
  test.each<[string, (response: ServerResponse) => void, string]>([
    [
      "truncated JSON",
      (response) =>
        response
          .writeHead(200, { "content-type": "application/json" })
          .end('{"swagger":"2.0","paths":{"/api'),
      "api.truncated",
    ],
    [
      "an HTML page",
      (response) =>
        response.writeHead(200, { "content-type": "text/html" }).end("<html><body>Sign in</body></html>"),
      "api.html",
    ],
    ["nothing", (response) => response.writeHead(200).end(), "api.empty"],
    ["other JSON", (response) => json(response, 200, { hello: "world" }), "catalogue.not_a_definition"],
    [
      "a definition with few operations",
      (response) => json(response, 200, definition(99)),
      "catalogue.not_a_definition",
    ],
    ["a 304 to an unconditional request", (response) => response.writeHead(304).end(), "api.redirect"],
    [
      "a connection cut in the middle",
      (response) => {
        response.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
        response.write('{"swagger":', () => response.destroy());
      },
      "network.reset",
    ],
  ])("%s", async (_case, answer, code) => {
    const cacheDirectory = await temporaryDirectory();
    const { api } = await serviceWith((_request, response) => answer(response));
    await expect(update(api, cacheDirectory)).rejects.toMatchObject({ code });
    expect(await readdir(cacheDirectory)).toEqual([]);
    expect(loadCatalogue({ cacheDirectory, apiUrl: api.region.apiUrl })).toMatchObject({
      origin: "packaged",
      warning: null,
    });
  });
});

describe("the cached catalog", () => {
  async function cachedOnce(): Promise<{ readonly api: Api; readonly cacheDirectory: string }> {
    const cacheDirectory = await temporaryDirectory();
    const { api } = await serviceWith((_request, response) => json(response, 200, definition(120)));
    await update(api, cacheDirectory);
    return { api, cacheDirectory };
  }

  test("stays whole when the process ends before the atomic rename", async () => {
    const { api, cacheDirectory } = await cachedOnce();
    const before = await readFile(cacheFileOf(cacheDirectory, api.region.apiUrl), "utf8");
    const waiting: string[] = [];
    // Never resolves, like a process that was killed here. The next process finds the files as they are now.
    const reached = new Promise<void>((resolve) => {
      void update(api, cacheDirectory, {
        rename: (from) => {
          waiting.push(from);
          resolve();
          return new Promise(() => {});
        },
      });
    });
    await reached;
    expect(await readFile(cacheFileOf(cacheDirectory, api.region.apiUrl), "utf8")).toBe(before);
    expect(loadCatalogue({ cacheDirectory, apiUrl: api.region.apiUrl })).toMatchObject({
      origin: "cached",
      warning: null,
      size: 121,
    });
    expect(await readFile(waiting[0] ?? "", "utf8")).toMatch(/^genscope-operations\t1\n/);
    expect(await update(api, cacheDirectory)).toMatchObject({ operationCount: 121 });
  });

  test("stays whole when it cannot be replaced, and no temporary files are left", async () => {
    const { api, cacheDirectory } = await cachedOnce();
    const failing = update(api, cacheDirectory, { rename: () => Promise.reject(new Error("EBUSY")) });
    await expect(failing).rejects.toMatchObject({ code: "output.write", exit: "error" });
    expect(await readdir(join(cacheDirectory, "catalogues"))).toHaveLength(1);
    expect(loadCatalogue({ cacheDirectory, apiUrl: api.region.apiUrl })).toMatchObject({
      origin: "cached",
      size: 121,
    });
  });

  test.each<[string, (text: string) => string, string]>([
    ["cut short", (text) => text.slice(0, -500), "it is truncated or was changed"],
    ["empty", () => "", "it is not an operation file"],
    [
      "cached beside refusals that belong to another catalog",
      (text) => text.replace("genscope-refusals", "genscope-omissions"),
      "it is truncated or was changed",
    ],
    ["something else", () => '{"operations": []}\n\n', "it is not an operation file"],
    [
      "of a later format",
      (text) => text.replace("\t1\n", "\t2\n"),
      "it was created by another version of genscope",
    ],
  ])("that is %s is ignored with a warning", async (_case, damage, reason) => {
    const { api, cacheDirectory } = await cachedOnce();
    const path = cacheFileOf(cacheDirectory, api.region.apiUrl);
    await writeFile(path, damage(await readFile(path, "utf8")));
    expect(loadCatalogue({ cacheDirectory, apiUrl: api.region.apiUrl })).toMatchObject({
      origin: "packaged",
      size: 3315,
      warning: `The updated catalog \`${path}\` is not used: ${reason}. The packaged catalog is used instead. Replace the updated one: genscope catalog update`,
    });
    await update(api, cacheDirectory);
    expect(loadCatalogue({ cacheDirectory, apiUrl: api.region.apiUrl })).toMatchObject({
      origin: "cached",
      warning: null,
    });
  });

  test("with a damaged line causes an error when that line is needed", async () => {
    const { api, cacheDirectory } = await cachedOnce();
    const path = cacheFileOf(cacheDirectory, api.region.apiUrl);
    const text = await readFile(path, "utf8");
    await writeFile(path, text.replace(/(things\/thing7\tGET\t\S+\t\tThings\t)ANY/, "$1SUM"));
    const catalogue = loadCatalogue({ cacheDirectory, apiUrl: api.region.apiUrl });
    expect(catalogue.find("GET", "/api/v2/things/thing8")?.permissionMode).toBe("ANY");
    expect(() => catalogue.find("GET", "/api/v2/things/thing7")).toThrowError(
      expect.objectContaining({
        code: "catalogue.damaged",
        exit: "store",
        hint: "replace it: genscope catalog update",
      }),
    );
  });

  test("that is older than the packaged one is not used", async () => {
    const { api, cacheDirectory } = await cachedOnce();
    const path = cacheFileOf(cacheDirectory, api.region.apiUrl);
    await writeFile(path, (await readFile(path, "utf8")).replace("date\t2026-11-20", "date\t2026-01-01"));
    expect(loadCatalogue({ cacheDirectory, apiUrl: api.region.apiUrl })).toMatchObject({
      origin: "packaged",
      warning: null,
    });
  });
});
