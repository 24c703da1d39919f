import type { Remedy } from "../../../verdict/verdict.ts";
import type { programOf } from "../program.ts";

/** A kind of connection failure, recognized by its error text. */
export interface NetworkSign {
  readonly pattern: RegExp;
  readonly kind:
    | "dns"
    | "refused"
    | "certificate"
    | "name"
    | "protocol"
    | "timeout"
    | "stopped"
    | "reset"
    | "proxy"
    | "blocked"
    | "hidden"
    | "html";
  /** One sentence without a final period. */
  readonly meaning: string;
  readonly remedyKind: Remedy["kind"];
  /** Advice to the user. For some failures, it depends on the program that reported them. */
  readonly advice: string | ((program: ReturnType<typeof programOf>) => string);
}
