import { InterruptedError } from "../core/errors.ts";
import type { Prompter } from "../core/prompter.ts";
import { Secret } from "../core/secret.ts";

export interface Terminal {
  readonly input: NodeJS.ReadStream;
  /** Standard error: standard output is for data. */
  readonly output: NodeJS.WriteStream;
  readonly signal: AbortSignal;
}

/**
 * Questions on a terminal; each kind of question is loaded when it is asked.
 * @throws InterruptedError when the person presses Ctrl-C instead of answering
 */
export function terminalPrompter(terminal: Terminal): Prompter {
  const answered = async <Answer>(answer: Promise<Answer>): Promise<Answer> => {
    try {
      return await answer;
    } catch (cause) {
      if (cause instanceof Error && (cause.name === "ExitPromptError" || cause.name === "AbortPromptError")) {
        throw new InterruptedError("interrupted", "interrupted", { cause });
      }
      throw cause;
    }
  };
  return {
    ask: async (message) => {
      const { default: input } = await import("@inquirer/input");
      return (await answered(input({ message, required: true }, terminal))).trim();
    },
    askSecret: async (message) => {
      const { default: password } = await import("@inquirer/password");
      return new Secret((await answered(password({ message, mask: false }, terminal))).trim());
    },
    confirm: async (message) => {
      const { default: confirm } = await import("@inquirer/confirm");
      return await answered(confirm({ message, default: false }, terminal));
    },
  };
}
