import type { BrowserOpener } from "../auth/pkce/browser.ts";
import type { Surroundings } from "./surroundings.ts";

/**
 * Returns a function that opens the system's browser, or the one that the environment names. The browser opens a local
 * page that redirects to the URL.
 */
export function browserOpener({ env, processes, random, userId, nodePath }: Surroundings): BrowserOpener {
  return async (url, until) => {
    const [{ homedir, tmpdir }, { isAbsolute }, { browserOf }, { handOverToBrowser }] = await Promise.all([
      import("node:os"),
      import("node:path"),
      import("../auth/pkce/browser.ts"),
      import("../auth/pkce/browser-hand-over.ts"),
    ]);
    await handOverToBrowser(url, until, {
      places: [env["HOME"] ?? env["USERPROFILE"] ?? homedir(), tmpdir()].filter(isAbsolute),
      processes,
      random,
      userId,
      start: browserOf({ env, nodePath }),
    });
  };
}
