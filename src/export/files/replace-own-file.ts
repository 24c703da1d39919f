import { replaceFileVia } from "../../core/files/replace-file.ts";
import type { Guard } from "./guard.ts";
import { writeFailed } from "./write-failed.ts";

/**
 * Replaces a file atomically and durably. First writes the text to `besides`, a path that only the owner of the
 * destination uses.
 * @throws OutputError; IncompleteError when another process owns the destination
 */
export async function replaceOwnFile(
  path: string,
  { besides, text, guard }: { readonly besides: string; readonly text: string; readonly guard: Guard },
): Promise<void> {
  try {
    await replaceFileVia(path, text, { temporary: besides, guard });
  } catch (error) {
    // After a takeover, the new owner has moved this directory away, so the write fails with a missing directory.
    // The guard then throws the real reason.
    await guard();
    throw writeFailed(path, error);
  }
}
