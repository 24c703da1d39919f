import { OutputError } from "../../core/errors.ts";

/** Returns the error for a state file of the export whose content was changed. */
export function damagedFile(path: string): OutputError {
  return new OutputError(
    "output.state",
    `\`${path}\` is damaged or was written by another version of genscope`,
    {
      hint: "choose another path with --out PATH",
    },
  );
}
