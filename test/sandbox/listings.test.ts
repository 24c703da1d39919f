import { describe, expect, test } from "vitest";
import { configuredListings } from "../../src/sandbox/state/configured/configured-kinds.ts";
import { act, call, clientHolding } from "./client.ts";
import { type DataSandbox, dataSandbox, truth } from "./data.ts";

/** Follows `nextUri` to the last page. Returns the ids. */
async function follow(data: DataSandbox, first: string): Promise<readonly unknown[]> {
  const ids: unknown[] = [];
  for (let uri: unknown = first; uri !== undefined; ) {
    const page = await data.ask(`GET ${String(uri)}`);
    ids.push(...page.each("entities", "id"));
    uri = page.at("nextUri");
  }
  return ids;
}

describe("the sandbox's listings of a large organization", () => {
  test.each<readonly [path: string, count: number]>([
    ["/api/v2/users", 251],
    ["/api/v2/routing/queues", 45],
    ["/api/v2/routing/wrapupcodes", 140],
    ["/api/v2/routing/skills", 80],
    ["/api/v2/routing/languages", 10],
    ["/api/v2/flows", 40],
    ["/api/v2/teams", 15],
    ["/api/v2/routing/skillgroups", 15],
    ["/api/v2/authorization/divisions", 8],
    ...configuredListings().map(([, { operation }]) => [operation.slice("GET ".length), 120] as const),
  ])("%s returns %i entries, each once, by following nextUri", async (path, count) => {
    const ids = await follow(await dataSandbox(), `${path}?pageSize=7`);
    expect(ids).toHaveLength(count);
    expect(new Set(ids).size).toBe(count);
  });

  test("by page number contain the total", async () => {
    const { ask } = await dataSandbox();
    const page = await ask("GET /api/v2/routing/wrapupcodes?pageSize=50&pageNumber=3");
    expect([page.at("total"), page.at("pageCount"), page.at("pageNumber"), page.at("nextUri")]).toEqual([
      140,
      3,
      3,
      undefined,
    ]);
    expect(page.each("entities", "id")).toHaveLength(40);
  });

  test("of queues are sorted by name, in the order of the request", async () => {
    const { ask } = await dataSandbox();
    const namesIn = async (query: string) =>
      (await ask(`GET /api/v2/routing/queues?pageSize=100${query}`)).each("entities", "name");
    const names = await namesIn("&sortOrder=desc");
    expect(names).toEqual(names.toSorted().reverse());
    expect(names[0]).toBe("Support messages");
    expect(await namesIn("")).toEqual(names.toReversed());
  });

  test.each(["/api/v2/routing/queues", "/api/v2/routing/wrapupcodes", "/api/v2/flows"])(
    "of %s are filtered by division and by id",
    async (path) => {
      const { ask } = await dataSandbox();
      const all = (await ask(`GET ${path}?pageSize=100`)).at("entities") as {
        id: string;
        division: { id: string };
      }[];
      const [first] = all;
      const ofDivision = await ask(`GET ${path}?pageSize=100&divisionId=${first?.division.id}`);
      expect(new Set(ofDivision.each("entities", "division.id"))).toEqual(new Set([first?.division.id]));
      expect(ofDivision.at("total")).toBeLessThan(all.length);
      const two = all.slice(1, 3).map(({ id }) => id);
      const chosen = await ask(`GET ${path}?id=${two[0]}&id=${two[1]}`);
      expect(chosen.each("entities", "id").toSorted()).toEqual(two.toSorted());
    },
  );

  test.each([
    "routing/skills?divisionId=other",
    "routing/queues?sortBy=id",
    "teams?pageNumber=1",
    "presence/definitions?deleted=ALL",
    "users?pagesize=10",
  ])("refuse %s, which the definition does not declare", async (query) => {
    const { ask } = await dataSandbox();
    const reply = await ask(`GET /api/v2/${query}`);
    expect(`${reply.status} ${reply.at("code")}`).toBe("400 bad.request");
  });

  test.each([
    ["users", 500],
    ["teams", 100],
  ])("of %s refuse a page of more than %i instead of shortening it", async (path, largest) => {
    const { ask } = await dataSandbox();
    expect((await ask(`GET /api/v2/${path}?pageSize=${largest}`)).status).toBe(200);
    const reply = await ask(`GET /api/v2/${path}?pageSize=${largest + 1}`);
    expect(`${reply.status} ${reply.at("code")}`).toBe("400 invalid.value");
  });

  test("have sizes that can be configured", async () => {
    const { ask } = await dataSandbox({ conversations: 31, roster: { skills: 3, queues: 7 } });
    expect((await ask("GET /api/v2/routing/skills")).at("total")).toBe(3);
    expect((await ask("GET /api/v2/routing/queues")).at("total")).toBe(7);
  });

  test("of outbound objects shorten a larger page to 100 and refuse an empty page unless it is allowed", async () => {
    const { ask } = await dataSandbox();
    const lists = await ask("GET /api/v2/outbound/contactlists?pageSize=500");
    expect([lists.each("entities", "id").length, lists.at("pageCount")]).toEqual([100, 2]);
    const beyond = "GET /api/v2/outbound/dnclists?pageNumber=9";
    expect((await ask(beyond)).status).toBe(400);
    expect((await ask(`${beyond}&allowEmptyResult=true`)).at("entities")).toEqual([]);
  });

  test("contain only objects of divisions with the permission", async () => {
    const all = await dataSandbox();
    const [division] = (await all.ask("GET /api/v2/authorization/divisions")).each("entities", "id");
    const { token } = await clientHolding(all.sandbox, ["outbound:campaign:view"], String(division));
    const seen = await call(all.sandbox, "GET /api/v2/outbound/campaigns?pageSize=100", { token });
    expect(new Set(seen.each("entities", "division.id"))).toEqual(new Set([division]));
  });

  test("shift between pages", async () => {
    const data = await dataSandbox();
    await act(data.sandbox, "settings.patch", {
      settings: { pageDrift: { query: 0, jobs: 0, listings: 1 } },
    });
    const [first, second] = [1, 2].map((number) =>
      data.ask(`GET /api/v2/routing/skills?pageSize=10&pageNumber=${number}`),
    );
    const ids = [(await first)?.each("entities", "id"), (await second)?.each("entities", "id")];
    expect(ids[1]?.[0]).toBe(ids[0]?.[9]);
  });

  test("of external contacts by scan are paged by cursors.after, with 10 to 200 entries per page", async () => {
    const { ask } = await dataSandbox();
    const ids: unknown[] = [];
    let cursor: unknown = "";
    while (cursor !== undefined) {
      const page = await ask(
        `GET /api/v2/externalcontacts/scan/contacts?limit=200&cursor=${encodeURIComponent(String(cursor))}`,
      );
      ids.push(...page.each("entities", "id"));
      cursor = page.at("cursors.after");
    }
    expect(new Set(ids).size).toBe(1_500);
    expect(ids).toHaveLength(1_500);
    expect((await ask("GET /api/v2/externalcontacts/scan/contacts?limit=9")).status).toBe(400);
    expect((await ask("GET /api/v2/externalcontacts/scan/contacts?cursor=zzz")).status).toBe(400);
  });

  test("of SCIM count from 1", async () => {
    const { ask } = await dataSandbox();
    const page = await ask("GET /api/v2/scim/v2/users?startIndex=250&count=10");
    expect([page.at("totalResults"), page.at("startIndex"), page.at("itemsPerPage")]).toEqual([251, 250, 2]);
    expect(page.each("Resources", "id")).toHaveLength(2);
  });

  test("of presence definitions fit on one page", async () => {
    const page = await (await dataSandbox()).ask("GET /api/v2/presence/definitions");
    expect(page.each("entities", "systemPresence")).toContain("On Queue");
    expect(page.at("nextUri")).toBe(undefined);
  });

  test("of users by id include former users only with the state `any`", async () => {
    const data = await dataSandbox({ conversations: 310 });
    const listed = new Set(await follow(data, "/api/v2/users?pageSize=500"));
    const named = (await truth(data, "")).flatMap((text) =>
      [...text.matchAll(/"userId":"([^"]*)"/g)].map(([, id]) => id ?? ""),
    );
    const gone = [...new Set(named)].filter((id) => !listed.has(id));
    expect(gone.length).toBeGreaterThan(0);
    const ask = async (state: string) =>
      data.ask(`GET /api/v2/users?id=${gone.join(",")}&pageSize=100${state}`);
    expect((await ask("")).at("total")).toBe(0);
    const any = await ask("&state=any");
    expect(any.each("entities", "id").toSorted()).toEqual(gone.toSorted());
    expect(new Set(any.each("entities", "state"))).toEqual(new Set(["deleted"]));
    const many = Array.from({ length: 101 }, () => gone[0]).join(",");
    expect((await data.ask(`GET /api/v2/users?id=${many}`)).status).toBe(400);
  });

  test("contain every object that conversations reference", async () => {
    const data = await dataSandbox({ conversations: 310 });
    const texts = await truth(data, "");
    const namesIn = (field: string) =>
      new Set(
        texts.flatMap((text) =>
          [...text.matchAll(new RegExp(`"${field}":"([^"]*)"`, "g"))].map(([, id]) => id),
        ),
      );
    const queues = new Set(await follow(data, "/api/v2/routing/queues?pageSize=100"));
    expect([...namesIn("queueId")].filter((id) => !queues.has(id))).toEqual([]);
    const codes = new Set(await follow(data, "/api/v2/routing/wrapupcodes?pageSize=100"));
    expect([...namesIn("wrapUpCode")].filter((id) => !codes.has(id)).toSorted()).toEqual([
      "ININ-WRAP-UP-SKIPPED",
      "ININ-WRAP-UP-TIMEOUT",
    ]);
    for (const [field, path] of [
      ["flowId", "flows"],
      ["flowOutcomeId", "flows/outcomes"],
      ["outboundCampaignId", "outbound/campaigns"],
      ["outboundContactListId", "outbound/contactlists"],
    ] as const) {
      const listed = new Set(await follow(data, `/api/v2/${path}?pageSize=100`));
      expect(namesIn(field).size).toBeGreaterThan(0);
      expect([...namesIn(field)].filter((id) => !listed.has(id))).toEqual([]);
    }
  });
});
