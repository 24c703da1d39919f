import { InterruptedError } from "../core/errors.ts";
import type { MovingLine } from "../core/io.ts";
import type { Prompter } from "../core/prompter.ts";
import { Secret } from "../core/secret.ts";
import { lineOf } from "../core/text.ts";

export interface PromptTerminal {
  readonly input: NodeJS.ReadStream;
  /** Stream for the questions: standard error, because standard output is for data. */
  readonly output: NodeJS.WriteStream;
  readonly signal: AbortSignal;
  /** Returns the progress display on `output`, which must pause while a person types; null when there is no display. */
  readonly movingLine: () => MovingLine | null;
}

/**
 * Creates a prompter for a terminal; the code of each kind of question is loaded on first use.
 * @throws InterruptedError when the person presses Ctrl-C instead of answering
 */
export function terminalPrompter({ movingLine, ...terminal }: PromptTerminal): Prompter {
  const answered = async <Answer>(question: () => Promise<Answer>): Promise<Answer> => {
    const moving = movingLine();
    moving?.hide();
    try {
      return await question();
    } catch (cause) {
      if (cause instanceof Error && (cause.name === "ExitPromptError" || cause.name === "AbortPromptError")) {
        throw new InterruptedError("interrupted", "interrupted", { cause });
      }
      throw cause;
    } finally {
      moving?.show();
    }
  };
  return {
    ask: async (question) => {
      const message = lineOf(question);
      const { default: input } = await import("@inquirer/input");
      return (await answered(() => input({ message, required: true }, terminal))).trim();
    },
    askSecret: async (question) => {
      const message = lineOf(question);
      const { default: password } = await import("@inquirer/password");
      return new Secret((await answered(() => password({ message, mask: false }, terminal))).trim());
    },
    waitForEnter: async (prompt) => {
      const message = lineOf(prompt);
      const { default: input } = await import("@inquirer/input");
      await answered(() => input({ message }, terminal));
    },
    confirm: async (question) => {
      const message = lineOf(question);
      const { default: confirm } = await import("@inquirer/confirm");
      return await answered(() => confirm({ message, default: false }, terminal));
    },
  };
}
