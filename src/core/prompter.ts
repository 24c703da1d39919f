import type { Secret } from "./secret.ts";

/** Port for questions to the user. A null prompter means that questions are not allowed. */
export interface Prompter {
  ask(question: string): Promise<string>;
  /** Asks for a secret without showing what is typed. */
  askSecret(question: string): Promise<Secret>;
  confirm(question: string): Promise<boolean>;
  /** Waits until the user presses Enter. */
  waitForEnter(prompt: string): Promise<void>;
}
