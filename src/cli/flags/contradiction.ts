import { UsageError } from "../../core/errors.ts";

/** Flags that exclude each other, or what they ask for. */
export function contradiction(message: string, hint: string): UsageError {
  return new UsageError("usage.arguments", message, { hint });
}
