import { dirname } from "node:path";
import { AppError, OutputError } from "../../core/errors.ts";

/** The words for a file that could not be written; what has its words already is handed on. */
export function writeFailed(path: string, cause: unknown): AppError {
  if (cause instanceof AppError) return cause;
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  switch (code) {
    case "ENOSPC":
    case "EDQUOT":
      return new OutputError("output.disk_full", `there is no room left for \`${path}\``, {
        hint: "make room, or export to another place: --out PATH",
        cause,
      });
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return new OutputError("output.write", `\`${path}\` can't be written: ${code}`, {
        hint: `may you write to \`${dirname(path)}\`? Another place: --out PATH`,
        cause,
      });
    default:
      return new OutputError(
        "output.write",
        `\`${path}\` can't be written${cause instanceof Error ? `: ${cause.message}` : ""}`,
        { hint: "another place: --out PATH", cause },
      );
  }
}
