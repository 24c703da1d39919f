import type { Operation } from "../facts/operation.ts";
import { SUBSCRIBE } from "../facts/topic.ts";

/** Value of a path parameter. */
export interface PathArgument {
  readonly name: string;
  readonly value: string;
}

/** Result of looking an operation up by name. */
export type OperationLookup =
  | {
      readonly kind: "found";
      readonly operation: Operation;
      /** Real ids in a path; empty for a template and for any other kind of name. */
      readonly pathArguments: readonly PathArgument[];
      /** Reason why the match may be wrong: a word had to be treated as an id. */
      readonly caution: string | null;
    }
  | {
      readonly kind: "ambiguous";
      readonly candidates: readonly Operation[];
      /** Information that would distinguish the candidates. */
      readonly reason: string;
      /** Reason why the match of a path may be wrong: a word had to be treated as an id. */
      readonly caution?: string | null;
    }
  | {
      readonly kind: "unknown";
      /** The closest operations, best first; at most five. */
      readonly closest: readonly Operation[];
      /** The mistake in the name, if it is known. */
      readonly correction: string | null;
      /**
       * Whether it is certain that the name does not exist: it was removed, it is a known invention, or it cannot be
       * a name. Otherwise, it is only missing from this catalog, and a newer catalog may list it.
       */
      readonly isCertain: boolean;
      /** The operation that had this name before it was removed from the API. */
      readonly removed: Operation | null;
      /** The scopes and permissions closest to a name that looks like one of them. */
      readonly otherNames?: readonly string[];
    };

/** Returns the name of an operation as every message shows it: `GET /api/v2/users`, or a topic alone. */
export function nameOf({ method, path }: Pick<Operation, "method" | "path">): string {
  return method === SUBSCRIBE ? path : `${method} ${path}`;
}

/** Returns a match without path arguments and without a caution. */
export function found(operation: Operation): OperationLookup {
  return { kind: "found", operation, pathArguments: [], caution: null };
}
