import type { Report, ReportResult } from "../../src/output/reports/report.ts";

/** Fixed time of the reports, 1 October 2026, 08:30 UTC. */
const GENERATED_AT_MS = Date.UTC(2026, 9, 1, 8, 30);

const SOURCE = "SDK 259.0.0, 2026-08-15";

const ALLOWED: ReportResult = {
  name: "GET /api/v2/routing/queues",
  verdict: "allowed",
  layer: "none",
  missing: [],
  summary: ["needs permission `routing:queue:view`"],
  source: SOURCE,
  service: null,
  remedies: [],
  location: { file: "genscope.policy.yaml", line: 8 },
  fails: false,
};

const DENIED: ReportResult = {
  name: "POST /api/v2/analytics/conversations/details/query",
  verdict: "denied",
  layer: "permission",
  missing: ["permission `analytics:conversationDetail:view`"],
  source: SOURCE,
  service: "reports",
  summary: [
    "needs permission `analytics:conversationDetail:view`",
    "no role of this token holds `analytics:conversationDetail:view`",
  ],
  remedies: [
    {
      text: 'assign role "Conversation Detail Reader" to OAuth client "Reporting service"; this adds no other permissions',
      menuPath: "Admin > Integrations > OAuth > Reporting service > Roles",
      command: null,
    },
    {
      text: "create a role that holds only `analytics:conversationDetail:view`",
      menuPath: null,
      command: "genscope check-scopes --emit role",
    },
  ],
  location: { file: "genscope.policy.yaml", line: 12 },
  fails: true,
};

const CONDITIONAL: ReportResult = {
  name: "GET /api/v2/conversations/{conversationId}",
  verdict: "conditional",
  layer: "division",
  missing: [],
  source: SOURCE,
  service: null,
  summary: ['`conversation:communication:view` is held in division "Home" only'],
  remedies: [],
  location: { file: "services/a b/client.py", line: 40 },
  fails: true,
};

const UNKNOWN: ReportResult = {
  name: "authorization:role:view",
  verdict: "unknown",
  layer: "permission",
  missing: [],
  source: SOURCE,
  service: null,
  summary: ["this token's grants could not be read"],
  remedies: [],
  location: null,
  fails: true,
};

/** Report of a policy with one line for every verdict, and one finding of a scan. */
export const MIXED_REPORT: Report = {
  toolVersion: "1.2.3",
  generatedAtMs: GENERATED_AT_MS,
  subject: 'OAuth client "Reporting service" in organization "Example"',
  layers: {
    permission: {
      title: "A permission is missing",
      help: "Assign a role that holds the permission; the message names the smallest one.",
    },
    division: {
      title: "A permission is not held in the object's division",
      help: "Extend the role to the object's division.",
    },
  },
  facts: [
    { name: "OAuth client", value: "Reporting service", detail: "client-credentials" },
    { name: "Organization", value: "Example", detail: null },
    { name: "Host", value: "mypurecloud.com", detail: null },
    { name: "Checked", value: "2026-10-01", detail: "08:30:00 UTC" },
    { name: "Catalog", value: "2026-07-01", detail: "packaged with genscope" },
  ],
  results: [ALLOWED, CONDITIONAL, DENIED, UNKNOWN],
  sharedRemedies: [
    {
      text: "create one role with these 2 permissions",
      menuPath: "Admin > People & Permissions > Roles / Permissions",
      command: null,
      permissions: ["analytics:conversationDetail:view", "authorization:role:view"],
      names: [DENIED.name, UNKNOWN.name],
    },
  ],
  message: {
    subject: 'Access to 3 API calls for OAuth client "Reporting service"',
    text: 'Subject: Access to 3 API calls\n\nHello,\n\n  - role "Reader" & <more>\n\nThank you.',
  },
  findings: [
    {
      kind: "no-such-path",
      level: "error",
      message: "`/api/v2/analytics/conversations/queries` does not exist",
      location: { file: "services/report.js", line: 3 },
      fails: true,
    },
    {
      kind: "unclear-method",
      level: "note",
      message: "GET or PATCH",
      location: { file: "services/report.js", line: 9 },
      fails: false,
    },
  ],
  warnings: ["The packaged catalog of 2026-07-01 is 92 days old: genscope catalog update"],
  failure: null,
};

/** Report without findings. */
export const CLEAN_REPORT: Report = { ...MIXED_REPORT, results: [ALLOWED], findings: [], warnings: [] };

/** The report with nothing that affects the exit code, as with `--fail-on never`. */
export const TOLERANT_REPORT: Report = {
  ...MIXED_REPORT,
  results: MIXED_REPORT.results.map((result) => ({ ...result, fails: false })),
  findings: MIXED_REPORT.findings.map((finding) => ({ ...finding, fails: false })),
};

/** Name and evidence that contain characters with a special meaning in each format. */
export const HOSTILE_TEXT =
  "a\u001b[31m \u0000|b| <img src=x> & \"q\" 'r' ]]> % : , \u202e `c` [l](https://example.org) {0} \ud800 \uffff\r\n::error::forged\n</testsuite> @team www.example.org # *x* _y_";

export const HOSTILE_REPORT: Report = {
  ...MIXED_REPORT,
  toolVersion: HOSTILE_TEXT,
  subject: HOSTILE_TEXT,
  results: [
    {
      name: HOSTILE_TEXT,
      verdict: "denied",
      layer: "permission",
      missing: [HOSTILE_TEXT],
      summary: [HOSTILE_TEXT],
      source: HOSTILE_TEXT,
      service: HOSTILE_TEXT,
      remedies: [{ text: HOSTILE_TEXT, menuPath: HOSTILE_TEXT, command: HOSTILE_TEXT }],
      location: { file: "odd:na,me%.yaml", line: 1 },
      fails: true,
    },
  ],
  findings: [{ kind: "no-such-path", level: "error", message: HOSTILE_TEXT, location: null, fails: true }],
  facts: [{ name: HOSTILE_TEXT, value: HOSTILE_TEXT, detail: HOSTILE_TEXT }],
  sharedRemedies: [
    {
      text: HOSTILE_TEXT,
      menuPath: HOSTILE_TEXT,
      command: HOSTILE_TEXT,
      permissions: [HOSTILE_TEXT, HOSTILE_TEXT],
      names: [HOSTILE_TEXT],
    },
  ],
  message: { subject: HOSTILE_TEXT, text: HOSTILE_TEXT },
  warnings: [HOSTILE_TEXT],
};

/** Report of a run that checked nothing. */
export const FAILED_REPORT: Report = {
  ...CLEAN_REPORT,
  subject: "unknown",
  layers: {},
  results: [],
  sharedRemedies: [],
  message: null,
  failure: {
    name: "AuthError",
    code: "auth.wrong_secret",
    message: 'the secret for OAuth client "ci" is wrong',
    hint: "set the current secret in `GENESYSCLOUD_OAUTHCLIENT_SECRET`",
    correlationId: "0d5c1b3e-7a4f-4c0e-9b52-3f1e6a7d8c90",
  },
};

/** The failure with hostile text in every field. */
export const HOSTILE_FAILURE: Report = {
  ...FAILED_REPORT,
  failure: {
    name: HOSTILE_TEXT,
    code: "bug",
    message: HOSTILE_TEXT,
    hint: HOSTILE_TEXT,
    correlationId: HOSTILE_TEXT,
  },
};
