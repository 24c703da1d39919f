import { EXIT_CODES } from "../../../core/exit-codes.ts";
import { present } from "../../../output/present.ts";
import { withProgress } from "../../../output/progress.ts";
import type { Context } from "../../context.ts";
import { Outcome } from "../../outcome.ts";
import { helpFooter, type Root } from "../../root.ts";
import { doctor } from "./run.ts";
import { viewDoctor } from "./view.ts";

/** `doctor`: whether everything around genscope is as it has to be. */
export function registerDoctor(root: Root, context: Context): void {
  root
    .command("doctor")
    .description(
      "Checks the environment: Node, where each setting comes from, the configuration directory, the catalogue, the credential store, proxy, certificates, DNS, TLS, both hosts of the region, and the clock. No token is needed or sent. The keychain is tried only when it would be used: never with a token or secret in the environment",
    )
    .option(
      "--bundle <file>",
      "write what was found to a file for support, without secrets and private names",
    )
    .option("--force", "let --bundle replace a file")
    .addHelpText(
      "after",
      helpFooter(
        [
          ["genscope doctor", "what is wrong here, and what to do about it"],
          ["genscope doctor --region eu-central-1 --timeout 5s", "the way to another region"],
          ["genscope doctor --bundle genscope-doctor.json", "something to send to support"],
        ],
        [
          "0 nothing failed (warnings do not count)",
          "1 Node is too old, or the bundle was not written",
          "2 settings",
          "7 the service fails",
          "9 no answer",
          "10 credential store",
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
          wait: async (work) => await withProgress(context.io, options, "looking at the network", work),
        },
        options,
      );
      await present(context.io, options, result, viewDoctor);
      if (exitCode !== EXIT_CODES.ok) throw new Outcome(exitCode);
    });
}
