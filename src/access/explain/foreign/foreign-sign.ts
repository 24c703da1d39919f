import type { ForeignService } from "../../verdict/refusal-facts.ts";

/** The patterns that identify a response from one other service. */
export interface ForeignSign {
  readonly name: string;
  readonly kind: ForeignService["kind"];
  /** Matches the hosts of the service; null for software that customers run on their own hosts. */
  readonly host: RegExp | null;
  /** Matches codes and words that only responses from this service contain. */
  readonly words: RegExp;
}
