import { describe, expect, test } from "vitest";
import { openDiagnosis } from "../../../src/access/diagnose.ts";
import type { Unreadable } from "../../../src/platform/reading/principal.ts";
import { operation, userPrincipal } from "../../support/principals.ts";

const SCOPES = ["authorization", "authorization:readonly"];

function refusedRead(
  what: Unreadable["what"],
  code: string,
  permissions: readonly string[] = ["authorization:policy:view"],
): Unreadable {
  const call = { method: "GET", path: "/api/v2/authorization/x", status: 403, code, correlationId: null };
  return { what, reason: `the service returned 403 \`${code}\``, permissions, scopes: SCOPES, call };
}

function diagnose(unreadable: readonly Unreadable[]) {
  const { verdict, evidence, remedies } = openDiagnosis(
    userPrincipal({ scopes: ["analytics:readonly"], grants: null, accessPolicies: null, unreadable }),
  )({ kind: "operation", operation: operation() });
  return {
    verdict,
    summaries: evidence.filter(({ kind }) => kind === "unreadable").map(({ summary }) => summary),
    readings: remedies.filter(({ kind }) => kind === "grant-reading"),
  };
}

describe("a fact that the token cannot read", () => {
  test.each([
    ["grants", ["authorization:grant:view"]],
    ["access policies", ["authorization:policy:view"]],
    ["grants", []],
  ] as const)("leads to advice to add the missing scope and no permission: %s (%j)", (what, permissions) => {
    const unreadable = [refusedRead(what, "app.not.authorized.for.scope", permissions)];
    const { verdict, summaries, readings } = diagnose(unreadable);
    expect(verdict).toBe("unknown");
    expect(summaries.join("\n")).toContain(
      "; scope `authorization` or `authorization:readonly` allows reading it",
    );
    expect(summaries.join("\n")).not.toMatch(/`authorization:(?:grant|policy):view` allows reading/);
    expect(readings.map(({ summary }) => summary)).toEqual([
      "add scope `authorization` or `authorization:readonly` to the OAuth client of genscope's login and log in again, so that genscope can decide; this changes nothing else",
    ]);
  });

  test("leads to advice to add the permission when only a permission is missing", () => {
    const { summaries, readings } = diagnose([
      refusedRead("grants", "missing.any.permissions", ["authorization:grant:view"]),
    ]);
    expect(summaries.join("\n")).toContain("; `authorization:grant:view` allows reading it");
    expect(readings).toMatchObject([{ permissions: ["authorization:grant:view"] }]);
  });

  test("leads to advice to add both when a scope and a permission are missing", () => {
    const { summaries, readings } = diagnose([
      refusedRead("grants", "missing.any.permissions", ["authorization:grant:view"]),
      refusedRead("grants", "app.not.authorized.for.scope"),
    ]);
    expect(summaries.join("\n")).toContain(
      "; `authorization:grant:view` or scope `authorization` or `authorization:readonly` allows reading it",
    );
    expect(readings).toHaveLength(2);
  });
});
