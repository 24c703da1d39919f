import { describe, expect, test } from "vitest";
import { type AnnouncedQuestion, asOfDay } from "../../src/access/announced.ts";
import { NOTHING_MISSING } from "../../src/access/verdict/layer-result.ts";
import type { Verdict, VerdictName } from "../../src/access/verdict/verdict.ts";
import type { Announcement } from "../../src/catalogue/changes/announcement.ts";

const TODAY = "2026-11-28";
const CALL = "POST /api/v2/conversations/{conversationId}/participants/{participantId}/replace/external";
const change = (given: Partial<Announcement>): Announcement => ({
  date: "2027-03-01",
  kind: "removal",
  statement: "The operation is removed.",
  operations: [CALL],
  permissions: [],
  grantType: null,
  disputedDate: null,
  supersededBy: null,
  isConfirmed: true,
  source: "an announcement",
  ...given,
});
const judged = (verdict: VerdictName): Verdict => ({
  verdict,
  layer: verdict === "allowed" ? "none" : "permission",
  missing: NOTHING_MISSING,
  evidence: [],
  remedies: [],
});

/** Returns the verdict, the layer and the added evidence for one announcement. */
function ask(verdict: VerdictName, given: Partial<Announcement>, question: Partial<AnnouncedQuestion>) {
  const asked = {
    operation: CALL,
    asOf: TODAY,
    today: TODAY,
    grantType: null,
    holds: () => false,
    ...question,
  };
  const found = asOfDay(judged(verdict), [change(given)], asked);
  return [found.verdict, found.layer, found.evidence.map(({ summary }) => summary).join()];
}

describe("an announced removal", () => {
  test.each<[string, string, VerdictName]>([
    ["2027-02-28", "2027-03-01", "allowed"],
    ["2027-03-01", "2027-03-01", "conditional"],
    ["2030-01-01", "2027-03-01", "conditional"],
    ["2027-02-28", "2027-03", "allowed"],
    ["2027-03-01", "2027-03", "conditional"],
    ["2026-11-30", "2026-11", "conditional"],
    ["2030-01-01", "2026-11-28", "allowed"],
    ["2030-01-01", "2026-10", "allowed"],
  ])("as of %s, when announced for %s: a call that is allowed today is %s", (asOf, date, expected) => {
    expect(ask("allowed", { date }, { asOf })[0]).toBe(expected);
  });

  test("names the layer, the date and the source, and never promises a denial", () => {
    expect(ask("allowed", {}, { asOf: "2027-06-01" })).toEqual([
      "conditional",
      "path",
      "announced to end on 2027-03-01: The operation is removed (an announcement)",
    ]);
  });

  test("is dated with `in` when the source gives only a month", () => {
    expect(ask("allowed", { date: "2027-03" }, { asOf: "2027-06-01" })[2]).toBe(
      "announced to end in 2027-03: The operation is removed (an announcement)",
    );
  });

  test.each<[string, Partial<Announcement>, Partial<AnnouncedQuestion>]>([
    ["a call to another operation", {}, { operation: "GET /api/v2/users/me" }],
    ["a permission that is checked without an operation", {}, { operation: null }],
    ["a removal whose date was postponed", { supersededBy: "2028-01-01" }, {}],
    ["a removal without a date", { date: null }, {}],
    ["a deprecation, which removes nothing", { kind: "deprecation" }, {}],
    ["a removal that names neither operation nor grant type", { operations: [] }, {}],
    ["a client with another grant type", { operations: [], grantType: "TOKEN" }, { grantType: "CODE" }],
  ])("leaves the verdict unchanged for %s", (_what, given, question) => {
    expect(ask("allowed", given, { asOf: "2030-01-01", ...question })).toEqual(["allowed", "none", ""]);
  });

  test("of a grant type makes every call by clients with that grant type conditional", () => {
    const ending = { operations: [], grantType: "TOKEN", date: "2027-03" };
    const found = ask("allowed", ending, { asOf: "2027-05-01", operation: null, grantType: "TOKEN" });
    expect(found.slice(0, 2)).toEqual(["conditional", "credentials"]);
  });

  test("leaves a denied call denied", () => {
    expect(ask("denied", {}, { asOf: "2030-01-01" })[0]).toBe("denied");
  });
});

describe("an announced enforcement", () => {
  const enforcement = { kind: "enforcement", permissions: ["telephony:station:disassociate"] } as const;

  test.each<[string, boolean, VerdictName]>([
    ["2027-03-01", false, "conditional"],
    ["2027-03-01", true, "allowed"],
    ["2027-02-01", false, "allowed"],
  ])(
    "as of %s, whether the permission is held: %s. A call that is allowed today is %s",
    (asOf, isHeld, expected) => {
      expect(ask("allowed", enforcement, { asOf, holds: () => isHeld })[0]).toBe(expected);
    },
  );

  test("makes a call that is denied today conditional as of a day before the enforcement", () => {
    const past = { ...enforcement, date: "2026-03-01" };
    expect(ask("denied", past, { asOf: "2026-02-01" }).slice(0, 2)).toEqual(["conditional", "permission"]);
    expect(ask("denied", past, { asOf: "2026-03-01" })[0]).toBe("denied");
    expect(ask("denied", past, {})[0]).toBe("denied");
  });
});
