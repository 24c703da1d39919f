import { OutputError } from "../../core/errors.ts";

/** The words for a file of ours that does not hold what was written to it. */
export function damagedFile(path: string): OutputError {
  return new OutputError("output.state", `\`${path}\` is damaged, or of another version of genscope`, {
    hint: "export to another place: --out PATH",
  });
}
