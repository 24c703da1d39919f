import type { Secret } from "./secret.ts";

/** Asks the person at the terminal. Null instead of a prompter means that nobody may be asked. */
export interface Prompter {
  ask(question: string): Promise<string>;
  /** What is typed is not shown. */
  askSecret(question: string): Promise<Secret>;
  confirm(question: string): Promise<boolean>;
}
