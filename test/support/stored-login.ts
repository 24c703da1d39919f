import type { Profile } from "../../src/auth/profiles/profile.ts";
import { profilesIn } from "../../src/auth/profiles/profiles.ts";
import { systemClock } from "../../src/core/clock.ts";
import { systemRandom } from "../../src/core/random.ts";
import type { SandboxClient } from "../../src/sandbox/sandbox.ts";
import { openEncryptedFile, processes, withPassphrase } from "./encrypted-file.ts";
import type { runHere } from "./genscope-here.ts";
import { type Ending, runGenscope, type StartOptions, startGenscope } from "./genscope-process.ts";
import { tempDir } from "./temp-dir.ts";
import { logInAndAllow } from "./visitor.ts";

type Environment = Readonly<Record<string, string>>;

/** Client and region of a login. */
export interface LoginTarget {
  readonly url: string;
  readonly client: Pick<SandboxClient, "id" | "secret">;
}

/** Pattern of the line with the login address. */
export const LOGIN_ADDRESS = /^ {2}(http\S+\/oauth\/authorize\?\S+)$/m;

/**
 * Runs `genscope login` as a client that sends its secret through standard input.
 * @param run runs the command line, in a new process by default
 */
export async function logInAsClient(
  { url, client }: LoginTarget,
  env: Environment,
  args: readonly string[] = [],
  options: StartOptions = {},
  run: typeof runHere = runGenscope,
): Promise<Ending> {
  return await run(
    [
      "login",
      "--grant",
      "client-credentials",
      "--client-secret-stdin",
      "--region",
      url,
      "--client-id",
      client.id,
      ...args,
    ],
    env,
    { ...options, input: `${client.secret}\n` },
  );
}

/**
 * Runs `genscope login` as a user whose browser is on another machine. The user pastes the final address.
 * @param visit acts in that browser and returns the final address
 */
export async function logInAsUser(
  { url, client }: { readonly url: string; readonly client: Pick<SandboxClient, "id"> },
  env: Environment,
  args: readonly string[] = [],
  visit: (url: string) => Promise<string> = logInAndAllow,
  options: StartOptions = {},
): Promise<Ending> {
  const login = startGenscope(
    ["login", "--grant", "pkce", "--no-browser", "--region", url, "--client-id", client.id, ...args],
    env,
    options,
  );
  const [, address = ""] = await login.says(LOGIN_ADDRESS);
  login.type(`${await visit(address)}\n`);
  return await login.ended;
}

/** Returns an environment whose encrypted file has a fast key derivation, so that many processes can use it. */
export async function quickFileEnvironment(
  passphrase = "correct horse",
): Promise<Environment & { readonly GENSCOPE_CONFIG_DIR: string }> {
  const directory = await tempDir();
  await openEncryptedFile(directory, withPassphrase(passphrase)).probe();
  return {
    GENSCOPE_CONFIG_DIR: directory,
    GENSCOPE_STORE: "file",
    GENSCOPE_STORE_PASSPHRASE: passphrase,
  };
}

/** Saves a profile as a login does. Stored secrets are unchanged. */
export async function rememberProfile(directory: string, profile: Profile): Promise<void> {
  await profilesOf(directory).save(profile);
}

/** Changes the expiry of the token in the profile. The service keeps the real one. */
export async function rememberExpiry(directory: string, expiresAtMs: number): Promise<void> {
  const profile = await profilesOf(directory).find("default");
  if (profile === null) throw new Error("no profile is logged in");
  const instant = new Date(expiresAtMs).toISOString();
  await rememberProfile(directory, {
    ...profile,
    accessTokenExpiresAt: instant,
    accessTokenRenewsAt: instant,
  });
}

function profilesOf(directory: string) {
  return profilesIn(directory, { clock: systemClock, random: systemRandom, processes });
}
