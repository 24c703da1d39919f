import { UsageError } from "../../core/errors.ts";

/**
 * Returns a parser for a flag whose value is a file to write. Standard output carries the command's result, so `-`
 * is refused instead of becoming the name of a file.
 * @throws UsageError `usage.flag`
 */
export function outputFile(flag: string): (path: string) => string {
  return (path) => {
    if (path !== "-") return path;
    throw new UsageError("usage.flag", `\`-\` is not a file (${flag})`, {
      hint: "specify a file, or `./-` for one that is called `-`",
    });
  };
}
