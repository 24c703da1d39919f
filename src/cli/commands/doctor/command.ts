import { EXIT_CODES } from "../../../core/exit-codes.ts";
import { present } from "../../../output/present.ts";
import { withProgress } from "../../../output/progress/progress.ts";
import { CommandExit } from "../../command-exit.ts";
import type { Context } from "../../context.ts";
import { outputFile } from "../../flags/output-file.ts";
import { helpFooter, type Root } from "../../root.ts";
import { doctor } from "./run.ts";
import { viewDoctor } from "./view.ts";

/** `doctor`: checks the environment in which genscope runs. */
export function registerDoctor(root: Root, context: Context): void {
  root
    .command("doctor")
    .description(
      "check Node, settings, credential store, proxy, certificates, network and clock\n\nAlso checks the source of each setting, the configuration directory, the catalog, DNS, TLS and both hosts of the region. Neither needs nor sends a token. Tests the keychain only when a command would use it: never with a token or secret in the environment.",
    )
    .option(
      "--bundle <file>",
      "file to write for support: the findings, without secrets or your user name",
      outputFile("--bundle"),
    )
    .option("--force", "let --bundle replace an existing file")
    .configureHelp(
      helpFooter(
        [
          ["genscope doctor", "find problems and their fixes"],
          ["genscope doctor --region eu-central-1 --timeout 5s", "check the connection to another region"],
          ["genscope doctor --bundle genscope-doctor.json", "write a file for support"],
        ],
        [
          "0 no check failed (warnings do not count)",
          "1 Node is too old, or the bundle was not written",
          "2 invalid setting",
          "7 service unavailable",
          "9 no response",
          "10 store cannot be used",
        ],
      ),
    )
    .action(async (_options, command) => {
      const options = command.optsWithGlobals();
      const ports = await context.openDoctor(options);
      const { result, exitCode } = await doctor(
        {
          ports,
          random: context.random,
          wait: async (work) => await withProgress(context, options, "checking the network", work),
        },
        options,
      );
      await present(context.io, options, result, viewDoctor);
      if (exitCode !== EXIT_CODES.ok) throw new CommandExit(exitCode);
    });
}
