import { expect, test } from "vitest";
import { brief, explainText } from "./packaged-knowledge.ts";

const PASTE = `GET https://api.mypurecloud.de/api/v2/coaching/appointments?userIds=4
{
  "message": "Unable to perform the requested action. You are missing the following permission(s): [coaching:appointment:view]",
  "code": "missing.permissions",
  "status": 403,
  "messageParams": {
    "permissions": "[coaching:appointment:view]"
  },
  "contextId": "aa000001-0001-4002-8003-a00400050006",
  "details": [],
  "errors": []
}`;

test.each([
  ["a journal", "Nov 03 08:12:44 etl01 coach[4711]: "],
  ["syslog with a version", "<11>1 2026-11-03T08:12:44.120Z etl01 coach 4711 - - "],
  ["GitHub Actions", "2026-11-03T08:12:44.1201234Z "],
  ["a GitHub Actions run", "deploy\tCall the API\t2026-11-03T08:12:44.1201234Z "],
  ["Azure DevOps", "2026-11-03T08:12:44.1201234Z ##[error]"],
  ["GitLab", "08:12:44 "],
  ["Jenkins", "[2026-11-03T08:12:44.120Z] "],
  ["Heroku", "2026-11-03T08:12:43.901403+00:00 app[web.1]: "],
  ["kubectl", "[pod/coach-5d7c/app] "],
  ["kubectl with times", "[pod/coach-5d7c/app] 2026-11-03T08:12:44.120Z "],
  ["compose", "coach-1   | "],
  ["pm2", "0|coach    | 2026-11-03 08:12:44: "],
  ["stern", "coach-5d7c app "],
  ["Serilog", "[08:12:44 ERR] "],
  ["log4j", "2026-11-03 08:12:44,120 ERROR [main] c.a.Client - "],
  ["Airflow", "[2026-11-03, 08:12:44 UTC] {client.py:403} ERROR - "],
  ["a comment", "// "],
])("reads a body after the line prefixes of %s", (_, prefix) => {
  const findings = explainText(PASTE.replace(/^/gm, prefix));
  expect(findings.map(brief)).toEqual([
    "permission 403 missing.permissions getCoachingAppointments | coaching:appointment:view | - | -",
  ]);
  expect(findings[0]?.correlationIds).toEqual(["aa000001-0001-4002-8003-a00400050006"]);
});

test("reads many unfinished bodies in time proportional to the paste", () => {
  const lines = (count: number): string => 'app: {\napp:   "a": [\n'.repeat(count);
  const timeOf = (text: string): number => {
    const start = performance.now();
    explainText(text);
    return performance.now() - start;
  };
  timeOf(lines(1_000));
  expect(timeOf(lines(16_000))).toBeLessThan(20_000);
});
