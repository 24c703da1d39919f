import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { loadCatalogue } from "../../../src/catalogue/facts/load-catalogue.ts";
import type { Operation } from "../../../src/catalogue/facts/operation.ts";
import { type Refusal, refusalsOf } from "../../../src/catalogue/facts/refusal.ts";
import { nameOf } from "../../../src/catalogue/lookup/operation-lookup.ts";

const REFUSALS = new URL("../../../src/catalogue/facts/sources/refusals.jsonl", import.meta.url);
const catalogue = loadCatalogue();
const operations = Array.from(catalogue.operations());

function count(condition: (operation: Operation) => boolean): number {
  return operations.filter(condition).length;
}

describe("the packaged catalog contains", () => {
  test("3,315 operations on 2,260 paths, and 237 removed ones", () => {
    expect({
      size: catalogue.size,
      operations: operations.length,
      paths: new Set(operations.map(({ path }) => path)).size,
      removed: Array.from(catalogue.removed()).length,
    }).toEqual({ size: 3315, operations: 3315, paths: 2260, removed: 237 });
  });

  test("the permission modes, grant rules, flags and scope sources that its sources state", () => {
    expect({
      any: count(({ permissionMode }) => permissionMode === "ANY"),
      all: count(({ permissionMode }) => permissionMode === "ALL"),
      none: count(({ permissionMode }) => permissionMode === "NONE"),
      unpublished: count(({ permissionMode }) => permissionMode === "UNKNOWN"),
      deprecated: count(({ isDeprecated }) => isDeprecated),
      preview: count(({ isPreview }) => isPreview),
      usersOnly: count(({ grantRule }) => grantRule === "not-client-credentials"),
      clientsOnly: count(({ grantRule }) => grantRule === "client-credentials-only"),
      noToken: count(({ otherAuthentication }) => otherAuthentication === "none"),
      published: count(({ scopeSource }) => scopeSource === "published"),
      inferredHigh: count(({ scopeSource }) => scopeSource === "inferred-high"),
      inferredMedium: count(({ scopeSource }) => scopeSource === "inferred-medium"),
      inferredLow: count(({ scopeSource }) => scopeSource === "inferred-low"),
      unknown: count(({ scopes, scopeSource }) => scopes === null && scopeSource === "unknown"),
    }).toEqual({
      any: 2070,
      all: 851,
      none: 359,
      unpublished: 35,
      deprecated: 129,
      preview: 94,
      usersOnly: 44,
      clientsOnly: 9,
      noToken: 33,
      published: 3139,
      inferredHigh: 146,
      inferredMedium: 5,
      inferredLow: 22,
      unknown: 3,
    });
  });

  test("136 scopes, 134 of them named by operations or by removed ones", () => {
    const scopes = Array.from(catalogue.scopes().values());
    expect(scopes).toHaveLength(136);
    expect(scopes.filter(({ description }) => description === null)).toEqual([]);
    expect(scopes.filter(({ status }) => status === "definition-only").map(({ name }) => name)).toEqual([
      "all",
    ]);
    expect(scopes.filter(({ status }) => status === "unconfirmed").map(({ name }) => name)).toEqual([
      "streaming-events:readonly",
    ]);
  });

  test("every refusal of its source, with its template and the number of operations that declare it", () => {
    const nameOfRefusal = ({ status, code }: Pick<Refusal, "status" | "code">) => `${status} ${code}`;
    const [, ...lines] = readFileSync(REFUSALS, "utf8").trimEnd().split("\n");
    const declared = new Set(lines.map((line) => nameOfRefusal(JSON.parse(line) as Refusal)));
    expect(catalogue.refusals().map(nameOfRefusal).toSorted()).toEqual([...declared].toSorted());
    // The number in July 2026. Later definitions may have more, but fewer would mean a loss.
    expect(declared.size).toBeGreaterThanOrEqual(273);
    expect(catalogue.refusals().find(({ status, code }) => status === 400 && code === "not.a.user")).toEqual({
      status: 400,
      code: "not.a.user",
      operationCount: 43,
      messages: [
        {
          template:
            "This request requires a user context. Client credentials cannot be used for requests to this resource.",
          operationCount: 43,
          examples: [
            "DELETE /api/v2/conversations/calls/{conversationId}/participants/{participantId}/consult",
            "DELETE /api/v2/conversations/{conversationId}",
            "DELETE /api/v2/voicemail/messages",
          ],
        },
      ],
    });
    const division = catalogue
      .refusals()
      .find(({ status, code }) => status === 403 && code === "missing.division.permission");
    expect(division?.operationCount).toBe(3180);
    expect(division?.messages.map(({ operationCount }) => operationCount)).toEqual([
      3021, 154, 1, 1, 1, 1, 1,
    ]);
  });

  test("a grant rule that the definition states only in a description", () => {
    expect(catalogue.find("POST", "/api/v2/conversations/emails/{conversationId}/reconnect")?.grantRule).toBe(
      "not-client-credentials",
    );
  });

  test("the source and date of every operation", () => {
    expect(new Map(operations.map(({ provenance }) => [provenance.source, provenance.date]))).toEqual(
      new Map([
        ["platform-client-sdk-javascript 259.0.0; scopes: inferred from related operations", "2026-08-15"],
        ["platform-client-sdk-javascript 259.0.0; scopes: not known", "2026-08-15"],
        ["platform-client-sdk-javascript 259.0.0; scopes: published definition of July 2026", "2026-08-15"],
        [
          "purecloud-platform-client-v2 262.0.0; permissions: not published; scopes: inferred from related operations",
          "2026-09-16",
        ],
      ]),
    );
  });

  test("every fact of the conversation detail query", () => {
    expect(catalogue.find("POST", "/api/v2/analytics/conversations/details/query")).toMatchObject({
      method: "POST",
      path: "/api/v2/analytics/conversations/details/query",
      operationId: "postAnalyticsConversationsDetailsQuery",
      tag: "Analytics",
      permissionMode: "ANY",
      permissions: ["analytics:conversationDetail:view", "analytics:agentConversationDetail:view"],
      conditionalPermissions: [],
      scopes: ["analytics", "analytics:readonly"],
      scopeSource: "published",
      grantRule: null,
      otherAuthentication: null,
      isDeprecated: false,
      isPreview: false,
      note: null,
      caveats: [{ kind: "reading-post", effect: "harmless", readingClass: "read" }],
      provenance: {
        source: "platform-client-sdk-javascript 259.0.0; scopes: published definition of July 2026",
        date: "2026-08-15",
      },
    });
  });
});

