import { mkdir, realpath, rename, stat } from "node:fs/promises";
import { dirname, sep } from "node:path";
import { OutputError } from "../../core/errors.ts";
import { isMissingFile } from "../../core/missing-file.ts";
import type { Guard } from "./guard.ts";
import { syncDirectory } from "./sync-directory.ts";
import { writeFailed } from "./write-failed.ts";

/**
 * Gives a finished file its name. One that is not where it was written has its name already.
 * @param within the directory that the name must lie in once all links are followed; anywhere when absent
 * @throws OutputError `output.outside`, `output.write`
 */
export async function moveIntoPlace(
  from: string,
  to: string,
  { guard, within }: { readonly guard: Guard; readonly within?: string },
): Promise<void> {
  try {
    await mkdir(dirname(to), { recursive: true });
    if (within !== undefined) await assertInside(dirname(to), within);
    await guard();
    await rename(from, to).catch(async (error: unknown) => {
      if (!isMissingFile(error)) throw error;
      await stat(to);
    });
    await syncDirectory(dirname(to));
  } catch (error) {
    throw writeFailed(to, error);
  }
}

async function assertInside(directory: string, within: string): Promise<void> {
  const [inner, outer] = [await realpath(directory), await realpath(within)];
  if (inner === outer || inner.startsWith(outer.endsWith(sep) ? outer : outer + sep)) return;
  throw new OutputError("output.outside", `\`${directory}\` leads out of \`${within}\`, to \`${inner}\``, {
    hint: `put a directory in the link's place, or choose another path with --out PATH`,
  });
}
