import { Option } from "@commander-js/extra-typings";
import type { FailOn } from "../../../access/verdict/exit-of-verdicts.ts";
import { describeMaxWait, MAX_WAIT, readMaxWait } from "../../flags/max-wait.ts";
import { outputFile } from "../../flags/output-file.ts";
import { collectValues } from "../../flags/repeatable-option.ts";
import { helpFooter, type Root } from "../../root.ts";

const FAIL_ON: readonly FailOn[] = ["denied", "unknown", "never"];

/** Declares the arguments, flags and help of `check-scopes`, and returns the command for its action. */
export function declareCheckScopes(root: Root) {
  return root
    .command("check-scopes")
    .description(
      "show which calls a token may make, which layer refuses the others, and the smallest fix\n\nShows for each operation what it requires, what the token holds, the verdict (allowed, denied, conditional, unknown), the layer that decides, and the smallest change that would fix it.",
    )
    .argument(
      "[operations...]",
      "METHOD PATH, a path or URL, an SDK method name, a command of the official CLI, or a notification topic",
    )
    .option(
      "--permission <permission>",
      "permission to check without an operation, domain:entity:action (repeatable)",
      collectValues,
    )
    .option(
      "--client <client>",
      "OAuth client to check, by name or id; its roles are read with this login, without the client's secret",
    )
    .option(
      "--user <user>",
      "user to check, by name, email address or id; with --client, the token that this user would get through that client",
    )
    .option("--who <operation>", "list the OAuth clients and roles that may call an operation")
    .option(
      "--list [area]",
      "count the allowed operations by area, or list those of one area, such as routing",
    )
    .option("--division <division>", "division of the objects to access, by name or id")
    .option("--live", "confirm with a real, harmless call where one exists (reads only)")
    .option("--explain", "show the whole tree of every check (always shown for a single check)")
    .option("--offline", "print only the requirements, without a token")
    .option("--policy <file>", "policy file to check, e.g. genscope.policy.yaml")
    .option("--service <name>", "service of the policy to check (default: all)")
    .option(
      "--env <name>",
      "environment in the policy file: its profile, division, additional entries and expected region",
    )
    .option(
      "--scan <path...>",
      "source code in any language, Terraform files or plans to check; respects .gitignore",
    )
    .option(
      "--write-policy <file>",
      "policy file to create or extend with the findings of --scan",
      outputFile("--write-policy"),
    )
    .option("--force", "replace the --write-policy file instead of extending it")
    .option("--include-tests", "include the calls in test files in the output of --write-policy and --emit")
    .option("--max", "also fail when the token holds more than the checks need")
    .addOption(
      new Option(
        "--emit <kind>",
        "print the least-privilege role, Terraform or scopes instead of checking; needs no token",
      ).choices(["role", "terraform", "scopes"] as const),
    )
    .option(
      "--report <kind=file>",
      "report to write: junit=FILE, sarif=FILE, markdown=FILE, html=FILE or github (repeatable)",
      collectValues,
    )
    .option("--request", "print a message that asks an administrator for the smallest change")
    .option("--diff <profile>", "profile to compare with; shows the differences and which of them matter")
    .option("--as-of <date>", "evaluate as of a date, taking announced changes into account")
    .option(
      "--history <duration>",
      "also read the audits of the last <duration>, e.g. 14d: who changed what, and how long each verdict has held",
    )
    .option(MAX_WAIT, describeMaxWait(), readMaxWait)
    .option(
      "--wait <duration>",
      "repeat the checks until all are allowed, for at most this long, e.g. 2m after a change",
    )
    .addOption(
      new Option(
        "--fail-on <verdict>",
        "verdicts that fail the run: `denied` (only denied), `unknown` (all except allowed) or `never` (none)",
      )
        .choices(FAIL_ON)
        .default("unknown" as FailOn),
    )
    .configureHelp(
      helpFooter(
        [
          ["genscope check-scopes postAnalyticsConversationsDetailsQuery", "diagnose one call"],
          ["genscope check-scopes --json --fail-on denied GET /api/v2/routing/queues", "for a script"],
          [
            "genscope check-scopes --permission routing:queue:view --division Sales",
            "check a permission in a division",
          ],
          [
            'genscope check-scopes --client "Reporting service" GET /api/v2/routing/queues',
            "check another OAuth client",
          ],
          ["genscope check-scopes --who GET /api/v2/routing/queues", "list who may call it"],
          ["genscope check-scopes --list routing", "list what this token may call in an area"],
          ["genscope check-scopes --offline GET /api/v2/users", "print only the requirements"],
          ["genscope check-scopes v2.routing.queues.{id}.conversations", "check a notification topic"],
          [
            "genscope check-scopes --policy genscope.policy.yaml --env prod --report junit=scopes.xml",
            "run in a pipeline",
          ],
          [
            "genscope check-scopes --scan src --write-policy genscope.policy.yaml",
            "write a policy from code",
          ],
          [
            "genscope check-scopes --history 14d postAnalyticsConversationsDetailsQuery",
            "find out when a call stopped working",
          ],
          [
            "genscope check-scopes --emit role getRoutingQueues getUsers",
            "print the smallest sufficient role",
          ],
        ],
        [
          "0 all allowed",
          "2 unknown operation or flag",
          "3 denied",
          "4 token refused",
          "5 conditional or unknown",
          "7 rate limit not lifted within --max-wait",
          "9 no response",
        ],
      ),
    );
}
