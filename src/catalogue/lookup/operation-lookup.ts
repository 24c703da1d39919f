import type { Operation } from "../facts/operation.ts";

/** What stands in the place of a path's parameter. */
export interface PathArgument {
  readonly name: string;
  readonly value: string;
}

/** What a name of an operation turned out to be. */
export type OperationLookup =
  | {
      readonly kind: "found";
      readonly operation: Operation;
      /** The ids of a path that was given with real ones; empty for a template or another kind of name. */
      readonly pathArguments: readonly PathArgument[];
      /** Why the finding may still be wrong: a word had to be taken for an id. */
      readonly caution: string | null;
    }
  | {
      readonly kind: "ambiguous";
      readonly candidates: readonly Operation[];
      /** What would tell them apart. */
      readonly reason: string;
    }
  | {
      readonly kind: "unknown";
      /** The nearest operations, best first; at most five. */
      readonly closest: readonly Operation[];
      /** What is wrong with the name, when that is known. */
      readonly correction: string | null;
      /** The operation it was the name of before it was removed from the API. */
      readonly removed: Operation | null;
    };

/** The way an operation is named everywhere in messages. */
export function nameOf({ method, path }: Pick<Operation, "method" | "path">): string {
  return `${method} ${path}`;
}

/** A find without ids or doubts. */
export function found(operation: Operation): OperationLookup {
  return { kind: "found", operation, pathArguments: [], caution: null };
}
