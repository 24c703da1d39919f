import { UsageError } from "../../../core/errors.ts";
import { redactSecrets } from "../../../core/redaction/redact-secrets.ts";
import { quotedWord } from "../../../core/shell-word.ts";
import { isMissingFile, systemCode } from "../../../core/system-error.ts";
import { writeNote } from "../../../output/present.ts";
import type { Context, GlobalOptions } from "../../context.ts";

/** The size limit of a paste, large enough for the HAR of a long browser session. */
const LARGEST_PASTE_BYTES = 128 * 1024 * 1024;
/** Maximum length of pasted text that a hint repeats. */
const LONGEST_HINT = 200;

/**
 * Reads the paste from a file or from standard input, after asking for it on a terminal.
 * @throws UsageError `usage.file`, `usage.empty_paste`
 */
export async function readPaste(
  { io, readTextFile }: Pick<Context, "io" | "readTextFile">,
  options: GlobalOptions,
  file: string | undefined,
): Promise<string> {
  if (file !== undefined && file !== "-") {
    return await readTextFile(file).catch((error: unknown) => {
      throw isText(file) && isMissing(error) ? textOperand(file, error) : error;
    });
  }
  if (io.stdin.isTerminal) {
    if (options.input === false) {
      throw new UsageError(
        "usage.empty_paste",
        "nothing to explain: no file is given, and `--no-input` forbids pasting at the terminal",
        { hint: "specify a file: genscope explain FILE" },
      );
    }
    await writeNote(io, {}, "paste the failure, then press Ctrl-D on an empty line (Windows: Ctrl-Z, Enter)");
  }
  return await io.stdin.readText(LARGEST_PASTE_BYTES);
}

/** Returns whether an operand is more likely the text to explain than a file name. */
function isText(operand: string): boolean {
  return /\s|^[{"]/.test(operand) || !/[./\\]/.test(operand) || isCode(operand);
}

/** Returns whether an operand looks like an error code, such as `missing.any.permissions`. */
function isCode(operand: string): boolean {
  return (
    /^[a-z]+(?:\.[a-z]+)+$/.test(operand) &&
    !/\.(?:txt|log|json|har|html?|md|out|err|ya?ml|csv)$/.test(operand)
  );
}

function isMissing(error: unknown): boolean {
  const cause = error instanceof UsageError ? error.cause : null;
  return isMissingFile(cause) || systemCode(cause) === "ENAMETOOLONG";
}

function textOperand(operand: string, cause: unknown): UsageError {
  const text = redactSecrets(operand);
  const isShort = text.length <= LONGEST_HINT && !/[\r\n]/.test(text);
  const missing = isShort ? `no file \`${text}\` exists` : "no such file exists";
  return new UsageError("usage.file", `${missing}; \`explain\` takes a file name`, {
    cause,
    hint: isShort
      ? `to explain text, pipe it: \`echo ${quotedWord(text)} | genscope explain\``
      : "to explain text, run `genscope explain` without a name and paste it",
  });
}
