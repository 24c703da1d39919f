import { realpath, stat } from "node:fs/promises";
import { dirname, sep } from "node:path";
import { OutputError } from "../../core/errors.ts";
import { makeDirectory } from "../../core/files/make-directory.ts";
import { renameDurably } from "../../core/files/replace-file.ts";
import { isMissingFile } from "../../core/system-error.ts";
import type { Guard } from "./guard.ts";
import { writeFailed } from "./write-failed.ts";

/**
 * Renames a finished file to its final name. A file that is missing at `from` was renamed by an earlier
 * attempt.
 * @param within the directory that must contain the final name once all links are resolved; unchecked when
 * absent
 * @throws OutputError `output.outside`, `output.write`
 */
export async function moveIntoPlace(
  from: string,
  to: string,
  { guard, within }: { readonly guard: Guard; readonly within?: string },
): Promise<void> {
  try {
    // Checks twice, because a link may already exist, or may be created while the directory is made.
    if (within !== undefined) await assertInside(dirname(to), within);
    await makeDirectory(dirname(to));
    if (within !== undefined) await assertInside(dirname(to), within);
    await guard();
    await renameDurably(from, to).catch(async (error: unknown) => {
      if (!isMissingFile(error)) throw error;
      await stat(to);
    });
  } catch (error) {
    throw writeFailed(to, error);
  }
}

async function assertInside(directory: string, within: string): Promise<void> {
  const [inner, outer] = [await realPathOf(directory), await realPathOf(within)];
  if (inner === outer || inner.startsWith(outer.endsWith(sep) ? outer : outer + sep)) return;
  throw new OutputError("output.outside", `\`${directory}\` leads outside \`${within}\`, to \`${inner}\``, {
    hint: `replace the link with a directory, or choose another path with --out PATH`,
  });
}

/** Resolves all links of a path, or of its nearest parent that exists. */
async function realPathOf(path: string): Promise<string> {
  for (let at = path; ; at = dirname(at)) {
    try {
      return await realpath(at);
    } catch (error) {
      if (!isMissingFile(error) || dirname(at) === at) throw error;
    }
  }
}
