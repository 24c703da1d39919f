import { UsageError } from "../../core/errors.ts";

/** Creates the error for flags that cannot be combined or that contradict their own purpose. */
export function contradiction(message: string, hint: string): UsageError {
  return new UsageError("usage.arguments", message, { hint });
}
