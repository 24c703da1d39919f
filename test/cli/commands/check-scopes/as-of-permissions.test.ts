import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openDiagnosis } from "../../../../src/access/diagnose.ts";
import type { VerdictName } from "../../../../src/access/verdict/verdict.ts";
import type { Announcement } from "../../../../src/catalogue/changes/announcement.ts";
import { loadCatalogue } from "../../../../src/catalogue/facts/load-catalogue.ts";
import { judgeByAnnouncements } from "../../../../src/cli/commands/check-scopes/as-of.ts";
import { type JudgedItem, judgeSubject } from "../../../../src/cli/commands/check-scopes/judge.ts";
import type { SingleSubject } from "../../../../src/cli/commands/check-scopes/subject.ts";
import { clientPrincipal, grant, operation, role } from "../../../support/principals.ts";

const PERMISSIONS = ["routing:queue:view", "routing:queue:edit", "routing:queue:delete"] as const;
const TODAY = "2026-11-28";
const DAYS = ["2026-01-10", "2026-11-27", TODAY, "2026-11-29", "2027-06-01"] as const;
const FROM_STRONG: readonly VerdictName[] = ["allowed", "conditional", "unknown", "denied"];

interface Case {
  readonly mode: "ANY" | "ALL";
  readonly needed: readonly string[];
  readonly held: readonly string[];
  readonly isOperation: boolean;
  readonly asOf: string;
  readonly changes: readonly Pick<Announcement, "kind" | "date" | "permissions">[];
}

const change = (given: Partial<Announcement>): Announcement => ({
  date: null,
  kind: "removal",
  statement: "A permission changes.",
  operations: [],
  permissions: [],
  grantType: null,
  disputedDate: null,
  supersededBy: null,
  isConfirmed: true,
  source: "an announcement",
  ...given,
});

/** Returns today's verdict and the verdict for the day in question. */
async function judge({ mode, needed, held, isOperation, asOf, changes }: Case) {
  const roles = PERMISSIONS.map((name) => role(name.replaceAll(":", " "), name));
  const principal = clientPrincipal({
    grants: roles.filter((_role, index) => held.includes(PERMISSIONS[index] ?? "")).map((one) => grant(one)),
    roles,
  });
  const options = {
    catalogue: loadCatalogue(),
    principal,
    diagnose: openDiagnosis(principal),
    division: null,
    topics: null,
    liveApi: null,
    nowMs: Date.parse(`${TODAY}T12:00:00Z`),
  };
  const origin = { name: "the check", caution: null, division: null, location: null, service: null };
  const subject: SingleSubject = isOperation
    ? { ...origin, kind: "operation", operation: operation({ permissionMode: mode, permissions: needed }) }
    : { ...origin, kind: "permission", permission: needed[0] ?? "" };
  const today = await judgeSubject(subject, options);
  const [ofDay] = await judgeByAnnouncements(
    { subjects: [subject], items: [today], asOf },
    changes.map(change),
    options,
  );
  if (ofDay === undefined) throw new Error("one item in, one item out");
  return { today, ofDay };
}

/** Returns the permissions that can't be granted on the day, computed only from the dates. */
function absentOn({ asOf, changes }: Pick<Case, "asOf" | "changes">): readonly string[] {
  return changes.flatMap(({ kind, date, permissions }) => {
    if (date === null) return [];
    const isGone = kind === "removal" && TODAY < date && date <= asOf;
    const isNew = kind === "new-permission" && asOf < date && date <= TODAY;
    return isGone || isNew ? permissions : [];
  });
}

/** Returns, as text, everything that the fixes of an item ask a person to grant. */
function granted({ remedies }: JudgedItem): string {
  return remedies
    .filter(({ kind }) => kind !== "none")
    .map(({ summary, permissions }) => `${summary} ${JSON.stringify(permissions ?? [])}`)
    .join("\n")
    .replaceAll(/role "routing queue (\w+)"/g, "routing:queue:$1");
}

const cases: fc.Arbitrary<Case> = fc
  .record({
    mode: fc.constantFrom("ANY" as const, "ALL" as const),
    needed: fc.subarray([...PERMISSIONS], { minLength: 1 }),
    held: fc.subarray([...PERMISSIONS]),
    isOperation: fc.boolean(),
    asOf: fc.constantFrom(...DAYS),
    changes: fc.array(
      fc.record({
        kind: fc.constantFrom("removal" as const, "new-permission" as const, "deprecation" as const),
        date: fc.constantFrom(...DAYS),
        permissions: fc.subarray([...PERMISSIONS], { minLength: 1 }),
      }),
      { maxLength: 2 },
    ),
  })
  .map((one) => (one.isOperation ? one : { ...one, mode: "ALL" as const, needed: one.needed.slice(0, 1) }));

describe("--as-of with a day on which some permissions do not exist", () => {
  test("makes no verdict stronger, and allows only what the existing permissions allow", async () => {
    await fc.assert(
      fc.asyncProperty(cases, async (one) => {
        const { today, ofDay } = await judge(one);
        expect(FROM_STRONG.indexOf(ofDay.verdict)).toBeGreaterThanOrEqual(FROM_STRONG.indexOf(today.verdict));
        if (ofDay.verdict !== "allowed") return;
        const absent = absentOn(one);
        const works = (name: string) => one.held.includes(name) && !absent.includes(name);
        expect(one.mode === "ANY" ? one.needed.some(works) : one.needed.every(works)).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  test("suggests only permissions that exist on the day, and names those that do not", async () => {
    await fc.assert(
      fc.asyncProperty(cases, async (one) => {
        const { today, ofDay } = await judge(one);
        const absent = absentOn(one);
        const offered = PERMISSIONS.filter((name) => granted(ofDay).includes(name));
        expect(offered.filter((name) => absent.includes(name) || !one.needed.includes(name))).toEqual([]);
        if (!one.needed.some((name) => absent.includes(name))) expect(ofDay).toEqual(today);
        else if (ofDay.verdict !== "allowed") {
          expect(ofDay.remedies.length).toBeGreaterThan(0);
          expect(ofDay.evidence.map(({ summary }) => summary).join()).toMatch(
            /is announced to end on|was introduced only on/,
          );
        }
      }),
      { numRuns: 400 },
    );
  });

  test.each([
    ["2027-05-31", "assign role"],
    ["2027-06-01", "nothing to grant: `routing:queue:edit` is announced to end on 2027-06-01"],
  ])("as of %s suggests for a missing permission: %s", async (asOf, first) => {
    const removal = { kind: "removal", date: "2027-06-01", permissions: ["routing:queue:edit"] } as const;
    const given = { mode: "ALL", needed: ["routing:queue:edit"], held: [], isOperation: true } as const;
    const { ofDay } = await judge({ ...given, asOf, changes: [removal] });
    expect([ofDay.verdict, ofDay.remedies[0]?.summary.startsWith(first)]).toEqual(["denied", true]);
  });

  test("suggests the permission that still exists when either of two suffices", async () => {
    const removal = { kind: "removal", date: "2027-06-01", permissions: ["routing:queue:edit"] } as const;
    const needed = ["routing:queue:edit", "routing:queue:view"];
    const { ofDay } = await judge({
      mode: "ANY",
      needed,
      held: ["routing:queue:edit"],
      isOperation: true,
      asOf: "2027-06-01",
      changes: [removal],
    });
    expect([ofDay.verdict, ofDay.layer]).toEqual(["conditional", "permission"]);
    expect(granted(ofDay)).toContain("routing:queue:view");
  });
});
