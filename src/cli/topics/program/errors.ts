import { ERROR_CODES } from "../../../core/error-codes.ts";
import type { HelpRow } from "../../layout/section.ts";
import type { TopicPage } from "../page.ts";

export function errorsPage(): TopicPage {
  const width = Math.max(...Object.values(ERROR_CODES).map(([exit]) => exit.length)) + 2;
  return {
    sections: [
      "Error codes (stable), each with the name of its exit code and its meaning. `--json` prints the code as `error.code`; `genscope help exit-codes` lists the exit codes. `--verbose` shows the causes of an error.",
      Object.entries(ERROR_CODES).map(
        ([code, [exit, meaning]]): HelpRow => [code, exit.padEnd(width) + meaning],
      ),
    ],
    examples: [["genscope whoami --json | jq -r .error.code", "the code of a failure, for a script"]],
  };
}
