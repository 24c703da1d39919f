import type { Random } from "../../core/random.ts";
import { Secret } from "../../core/secret.ts";
import type { CredentialStore } from "./credential-store.ts";
import { entryName } from "./entry-name.ts";
import { describeKeychainFailure } from "./keychain-failure.ts";
import { type KeychainProcessOptions, runKeychainProcess } from "./keychain-process.ts";
import type { KeychainReply, KeychainRequest } from "./keychain-protocol.ts";

export interface KeychainOptions extends KeychainProcessOptions {
  readonly random: Random;
}

type KeychainAnswer = Extract<KeychainReply, { readonly outcome: "answered" }>;

const NAMES: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  darwin: "macOS Keychain",
  win32: "Windows Credential Manager",
};

/**
 * Returns the store in the operating system's keychain. Each call runs a short-lived helper process, and this
 * process keeps no secret.
 */
export function keychainStore(options: KeychainOptions): CredentialStore {
  const { platform, random } = options;
  const hasSecretService = NAMES[platform] === undefined;

  const trialAccount = () => `__probe__${Buffer.from(random.bytes(8)).toString("hex")}`;

  async function ask(request: Omit<KeychainRequest, "trialAccount">): Promise<KeychainAnswer> {
    const trial = hasSecretService ? trialAccount() : null;
    const ending = await runKeychainProcess({ ...request, trialAccount: trial }, options);
    if (ending.outcome === "answered") return ending;
    throw describeKeychainFailure(ending, platform);
  }

  return {
    kind: "keychain",
    describe: () => `OS keychain (${NAMES[platform] ?? "Secret Service"})`,
    probe: async () => {
      const { library } = await ask({ operation: "probe", account: trialAccount() });
      return { library };
    },
    get: async (key) => {
      const { secret } = await ask({ operation: "get", account: entryName(key) });
      return secret === null ? null : new Secret(secret);
    },
    set: async (key, secret) => {
      await ask({ operation: "set", account: entryName(key), secret: secret.reveal() });
    },
    delete: async (key) => (await ask({ operation: "delete", account: entryName(key) })).existed,
  };
}
