import { Argument } from "@commander-js/extra-typings";
import { present } from "../../../output/present.ts";
import { readScript, SHELLS } from "../../completion/scripts.ts";
import type { Context } from "../../context.ts";
import { helpFooter, type Root } from "../../root.ts";

/** The JSON contract of `completion`. */
interface CompletionResult {
  readonly schema: "genscope/completion/v1";
  readonly shell: (typeof SHELLS)[number];
  readonly script: string;
}

/** `completion`: prints the script that lets a shell complete genscope's command lines. */
export function registerCompletion(root: Root, context: Context): void {
  root
    .command("completion")
    .description(
      "print the completion script for a shell\n\nCompletes commands, flags and their values, profiles, scenarios, datasets, queries, permissions, and the operations of the packaged catalog. The script calls genscope for each completion, which contacts no service, reads no secret and writes no file. Updating genscope does not require a new script.",
    )
    .addArgument(new Argument("<shell>", "shell to complete in").choices(SHELLS))
    .configureHelp(
      helpFooter(
        [
          ["genscope completion bash", "print the script"],
          ["genscope completion fish --json", "print it in a JSON document"],
        ],
        ["0 printed", "2 unknown shell"],
        () => ["Installation", { lines: INSTALLATION }],
      ),
    )
    .action(async (shell, _options, command) => {
      const result: CompletionResult = { schema: "genscope/completion/v1", shell, script: readScript(shell) };
      const options = command.optsWithGlobals();
      if (options.json === true) await present(context.io, options, result, () => []);
      // Prints the script unchanged, because wrapping it for a terminal would break it.
      else await context.io.stdout.writeExact(result.script);
    });
}

const INSTALLATION = `bash: add to ~/.bashrc
  eval "$(genscope completion bash)"
zsh: add to ~/.zshrc, after compinit
  eval "$(genscope completion zsh)"
fish: run once
  genscope completion fish > ~/.config/fish/completions/genscope.fish
PowerShell: add to the file that $PROFILE names
  genscope completion powershell | Out-String | Invoke-Expression`;
