import { describe, expect, test } from "vitest";
import { renderSarif } from "../../../src/output/reports/sarif.ts";
import { sourceUri } from "../../../src/output/reports/source-uri.ts";
import {
  CLEAN_REPORT,
  FAILED_REPORT,
  HOSTILE_FAILURE,
  HOSTILE_REPORT,
  MIXED_REPORT,
  TOLERANT_REPORT,
} from "../../support/reports.ts";
import { readStoredSchema, violationsOf } from "../../support/stored-schemas.ts";

const SCHEMA = readStoredSchema("sarif-2.1.0");

/** The part of SARIF that these tests read. */
interface Sarif {
  readonly runs: readonly [
    {
      readonly invocations: unknown;
      readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
      readonly results: readonly {
        readonly ruleId: string;
        readonly ruleIndex: number;
        readonly level: string;
        readonly message: { readonly text: string };
        readonly locations: readonly [
          { readonly physicalLocation?: unknown; readonly logicalLocations: unknown },
        ];
        readonly partialFingerprints: Readonly<Record<string, string>>;
      }[];
    },
  ];
}

const render = (report: Parameters<typeof renderSarif>[0]) => JSON.parse(renderSarif(report)) as Sarif;

describe("the SARIF report matches the official 2.1.0 schema for", () => {
  test.each([
    ["a policy with every verdict", MIXED_REPORT],
    ["a clean result", CLEAN_REPORT],
    ["findings below the threshold", TOLERANT_REPORT],
    ["hostile text", HOSTILE_REPORT],
    ["a check that could not run", FAILED_REPORT],
    ["a failure with hostile text", HOSTILE_FAILURE],
  ])("%s", (_description, report) => {
    expect(violationsOf(SCHEMA, render(report))).toEqual([]);
  });
});

test("the official SARIF schema rejects an invalid report", () => {
  const { runs } = render(MIXED_REPORT);
  expect(
    violationsOf(SCHEMA, { version: "2.1.0", runs: [{ ...runs[0], results: [{ level: "bad" }] }] }),
  ).not.toEqual([]);
});

test("the SARIF report has a result for every check that is not allowed, worst first, with its rule, level and location", () => {
  const [run] = render(MIXED_REPORT).runs;
  expect(
    run.results.map(({ ruleId, level, message, locations }) => [
      ruleId,
      level,
      message.text.split("\n")[0],
      locations[0].physicalLocation ?? null,
    ]),
  ).toEqual([
    [
      "permission",
      "error",
      "POST /api/v2/analytics/conversations/details/query: denied",
      {
        artifactLocation: { uri: "genscope.policy.yaml", uriBaseId: "%SRCROOT%" },
        region: { startLine: 12 },
      },
    ],
    ["permission", "warning", "authorization:role:view: unknown", null],
    [
      "division",
      "warning",
      "GET /api/v2/conversations/{conversationId}: conditional",
      {
        artifactLocation: { uri: "services/a%20b/client.py", uriBaseId: "%SRCROOT%" },
        region: { startLine: 40 },
      },
    ],
    [
      "no-such-path",
      "error",
      "`/api/v2/analytics/conversations/queries` does not exist",
      { artifactLocation: { uri: "services/report.js", uriBaseId: "%SRCROOT%" }, region: { startLine: 3 } },
    ],
    [
      "unclear-method",
      "note",
      "GET or PATCH",
      { artifactLocation: { uri: "services/report.js", uriBaseId: "%SRCROOT%" }, region: { startLine: 9 } },
    ],
  ]);
});

test("every SARIF result refers to its rule", () => {
  const [run] = render(MIXED_REPORT).runs;
  const ids = run.tool.driver.rules.map(({ id }) => id);
  expect(ids).toEqual(["division", "no-such-path", "permission", "unclear-method"]);
  expect(run.results.map(({ ruleIndex }) => ids[ruleIndex])).toEqual(run.results.map(({ ruleId }) => ruleId));
});

