import { EXIT_CODE_MEANINGS } from "../../../core/exit-code-meanings.ts";
import { EXIT_CODES, type ExitName } from "../../../core/exit-codes.ts";
import type { HelpRow } from "../../layout/section.ts";
import type { TopicPage } from "../page.ts";

export function exitCodesPage(): TopicPage {
  const names = Object.keys(EXIT_CODES) as ExitName[];
  return {
    sections: [
      "Exit codes (stable):",
      names.map(
        (name): HelpRow => [`${String(EXIT_CODES[name]).padStart(3)}  ${name}`, EXIT_CODE_MEANINGS[name]],
      ),
      "When several codes apply, the first of these wins: 2, 10, 4, 9, 7, 3, 8, 5.",
      "`--fail-on denied` lets a job pass when verdicts are only conditional or unknown. `--fail-on never` ignores all verdicts; other failures keep their codes.",
    ],
    examples: [
      ["genscope check-scopes --fail-on denied GET /api/v2/users", "fail only when the call is refused"],
    ],
  };
}
