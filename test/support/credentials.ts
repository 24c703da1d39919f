import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { absentDir } from "./temp-dir.ts";

/** Returns an environment with the sandbox's address and the credential of its scenario. It has no cached token. */
export function credentialsFor({
  url,
  client,
  accessToken,
}: Pick<Sandbox, "url" | "client" | "accessToken">): Readonly<Record<string, string>> {
  return {
    GENSCOPE_CONFIG_DIR: absentDir(),
    GENESYSCLOUD_REGION: url,
    ...(accessToken === null
      ? { GENESYSCLOUD_OAUTHCLIENT_ID: client.id, GENESYSCLOUD_OAUTHCLIENT_SECRET: client.secret }
      : { GENESYSCLOUD_ACCESS_TOKEN: accessToken }),
  };
}