describe("a lookup in the catalog", () => {
  test("prefers a literal word in the path to a parameter", () => {
    expect(catalogue.findByPath("/api/v2/users/me").map(nameOf)).toEqual(["GET /api/v2/users/me"]);
    expect(catalogue.findByPath("/api/v2/users/4711").map(nameOf)).toEqual([
      "DELETE /api/v2/users/{userId}",
      "GET /api/v2/users/{userId}",
      "PATCH /api/v2/users/{userId}",
    ]);
  });

  test("finds operations by permission in upper or lower case, including conditional ones", () => {
    expect(catalogue.findByPermission("ANALYTICS:conversationdetail:VIEW")).toHaveLength(
      count(({ permissions }) => permissions.includes("analytics:conversationDetail:view")),
    );
    expect(catalogue.findByPermission("internal:trunk:edit").map(nameOf)).toEqual([
      "GET /api/v2/telephony/providers/edges/trunkbasesettings",
      "GET /api/v2/telephony/providers/edges/trunkbasesettings/{trunkBaseSettingsId}",
    ]);
  });

  test("spells every permission as the formal lists do", () => {
    expect(catalogue.permissions().size).toBe(1460);
    expect(catalogue.permissions().get("conversation:cobrowsevoice:add")).toBe(
      "conversation:cobrowseVoice:add",
    );
  });
});

describe("the refusals listed for an operation", () => {
  function codesOf(method: string, path: string): readonly string[] {
    const operation = catalogue.find(method, path);
    if (operation === null) throw new Error(`no ${method} ${path}`);
    return refusalsOf(operation, catalogue.refusals(), catalogue.size).map(({ code }) => code);
  }

  test("leave out refusals that cannot apply to the operation", () => {
    expect(codesOf("GET", "/api/v2/users/me")).toEqual([
      "not.a.user",
      "authentication.required",
      "bad.credentials",
      "ip.not.authorized",
      "app.not.authorized.for.scope",
      "authz.policy.denied",
      "not.authorized",
    ]);
  });

  test("include the permission refusal that fits the operation's permission mode", () => {
    expect(codesOf("POST", "/api/v2/analytics/conversations/details/query")).toContain(
      "missing.any.division.permissions",
    );
  });

  test("include a rare refusal that only similar operations declare", () => {
    expect(codesOf("POST", "/api/v2/conversations/faxes")).toContain("fax.forbidden");
  });
});
