import { describe, expect, test } from "vitest";
import { act, clientHolding, sandboxFor } from "../sandbox/client.ts";
import { BREAKAGES, type Breakage } from "../support/breakages.ts";
import { credentialsFor } from "../support/credentials.ts";
import { HastyClock } from "../support/hasty-clock.ts";
import { json, serve } from "../support/loopback-server.ts";
import { runCli } from "../support/run-cli.ts";
import { tempDir } from "../support/temp-dir.ts";

const INTERVAL = "2026-10-01T00:00:00.000Z/2026-10-02T00:00:00.000Z";
const idsOf = (page: number) => [1, 2, 3].map((place) => `p${page}-${place}`);
const ALL = [1, 2, 3].flatMap(idsOf);

/**
 * Serves three pages of a listing, of a detail query and of a job. The first `times` responses with page 2 break off.
 */
async function service(breakage: Breakage, times = 1) {
  const answered: string[] = [];
  let left = times;
  const server = await serve((request, response) => {
    const url = new URL(request.path, "http://host");
    if (url.pathname.includes("/divisionspermitted/")) return json(response, 403, {});
    const answer = (name: string, body: object) => {
      answered.push(name);
      if (!name.endsWith(" 2") || left === 0) return json(response, 200, body);
      left -= 1;
      breakage(response, JSON.stringify(body));
    };
    const page = Number(url.searchParams.get("pageNumber") ?? 1);
    if (request.method === "GET" && url.pathname === "/api/v2/routing/queues") {
      const entities = idsOf(page).map((id) => ({ id, name: id }));
      return answer(`list ${page}`, { entities, pageNumber: page, pageSize: 100, pageCount: 3, total: 9 });
    }
    if (url.pathname.endsWith("/details/query")) {
      const { pageNumber } = (JSON.parse(request.body) as { paging: { pageNumber: number } }).paging;
      const conversations =
        pageNumber > 3 ? [] : idsOf(pageNumber).map((conversationId) => ({ conversationId }));
      return answer(`query ${pageNumber}`, { conversations, totalHits: 201 });
    }
    if (request.method === "POST") return json(response, 202, { jobId: "j1" });
    if (request.method === "DELETE") return void response.writeHead(204).end();
    if (!url.pathname.endsWith("/results")) return answer("state", { state: "FULFILLED" });
    const cursor = Number(url.searchParams.get("cursor") ?? 1);
    const conversations = idsOf(cursor).map((conversationId) => ({ conversationId }));
    return answer(`page ${cursor}`, { conversations, ...(cursor < 3 && { cursor: String(cursor + 1) }) });
  });
  const query = async (argv: readonly string[], input = "") =>
    await runCli(["query", ...argv, "--all"], {
      env: { GENESYSCLOUD_REGION: server.url, GENESYSCLOUD_ACCESS_TOKEN: "a-token" },
      ports: { clock: new HastyClock() },
      input,
    });
  return { query, answered };
}

const idsIn = (text: string) =>
  text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as { id?: string; conversationId?: string })
    .map(({ id, conversationId }) => id ?? conversationId);

describe.each(Object.entries(BREAKAGES))("a response with %s in the middle of a query", (_name, breakage) => {
  test("of a listing makes genscope request the page again and print every row once", async () => {
    const { query, answered } = await service(breakage);
    const { exitCode, stdout, stderr } = await query(["GET", "/api/v2/routing/queues"]);
    expect([exitCode, stderr, idsIn(stdout)]).toEqual([0, "", ALL]);
    expect(answered).toEqual(["list 1", "list 2", "list 2", "list 3"]);
  });

  test("by POST makes genscope request the page again and print every row once", async () => {
    const { query, answered } = await service(breakage);
    const { exitCode, stdout } = await query(["conversations", "details", "--interval", INTERVAL]);
    expect([exitCode, idsIn(stdout)]).toEqual([0, ALL]);
    expect(answered.slice(0, 4)).toEqual(["query 1", "query 2", "query 2", "query 3"]);
  });

  test("of a job makes genscope request the page again and submit no second job", async () => {
    const { query, answered } = await service(breakage);
    const { exitCode, stdout } = await query(
      ["POST", "/api/v2/analytics/conversations/details/jobs", "--body", "-"],
      JSON.stringify({ interval: INTERVAL }),
    );
    expect([exitCode, idsIn(stdout)]).toEqual([0, ALL]);
    expect(answered).toEqual(["state", "page 1", "page 2", "page 2", "page 3"]);
  });
});

