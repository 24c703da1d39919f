import { describe, expect, test } from "vitest";
import { json } from "../../../sandbox/client.ts";
import { byName, clientsWorld } from "../../../support/clients-world.ts";

interface Break {
  readonly date: string;
  readonly kind: string;
  readonly operations: readonly string[];
  readonly summary: string;
}

const REMOVED = "POST /api/v2/conversations/{conversationId}/participants/{participantId}/replace/external";

describe("the list of clients that will break", () => {
  test("includes a grant type that ends, a called operation that is removed, and a client that will be deleted", async () => {
    const { run } = await clientsWorld();
    const breaks = byName(await run("--json"), "breaks") as Record<string, Break[]>;
    const kinds = Object.entries(breaks).flatMap(([name, own]) =>
      own.map(({ kind, date }) => [name, kind, kind === "deletion" ? "soon" : date]),
    );
    expect(kinds.toSorted()).toEqual([
      ["Blind transfer helper", "calls", "2028-05-01"],
      ["Leaving survey app", "deletion", "soon"],
      ["Old agent dashboard", "grant", "2027-03"],
    ]);
    expect(breaks["Blind transfer helper"]?.[0]?.operations).toEqual([REMOVED]);
  });

  test("ends on the day given by --as-of, and so do the findings", async () => {
    const { run } = await clientsWorld();
    const before = await run("--json", "--as-of", "2028-04-30");
    const after = await run("--json", "--as-of", "2028-05-01");
    const dates = (result: typeof before) =>
      (byName(result, "breaks") as Record<string, Break[]>)["Blind transfer helper"]?.map(({ date }) => date);
    expect([dates(before), dates(after)]).toEqual([[], ["2028-05-01"]]);
    expect(byName(before, "verdict")["Blind transfer helper"]).not.toContain("expiring");
    expect(byName(after, "verdict")["Blind transfer helper"]).toContain("expiring?");
  });

  test("lists all clients that break on the same day together, and no client when nothing is announced", async () => {
    const { run, act } = await clientsWorld();
    for (const client of ["Nightly queue sync", "Shift trade bot"]) {
      act("usage.record", { client, operation: REMOVED, count: 3 });
    }
    expect((await run("--as-of", "2028-12-31")).stdout).toMatch(
      /^ {2}2028-05-01 {2}3 clients: (?=.*Nightly queue sync)(?=.*Shift trade bot)(?=.*Blind transfer helper)/m,
    );
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
    expect((await run("--as-of", tomorrow)).stdout).toContain(`nothing breaks by ${tomorrow}`);
  });

  test("includes a vendor's app, although its grant and permissions are unknown", async () => {
    const { run, act } = await clientsWorld();
    const client = json((await run("--json")).json).text("organizations.0.unlisted.0.id");
    act("usage.record", { client, operation: REMOVED, count: 2 });
    const { json: document } = await run("--json");
    const breaks = json(document).at("organizations.0.unlisted.0.breaks") as Break[];
    expect(breaks.map(({ date, kind, operations }) => [date, kind, operations])).toEqual([
      ["2028-05-01", "calls", [REMOVED]],
    ]);
  });

  test("omits calls that are always refused today", async () => {
    const { run, act } = await clientsWorld();
    act("usage.record", { client: "Nightly queue sync", operation: REMOVED, count: 3, status: 403 });
    const breaks = byName(await run("--json"), "breaks") as Record<string, Break[]>;
    expect(breaks["Nightly queue sync"]).toEqual([]);
  });
});
