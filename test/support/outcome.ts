import { json } from "../sandbox/client.ts";
import type { Ending } from "./genscope-process.ts";

/**
 * Returns exit code, error code and error message of a run with `--json`. The last two are undefined when there is no
 * error.
 */
export function outcomeOf({ exitCode, stdout }: Ending): readonly [number | null, unknown, unknown] {
  const document = json(JSON.parse(stdout));
  return [exitCode, document.at("error.code"), document.at("error.message")];
}
