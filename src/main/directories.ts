import { isAbsolute, join } from "node:path";
import type { Surroundings } from "./surroundings.ts";

export const DIRECTORY_VARIABLE = "GENSCOPE_CONFIG_DIR";

/**
 * Returns the directory of this user's configuration, cache or data: the usual one of the operating system, or
 * `GENSCOPE_CONFIG_DIR`. Without that variable, the path is absolute, because a directory in a work tree must never
 * choose the host.
 */
export async function findDirectory(
  { env }: Pick<Surroundings, "env">,
  purpose: "config" | "cache" | "data",
): Promise<string> {
  const own = env[DIRECTORY_VARIABLE] ?? "";
  if (own !== "") return purpose === "cache" ? join(own, "cache") : own;
  const { default: envPaths } = await import("env-paths");
  const path = envPaths("genscope", { suffix: "" })[purpose];
  if (isAbsolute(path)) return path;
  const { homeDirectory } = await import("../core/files/home-directory.ts");
  return join(homeDirectory(), path);
}