test("the SARIF report describes a rule per layer and per kind of finding", () => {
  expect(render(MIXED_REPORT).runs[0].tool.driver.rules).toMatchInlineSnapshot(`
    [
      {
        "help": {
          "text": "Extend the role to the object's division.",
        },
        "id": "division",
        "shortDescription": {
          "text": "A permission is not held in the object's division",
        },
      },
      {
        "help": {
          "text": "The message contains the fix.",
        },
        "id": "no-such-path",
        "shortDescription": {
          "text": "no such path",
        },
      },
      {
        "help": {
          "text": "Assign a role that holds the permission; the message names the smallest one.",
        },
        "id": "permission",
        "shortDescription": {
          "text": "A permission is missing",
        },
      },
      {
        "help": {
          "text": "The message contains the fix.",
        },
        "id": "unclear-method",
        "shortDescription": {
          "text": "unclear method",
        },
      },
    ]
  `);
});

test("the SARIF report has the evidence and the fixes in the message", () => {
  expect(render(MIXED_REPORT).runs[0].results[0]?.message.text).toMatchInlineSnapshot(`
    "POST /api/v2/analytics/conversations/details/query: denied
    needs permission \`analytics:conversationDetail:view\`
    no role of this token holds \`analytics:conversationDetail:view\`
    fixes, smallest first:
    1. assign role "Conversation Detail Reader" to OAuth client "Reporting service"; this adds no other permissions
    Admin > Integrations > OAuth > Reporting service > Roles
    2. create a role that holds only \`analytics:conversationDetail:view\`
    genscope check-scopes --emit role"
  `);
});

describe("the fingerprints of SARIF results", () => {
  const fingerprints = (report: typeof MIXED_REPORT) =>
    render(report).runs[0].results.map(({ partialFingerprints }) => partialFingerprints["genscopeCheck/v1"]);
  const moved = (byLines: number) => ({
    ...MIXED_REPORT,
    results: MIXED_REPORT.results.map((result) => ({
      ...result,
      location: result.location && { ...result.location, line: result.location.line + byLines },
    })),
  });

  test("are stable when lines move", () => {
    expect(fingerprints(moved(100))).toEqual(fingerprints(MIXED_REPORT));
  });

  test("differ for every result, even for two results of the same check", () => {
    const twice = { ...MIXED_REPORT, results: [...MIXED_REPORT.results, ...moved(1).results] };
    const all = fingerprints(twice);
    expect(all.length).toBe(8);
    expect(new Set(all).size).toBe(8);
  });
});

test("the SARIF report neutralizes a link in a name and keeps every line of the message", () => {
  const [result] = render(HOSTILE_REPORT).runs[0].results;
  expect(result?.message.text).toContain("[l] (https://example.org)");
  expect(result?.message.text.split("\n").length).toBe(6);
});

describe("the URI of a file in the SARIF report", () => {
  test.each([
    ["genscope.policy.yaml", { uri: "genscope.policy.yaml", uriBaseId: "%SRCROOT%" }],
    ["./a/b.js", { uri: "a/b.js", uriBaseId: "%SRCROOT%" }],
    ["a\\b.js", { uri: "a/b.js", uriBaseId: "%SRCROOT%" }],
    ["ä #1?.js", { uri: "%C3%A4%20%231%3F.js", uriBaseId: "%SRCROOT%" }],
    ["/etc/policy.yaml", { uri: "file:///etc/policy.yaml" }],
    ["C:\\src\\policy.yaml", { uri: "file:///C:/src/policy.yaml" }],
  ])("%s", (file, expected) => {
    expect(sourceUri(file)).toEqual(expected);
  });
});

describe("the invocation in the SARIF report", () => {
  test("succeeds when the check ran, whatever its verdicts", () => {
    expect(render(MIXED_REPORT).runs[0].invocations).toMatchObject([
      { executionSuccessful: true, toolExecutionNotifications: [{ level: "warning" }] },
    ]);
  });

  test("fails with a notification, and without results, when nothing was checked", () => {
    const [run] = render(FAILED_REPORT).runs;
    expect(run.results).toEqual([]);
    expect(run.invocations).toEqual([
      {
        executionSuccessful: false,
        endTimeUtc: "2026-10-01T08:30:00.000Z",
        toolExecutionNotifications: [
          {
            level: "error",
            descriptor: { id: "auth.wrong_secret" },
            message: {
              text: 'the secret for OAuth client "ci" is wrong\nhint: set the current secret in `GENESYSCLOUD_OAUTHCLIENT_SECRET`\ncorrelation id: 0d5c1b3e-7a4f-4c0e-9b52-3f1e6a7d8c90',
            },
          },
        ],
      },
    ]);
  });
});
