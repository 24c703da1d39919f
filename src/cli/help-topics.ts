import { EXIT_CODE_MEANINGS, EXIT_CODES, type ExitName } from "../core/exit-codes.ts";

/** A help page that is about no single command. */
export interface HelpTopic {
  readonly name: string;
  readonly description: string;
  readonly read: () => Promise<string>;
}

/** The topics of `genscope help` that are no commands. */
export const HELP_TOPICS: readonly HelpTopic[] = [
  {
    name: "exit-codes",
    description: "the exit codes, and which one counts when several apply",
    read: async () => exitCodesHelp(),
  },
  {
    name: "errors",
    description: "the stable codes of errors",
    read: async () => (await import("../core/error-codes.ts")).errorCodesHelp(),
  },
];

function exitCodesHelp(): string {
  const names = Object.keys(EXIT_CODES) as ExitName[];
  const lines = names.map(
    (name) => `  ${String(EXIT_CODES[name]).padStart(3)}  ${name.padEnd(12)}${EXIT_CODE_MEANINGS[name]}`,
  );
  return `Exit codes (stable):\n${lines.join("\n")}\n\nWhen several codes apply, the first of these counts: 2, 10, 4, 9, 7, 3, 8, 5.\n`;
}
