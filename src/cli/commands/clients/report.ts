import type { ClientFinding, ClientFindingKind } from "../../../access/clients/client-finding.ts";
import { plural } from "../../../core/text.ts";
import type {
  Report,
  ReportLayer,
  ReportResult,
  ReportVerdict,
  ReportWords,
} from "../../../output/reports/report.ts";
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

/** The meaning of each kind of finding. In a report, the name of the kind is the rule. */
const RULES: Readonly<Record<ClientFindingKind, ReportLayer>> = {
  unused: {
    title: "OAuth client without calls",
    help: "API usage contains no call from this client. Ask its owner before you change the client: API usage may omit some calls.",
  },
  excess: {
    title: "OAuth client that holds more than its calls need",
    help: "No observed call needs these permissions or scopes. Ask the client's owner before you remove them.",
  },
  failing: {
    title: "OAuth client whose calls fail",
    help: "The client's calls are refused, exceed the rate limit or fail.",
  },
  "deprecated-grant": {
    title: "OAuth client whose grant type will be removed",
    help: "Move the app to the authorization code grant with PKCE.",
  },
  expiring: {
    title: "OAuth client that stops working on a known day",
    help: "Replace the client, or change its calls, before that day.",
  },
};

const VERDICTS: Readonly<Record<ClientFinding["state"], ReportVerdict>> = {
  found: "denied",
  "not-seen": "conditional",
  unknown: "unknown",
};

/**
 * The command that shows more about a kind of finding, and its purpose; absent when the report already contains
 * everything.
 */
const NEXT_STEPS: Readonly<Partial<Record<ClientFindingKind, readonly [text: string, flags: string]>>> = {
  excess: ["print the role that the observed calls need", " --emit role"],
  failing: ["show the refused operations and their likely reason", ""],
  expiring: ["show what changes and when", ""],
};

/** The wording for findings, which are not verdicts on a call. */
const WORDS: Omit<ReportWords, "title"> = {
  brand: "genscope report on OAuth clients",
  heading: "Findings",
  noun: "result",
  searched: "client, id, finding",
  verdicts: { denied: "found", conditional: "not seen", unknown: "unknown", allowed: "nothing found" },
};

/**
 * Converts the inventory to the model of the report formats: one result per finding, and one per client without
 * findings.
 */
function toClientsReport(
  { organizations, window }: ClientsResult,
  { toolVersion, generatedAtMs, failOn }: ClientsReportOptions,
): Report {
  const results = organizations.flatMap(({ clients, profile }) =>
    clients.flatMap((client) => resultsOf(client, profile, failOn)),
  );
  const subject = organizations.map(({ profile, region }) => profile ?? region).join(", ");
  return {
    command: "clients",
    words: { ...WORDS, title: titleOf(results, organizations) },
    toolVersion,
    generatedAtMs,
    subject,
    facts: [
      { name: "Organizations by profile or region", value: subject, detail: null },
      { name: "API usage", value: `${window.firstDay} to ${window.lastDay}`, detail: "UTC days" },
      { name: "Time", value: new Date(generatedAtMs).toISOString().slice(0, 10), detail: null },
    ],
    layers: RULES,
    results,
    sharedRemedies: [],
    message: null,
    findings: [],
    warnings: organizations.flatMap(({ unreadable }) =>
      unreadable.map(({ what, reason }) => `could not read ${what}: ${reason}`),
    ),
    failure: null,
  };
}

/** Returns the outcome in one line, starting with a symbol that determines its color. */
function titleOf(results: readonly ReportResult[], organizations: ClientsResult["organizations"]): string {
  const clients = plural(organizations.flatMap((each) => each.clients).length, "OAuth client");
  const findings = results.filter(({ verdict }) => verdict !== "allowed");
  const failing = findings.filter(({ fails }) => fails).length;
  if (findings.length === 0) return `✔ no findings for ${clients}`;
  const all = `${plural(findings.length, "finding")} for ${clients}`;
  return failing > 0 ? `✘ ${all}, ${failing} counted as failed` : `◐ ${all}, none counted as failed`;
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
  const login = profile === null ? "" : ` --profile ${profile}`;
  return findings.map(({ kind, state, summary }) => ({
    ...common,
    remedies: [NEXT_STEPS[kind] ?? []].flatMap(([text, flags]) =>
      text === undefined ? [] : [{ text, menuPath: null, command: `genscope clients ${id}${flags}${login}` }],
    ),
    name: `${name}: ${kind}`,
    verdict: VERDICTS[state],
    layer: kind,
    summary: [summary, ...(state === "found" ? [] : openings.map((opening) => opening.summary))],
    fails: failOn.includes(kind),
  }));
}
