import { Option } from "@commander-js/extra-typings";
import { REHEARSALS } from "../../../access/rehearsal/rehearsal-kind.ts";
import { EXIT_CODES, exitCodeOf } from "../../../core/exit-codes.ts";
import { catalogueOfHost } from "../../catalogue-in-use.ts";
import { CommandExit } from "../../command-exit.ts";
import type { Context } from "../../context.ts";
import { describeMaxWait, MAX_WAIT, readMaxWait } from "../../flags/max-wait.ts";
import { collectValues } from "../../flags/repeatable-option.ts";
import { collectReportOptions } from "../../flags/report-option.ts";
import { helpFooter, type Root } from "../../root.ts";
import { readClientsRequest } from "./request.ts";

/**
 * `clients`: lists every OAuth client of the organization, with the permissions it holds, uses and lacks, and what
 * breaks next.
 */
export function registerClients(root: Root, context: Context): void {
  let isReported = false;
  root.failureListeners.set("clients", async (error, words) => {
    if (isReported) return;
    const { reportFailure } = await import("../check-scopes/reports/report-run.ts");
    await reportFailure(context, words, error, "clients");
  });
  root
    .command("clients")
    .description(
      "list the OAuth clients: what each holds, uses and lacks, and what breaks next\n\nCompares the roles and scopes of each client with its calls in recent days (`--days`), as the platform's API usage counts them. API usage omits the current day and the traffic of the platform's own apps, so a client without calls is only `not seen` and may still be in use; genscope never recommends removing one.",
    )
    .argument("[client]", "name or id of one client; shows its calls, permissions, refusals and changes")
    .option("--days <n>", "number of whole UTC days before today (default: 30, at most 365)")
    .option("--as-of <date>", "last day to check for announced breaking changes (default: no end)")
    .option(
      "--fail-on <findings>",
      "findings that fail the run, comma-separated: unused, excess, failing, deprecated-grant, expiring",
    )
    .option(
      "--report <kind=file>",
      "report to write: junit=FILE, sarif=FILE, markdown=FILE, html=FILE or github (repeatable)",
      collectValues,
    )
    .addOption(
      new Option("--emit <kind>", "print the least-privilege role for the client's observed calls").choices([
        "role",
        "terraform",
      ] as const),
    )
    .addOption(
      new Option(
        "--rehearse <change>",
        "show which observed calls break if scopes are enforced, or if a client moves to PKCE",
      ).choices(REHEARSALS),
    )
    .option("--include-refused", "with --emit: also grant what is missing for calls that were always refused")
    .addOption(
      new Option("-o, --output <format>", "table, or wide (nothing omitted or shortened)").choices([
        "table",
        "wide",
      ] as const),
    )
    .option(MAX_WAIT, describeMaxWait(), readMaxWait)
    .configureHelp(
      helpFooter(
        [
          ["genscope clients", "the inventory of the last 30 days"],
          ['genscope clients "Reporting service"', "one client: calls, permissions, changes"],
          ['genscope clients "Reporting service" --emit role', "the least-privilege role for its calls"],
          ["genscope clients --as-of 2027-03-31", "which clients stop working by that day"],
          ["genscope clients --rehearse scope-enforcement", "what breaks when scopes are enforced"],
          ["genscope clients --fail-on failing,expiring --report junit=clients.xml", "for a pipeline"],
        ],
        [
          "0 done",
          "2 unknown client or flag",
          "3 a finding listed in --fail-on, or an observed call that breaks in a rehearsal",
          "4 token refused",
          "5 a finding listed in --fail-on is uncertain, or clients cannot be listed",
          "7 rate limit not lifted within --max-wait",
          "9 no response",
        ],
      ),
    )
    .action(async (name, _options, command) => {
      const options = command.optsWithGlobals();
      const request = readClientsRequest(name, options);
      const reports = collectReportOptions(options.report ?? [], context.env);
      const { listClients } = await import("./run.ts");
      const result = await listClients(
        {
          ...context,
          quiet: options.quiet,
          catalogueOf: async (apiUrl) => await catalogueOfHost(context, apiUrl),
          connect: async (profile) => {
            if (profile === null) return await context.connect(options);
            // Credentials in the environment belong to only one organization.
            const { withoutCredentials } = await import("../../../auth/settings/settings.ts");
            const other = context.withEnvironment(withoutCredentials(context.env));
            return await other.connect({ ...options, profile, region: undefined });
          },
        },
        request,
      );
      if (reports.length > 0) {
        isReported = true;
        const { reportClients } = await import("./report.ts");
        await reportClients(context, result, reports, request.failOn);
      }
      const { showClients } = await import("./show.ts");
      await showClients(context, options, result);
      const { exitNamesOfClients } = await import("./exit.ts");
      const exitCode = exitCodeOf(exitNamesOfClients(result.organizations, request.failOn));
      if (exitCode !== EXIT_CODES.ok) throw new CommandExit(exitCode);
    });
}
