import { expect, test } from "vitest";
import { call, json } from "../../../sandbox/client.ts";
import { byName, type ClientsWorld, clientsWorld } from "../../../support/clients-world.ts";

/** Returns the number of requests per client in the window of a document, as the sandbox counted them. */
async function truthOf({ sandbox }: ClientsWorld, document: unknown): Promise<ReadonlyMap<string, number>> {
  const [first, last] = [json(document).text("window.firstDay"), json(document).text("window.lastDay")];
  const truth = new Map<string, number>();
  const { value } = await call(sandbox, "GET /sandbox/truth/usage");
  for (const count of (value as { counts: Record<string, string | number>[] }).counts) {
    const { day = "", clientId = "" } = count;
    if (day < first || day > last) continue;
    const sums = ["status200", "status300", "status400", "status500"].map((name) => Number(count[name]));
    truth.set(
      String(clientId),
      sums.reduce((a, b) => a + b, truth.get(String(clientId)) ?? 0),
    );
  }
  return truth;
}

function shownIn(document: unknown): ReadonlyMap<string, number> {
  const lists = ["clients", "unlisted"].flatMap((list) => {
    const ids = json(document).each(`organizations.0.${list}`, "id");
    const calls = json(document).each(`organizations.0.${list}`, "totals.requests");
    return ids.map((id, index) => [String(id), Number(calls[index])] as const);
  });
  return new Map(lists.filter(([, calls]) => calls !== 0));
}

async function startsOf({ sandbox }: ClientsWorld): Promise<readonly unknown[]> {
  const requests = (await call(sandbox, "GET /sandbox/requests")).at("requests") as Record<string, unknown>[];
  return requests.filter(({ method, path }) => method === "POST" && String(path).includes("/usage/"));
}

test.each<[string, object, readonly string[] | null]>([
  ["a job", { usageMostJobRows: 20 }, null],
  ["an older query", { usageMostRows: 19 }, ["oauth:client:view", "authorization:role:view"]],
])(
  "splits %s of API usage when its result is too large, without losing a call",
  async (_name, limits, permissions) => {
    const world = await clientsWorld(limits);
    if (permissions !== null) world.act("role.upsert", { name: "Access auditor", permissions });
    const { exitCode, json: document } = await world.run("--json");
    expect(exitCode).toBe(0);
    expect(json(document).at("organizations.0.usage")).toMatchObject({ isRead: true, isCut: false });
    expect(shownIn(document)).toEqual(await truthOf(world, document));
    expect((await startsOf(world)).length).toBeGreaterThan(4);
  },
);

test("reports missing calls when API usage for one day and one method is still too large", async () => {
  const world = await clientsWorld({ usageMostJobRows: 3 });
  const result = await world.run("--json");
  expect(json(result.json).at("organizations.0.usage")).toMatchObject({ isRead: true, isCut: true });
  expect(byName(result, "verdict")["Switched-off importer"]).toBe("not seen");
  const openings = byName(result, "openings") as Record<string, { summary: string }[]>;
  expect(openings["Switched-off importer"]?.map(({ summary }) => summary)).toContain(
    "the service truncated an API usage result, and the query can't be split further",
  );
  // The part of the usage that could be read is counted.
  expect([...shownIn(result.json).values()].reduce((a, b) => a + b, 0)).toBeGreaterThan(0);
});
