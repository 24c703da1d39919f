import type { FileLogin } from "../auth/settings/file-login.ts";
import { hasCachedCatalogue } from "../catalogue/facts/cache-file.ts";
import type { Catalogue } from "../catalogue/facts/catalogue.ts";
import { loadCatalogue } from "../catalogue/facts/load-catalogue.ts";
import type { Context, GlobalOptions } from "./context.ts";

/**
 * Loads the catalog for the host that the flags select; one host's API definition does not apply to another.
 * @param findLogin returns the login that a policy requests
 */
export async function catalogueInUse(
  context: Pick<Context, "cacheDirectory" | "findApiUrl">,
  options: GlobalOptions,
  findLogin: () => Promise<FileLogin | undefined> = async () => undefined,
): Promise<Catalogue> {
  const cacheDirectory = await context.cacheDirectory();
  // Profiles and policies are read only if some host has a cached catalog.
  const apiUrl = hasCachedCatalogue(cacheDirectory)
    ? await context.findApiUrl({ ...options, fileLogin: await findLogin() })
    : null;
  return loadCatalogue({ cacheDirectory, apiUrl });
}

/** Loads the catalog of a known host. */
export async function catalogueOfHost(
  { cacheDirectory }: Pick<Context, "cacheDirectory">,
  apiUrl: string,
): Promise<Catalogue> {
  return loadCatalogue({ cacheDirectory: await cacheDirectory(), apiUrl });
}
