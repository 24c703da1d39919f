import { describe, expect, test } from "vitest";
import { renderJunit } from "../../../src/output/reports/junit.ts";
import {
  CLEAN_REPORT,
  FAILED_REPORT,
  HOSTILE_FAILURE,
  HOSTILE_REPORT,
  MIXED_REPORT,
  TOLERANT_REPORT,
} from "../../support/reports.ts";
import { JUNIT_SCHEMAS, readValidXml, textsAt } from "../../support/xml-schemas.ts";

describe.each(Object.entries(JUNIT_SCHEMAS))(
  "the JUnit report matches the schema of %s for",
  (_name, schema) => {
    test.each([
      ["a policy with every verdict", MIXED_REPORT],
      ["a clean result", CLEAN_REPORT],
      ["findings below the threshold", TOLERANT_REPORT],
      ["hostile text", HOSTILE_REPORT],
      ["no checks", { ...CLEAN_REPORT, results: [] }],
      ["a check that could not run", FAILED_REPORT],
      ["a failure with hostile text", HOSTILE_FAILURE],
    ])("%s", (_description, report) => {
      expect(() => readValidXml(renderJunit(report), schema)).not.toThrow();
    });
  },
);

test("the JUnit report has a denied check as a failure, an undecided check as an error, an allowed check as passed, and a failing finding as a case", () => {
  expect(renderJunit(MIXED_REPORT)).toMatchInlineSnapshot(`
    "<?xml version="1.0" encoding="UTF-8"?>
    <testsuites>
      <testsuite id="0" package="genscope" name="check-scopes" timestamp="2026-10-01T08:30:00" hostname="localhost" tests="5" failures="2" errors="2" time="0">
        <properties>
          <property name="genscope.version" value="1.2.3"/>
          <property name="genscope.subject" value="OAuth client &quot;Reporting service&quot; in organization &quot;Example&quot;"/>
        </properties>
        <testcase classname="genscope.check-scopes" name="GET /api/v2/routing/queues" time="0"/>
        <testcase classname="genscope.check-scopes" name="GET /api/v2/conversations/{conversationId}" time="0">
          <error type="division" message="conditional (division): \`conversation:communication:view\` is held in division &quot;Home&quot; only">\`conversation:communication:view\` is held in division &quot;Home&quot; only
    services/a b/client.py:40</error>
        </testcase>
        <testcase classname="genscope.check-scopes" name="POST /api/v2/analytics/conversations/details/query" time="0">
          <failure type="permission" message="denied (permission): assign role &quot;Conversation Detail Reader&quot; to OAuth client &quot;Reporting service&quot;; this adds no other permissions">needs permission \`analytics:conversationDetail:view\`
    no role of this token holds \`analytics:conversationDetail:view\`
    fixes, smallest first:
    1. assign role &quot;Conversation Detail Reader&quot; to OAuth client &quot;Reporting service&quot;; this adds no other permissions
       Admin &gt; Integrations &gt; OAuth &gt; Reporting service &gt; Roles
    2. create a role that holds only \`analytics:conversationDetail:view\`
       genscope check-scopes --emit role
    genscope.policy.yaml:12</failure>
        </testcase>
        <testcase classname="genscope.check-scopes" name="authorization:role:view" time="0">
          <error type="permission" message="unknown (permission): this token&apos;s grants could not be read">this token&apos;s grants could not be read</error>
        </testcase>
        <testcase classname="genscope.check-scopes" name="\`/api/v2/analytics/conversations/queries\` does not exist (services/report.js:3)" time="0">
          <failure type="no-such-path" message="\`/api/v2/analytics/conversations/queries\` does not exist">services/report.js:3</failure>
        </testcase>
        <system-out>as OAuth client &quot;Reporting service&quot; in organization &quot;Example&quot;: 1 denied, 1 unknown, 1 conditional, 1 allowed
    note: GET or PATCH (services/report.js:9)
    warning: The packaged catalog of 2026-07-01 is 92 days old: genscope catalog update</system-out>
        <system-err></system-err>
      </testsuite>
    </testsuites>
    "
  `);
});

test("the JUnit report passes findings below the threshold and lists them in the output", () => {
  const document = readValidXml(renderJunit(TOLERANT_REPORT), JUNIT_SCHEMAS.Jenkins);
  expect(textsAt(document, "//testcase/*")).toEqual([]);
  expect(textsAt(document, "//testsuite/@failures | //testsuite/@errors")).toEqual(["0", "0"]);
  expect(textsAt(document, "//system-out")[0]).toContain(
    "✘ denied POST /api/v2/analytics/conversations/details/query (permission)",
  );
});

test("the JUnit report has two cases for the same operation on two lines", () => {
  const [result] = CLEAN_REPORT.results;
  const results = [8, 9].flatMap((line) =>
    result === undefined ? [] : [{ ...result, location: { file: "a.js", line } }],
  );
  const document = readValidXml(renderJunit({ ...CLEAN_REPORT, results }), JUNIT_SCHEMAS.Jenkins);
  expect(textsAt(document, "//testcase/@name")).toEqual([
    "GET /api/v2/routing/queues (a.js:8)",
    "GET /api/v2/routing/queues (a.js:9)",
  ]);
});

test("no text in the JUnit report leaves its element or attribute", () => {
  const document = readValidXml(renderJunit(HOSTILE_REPORT), JUNIT_SCHEMAS.Ant);
  expect(textsAt(document, "//testsuite").length).toBe(1);
  expect(textsAt(document, "//testcase").length).toBe(2);
  const [name = ""] = textsAt(document, "//testcase/@name");
  expect(name).toContain("|b| <img src=x> & \"q\" 'r' ]]> % : , \u{FFFD}");
  expect(name).not.toContain("\n");
  const forbidden = [...renderJunit(HOSTILE_REPORT)].filter(
    (character) => (character < " " && character !== "\n") || "\u{202e}\u{ffff}".includes(character),
  );
  expect(forbidden).toEqual([]);
});

test("the JUnit report has one case with an error for a check that could not run", () => {
  const document = readValidXml(renderJunit(FAILED_REPORT), JUNIT_SCHEMAS.Jenkins);
  expect(textsAt(document, "//testsuite/@tests | //testsuite/@failures | //testsuite/@errors")).toEqual([
    "1",
    "0",
    "1",
  ]);
  expect(textsAt(document, "//testcase/error/@type | //testcase/error/@message")).toEqual([
    "auth.wrong_secret",
    'the secret for OAuth client "ci" is wrong',
  ]);
  expect(textsAt(document, "//testcase/error")[0]?.split("\n").slice(1)).toEqual([
    "hint: set the current secret in `GENESYSCLOUD_OAUTHCLIENT_SECRET`",
    "correlation id: 0d5c1b3e-7a4f-4c0e-9b52-3f1e6a7d8c90",
  ]);
  expect(textsAt(document, "//system-out")).toEqual([
    'nothing was checked: the secret for OAuth client "ci" is wrong',
  ]);
});
