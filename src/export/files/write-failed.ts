import { dirname } from "node:path";
import { AppError, OutputError } from "../../core/errors.ts";

/** Returns the error for a file that could not be written. An AppError is returned unchanged. */
export function writeFailed(path: string, cause: unknown): AppError {
  if (cause instanceof AppError) return cause;
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  switch (code) {
    case "ENOSPC":
    case "EDQUOT":
      return new OutputError("output.disk_full", `no space left for \`${path}\``, {
        hint: "free some space, or choose another path with --out PATH",
        cause,
      });
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return new OutputError("output.write", `\`${path}\` can't be written: ${code}`, {
        hint: `check the permissions of \`${dirname(path)}\`, or choose another path with --out PATH`,
        cause,
      });
    default:
      return new OutputError(
        "output.write",
        `\`${path}\` can't be written${cause instanceof Error ? `: ${cause.message}` : ""}`,
        { hint: "choose another path with --out PATH", cause },
      );
  }
}
