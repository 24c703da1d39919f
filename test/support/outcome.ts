import { json } from "../sandbox/client.ts";
import type { Ending } from "./genscope-process.ts";

/** How a run with `--json` ended: exit code, and code and message of the error; undefined where there is none. */
export function outcomeOf({ exitCode, stdout }: Ending): readonly [number | null, unknown, unknown] {
  const document = json(JSON.parse(stdout));
  return [exitCode, document.at("error.code"), document.at("error.message")];
}
