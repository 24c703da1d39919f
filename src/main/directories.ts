import { join } from "node:path";
import type { Surroundings } from "./surroundings.ts";

export const DIRECTORY_VARIABLE = "GENSCOPE_CONFIG_DIR";

/**
 * Returns the directory of this user's files for a purpose: the platform's usual one, or one below
 * `GENSCOPE_CONFIG_DIR`.
 */
export async function findDirectory(
  { env }: Pick<Surroundings, "env">,
  purpose: "config" | "cache" | "data",
): Promise<string> {
  const own = env[DIRECTORY_VARIABLE] ?? "";
  if (own !== "") return purpose === "cache" ? join(own, "cache") : own;
  const { default: envPaths } = await import("env-paths");
  return envPaths("genscope", { suffix: "" })[purpose];
}
