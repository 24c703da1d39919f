import { OutputError } from "../../core/errors.ts";

/** Returns the error for one of the export's own files whose content was changed. */
export function damagedFile(path: string): OutputError {
  return new OutputError(
    "output.state",
    `\`${path}\` is damaged or was written by another version of genscope`,
    {
      hint: "choose another path with --out PATH",
    },
  );
}
