import { EXIT_CODE_MEANINGS } from "../../core/exit-code-meanings.ts";
import { EXIT_CODES, type ExitName } from "../../core/exit-codes.ts";

/** Returns the text of `genscope help exit-codes`. */
export function exitCodesHelp(): string {
  const names = Object.keys(EXIT_CODES) as ExitName[];
  const lines = names.map(
    (name) => `  ${String(EXIT_CODES[name]).padStart(3)}  ${name.padEnd(12)}${EXIT_CODE_MEANINGS[name]}`,
  );
  return `Exit codes (stable):\n${lines.join("\n")}\n\nWhen several codes apply, the first of these counts: 2, 10, 4, 9, 7, 3, 8, 5.\n`;
}