test.each([
  ["query", ["query", "POST", "/api/v2/analytics/conversations/details/jobs", "--body", "-", "--all"]],
  ["export", ["export", "conversations", "details", "--interval", "2026-10-01", "--max-wait", "1h"]],
])("%s submits a job at most three times when the response is lost", async (_name, argv) => {
  const server = await serve((request, response) => {
    if (request.method === "POST") return void response.socket?.resetAndDestroy();
    json(response, 200, { dataAvailabilityDate: "2026-11-01T00:00:00.000Z" });
  });
  const { exitCode } = await runCli(
    [...argv, ...(argv[0] === "export" ? ["--out", `${await tempDir()}/out`] : [])],
    {
      env: { GENESYSCLOUD_REGION: server.url, GENESYSCLOUD_ACCESS_TOKEN: "a-token" },
      ports: { clock: new HastyClock() },
      input: JSON.stringify({ interval: INTERVAL }),
    },
  );
  const submissions = server.seen.filter(({ method }) => method === "POST");
  expect([exitCode, submissions.length]).toEqual([9, 3]);
});

test("a page that stays incomplete ends the query after six attempts, with the earlier rows printed", async () => {
  const { query, answered } = await service(
    BREAKAGES["half the JSON in a complete response"] as Breakage,
    100,
  );
  const { exitCode, stderr, stdout } = await query(["GET", "/api/v2/routing/queues"]);
  expect(answered).toEqual(["list 1", ...Array.from({ length: 6 }, () => "list 2")]);
  expect([exitCode, stderr, idsIn(stdout)]).toEqual([1, expect.stringContaining("broken JSON"), idsOf(1)]);
});

test("a connection that always breaks ends the query when --max-wait is over", async () => {
  const { query, answered } = await service(
    BREAKAGES["a connection that is reset before the answer"] as Breakage,
    100,
  );
  const { exitCode } = await query(["GET", "/api/v2/routing/queues", "--max-wait", "14s"]);
  // Attempts are 3 to 3.75 s apart, and each of them takes some time itself.
  expect([exitCode, answered.slice(0, 3)]).toEqual([9, ["list 1", "list 2", "list 2"]]);
  expect(answered.length).toBeLessThanOrEqual(6);
});

describe.each(["truncated", "cut", "reset"])("a single response with the fault `%s`", (kind) => {
  test.each<[string, readonly string[], string]>([
    ["whoami", ["whoami"], "/api/v2/tokens/me"],
    ["whoami, at the token endpoint", ["whoami"], "/oauth/token"],
    ["check-scopes", ["check-scopes", "GET /api/v2/users"], "/api/v2/tokens/me"],
    ["catalog update", ["catalog", "update"], "/api/v2/docs/swagger"],
  ])("does not affect the result of %s", async (_name, argv, path) => {
    const sandbox = await sandboxFor({ scenario: "healthy" });
    await clientHolding(sandbox, [
      "directory:user:view",
      "authorization:grant:view",
      "authorization:role:view",
    ]);
    const run = async () =>
      await runCli(argv, {
        env: { ...credentialsFor(sandbox), GENSCOPE_CONFIG_DIR: await tempDir() },
        ports: { clock: new HastyClock() },
      });
    // Ids, times and durations differ between runs.
    const shown = ({ exitCode, stdout, stderr }: Awaited<ReturnType<typeof run>>) => [
      exitCode,
      `${stdout}${stderr}`.replaceAll(/\/\S+|[0-9a-f]{8}-[0-9a-f-]{27}|\d+/g, "0"),
    ];
    const undisturbed = await run();
    await act(sandbox, "fault.add", { kind, path, times: 1, portion: 0.4 });
    const broken = await run();
    expect(shown(broken)).toEqual(shown(undisturbed));
  });
});
