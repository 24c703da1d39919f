import { readFileSync } from "node:fs";

/** The shells with a completion script. */
export const SHELLS = ["bash", "zsh", "fish", "powershell"] as const;

/**
 * Returns the completion script of a shell.
 * @throws the system's error when the package is damaged
 */
export function readScript(shell: (typeof SHELLS)[number]): string {
  return readFileSync(new URL(`./data/completion.${shell}`, import.meta.url), "utf8");
}
