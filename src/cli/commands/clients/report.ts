import type { ClientFinding, ClientFindingKind } from "../../../access/clients/client-finding.ts";
import type { Report, ReportLayer, ReportResult, ReportVerdict } from "../../../output/reports/report.ts";
import type { Context } from "../../context.ts";
import type { ReportOption } from "../../flags/report-option.ts";
import { writeIn } from "../check-scopes/reports/report-run.ts";
import type { ClientsResult, InventoriedClient } from "./result.ts";
import { nameOfClient } from "./words.ts";

interface ClientsReportOptions {
  readonly toolVersion: string;
  readonly generatedAtMs: number;
  readonly failOn: readonly ClientFindingKind[];
}

/** Writes the reports of an inventory. @throws OutputError `output.write` */
export async function reportClients(
  context: Context,
  result: ClientsResult,
  options: readonly ReportOption[],
  failOn: readonly ClientFindingKind[],
): Promise<void> {
  const { version, clock } = context;
  const report = toClientsReport(result, { toolVersion: version, generatedAtMs: clock.now(), failOn });
  await writeIn(context, report, options);
}

/** The meaning of each kind of finding; its name is the rule in a report. */
const RULES: Readonly<Record<ClientFindingKind, ReportLayer>> = {
  unused: {
    title: "OAuth client without calls",
    help: "No call was seen. Ask its owner before you change it: calls may exist that API usage leaves out.",
  },
  excess: {
    title: "OAuth client that holds more than its calls need",
    help: "`genscope clients NAME --emit role` prints the role that its seen calls need.",
  },
  failing: {
    title: "OAuth client whose calls fail",
    help: "`genscope clients NAME` shows the refused operations with their likely reason.",
  },
  "deprecated-grant": {
    title: "OAuth client with a grant that ends",
    help: "Move the app to the authorization code grant with PKCE.",
  },
  expiring: {
    title: "OAuth client that stops working on a day",
    help: "`genscope clients NAME` shows what changes and when.",
  },
};

const VERDICTS: Readonly<Record<ClientFinding["state"], ReportVerdict>> = {
  found: "denied",
  "not-seen": "conditional",
  unknown: "unknown",
};

/** Converts the inventory to the model of the report formats: one result per finding, one per client without any. */
function toClientsReport(
  { organizations, window }: ClientsResult,
  { toolVersion, generatedAtMs, failOn }: ClientsReportOptions,
): Report {
  return {
    command: "clients",
    toolVersion,
    generatedAtMs,
    subject: organizations.map(({ profile, region }) => profile ?? region).join(", "),
    facts: [
      { name: "API usage", value: `${window.firstDay} to ${window.lastDay}`, detail: "UTC days" },
      { name: "Time", value: new Date(generatedAtMs).toISOString().slice(0, 10), detail: null },
    ],
    layers: RULES,
    results: organizations.flatMap(({ clients, profile }) =>
      clients.flatMap((client) => resultsOf(client, profile, failOn)),
    ),
    sharedRemedies: [],
    message: null,
    findings: [],
    warnings: organizations.flatMap(({ unreadable }) =>
      unreadable.map(({ what, reason }) => `not readable: ${what}: ${reason}`),
    ),
    failure: null,
  };
}

function resultsOf(
  client: InventoriedClient,
  profile: string | null,
  failOn: readonly ClientFindingKind[],
): readonly ReportResult[] {
  const { findings, openings, id } = client;
  // Names are not unique, and a build server's history would merge two results with the same name.
  const name = `${profile === null ? "" : `${profile}: `}${nameOfClient(client)} (${id})`;
  const common = { missing: [], source: null, remedies: [], location: null, service: null };
  if (findings.length === 0) {
    return [{ ...common, name, verdict: "allowed", layer: "none", summary: [], fails: false }];
  }
  return findings.map(({ kind, state, summary }) => ({
    ...common,
    name: `${name}: ${kind}`,
    verdict: VERDICTS[state],
    layer: kind,
    summary: [summary, ...(state === "found" ? [] : openings.map((opening) => opening.summary))],
    fails: failOn.includes(kind),
  }));
}
