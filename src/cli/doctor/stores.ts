import type { CredentialKey, StoreKind } from "../../auth/stores/credential-store.ts";
import { type CheckResult, type Facts, failedBy, passed, skipped } from "./check.ts";
import type { DoctorPorts } from "./ports.ts";
import type { Situation } from "./situation.ts";

type StorePorts = Pick<DoctorPorts, "storage">;

/** An entry that no login can create, because no host name ends in `.invalid` (RFC 2606 section 2). */
const NOBODY: CredentialKey = { profile: "doctor", host: "doctor.invalid", kind: "access-token" };

/**
 * Writes a test entry to the OS keychain, reads it and erases it. With a credential in the environment, the keychain is
 * never touched, whatever store or flags were chosen.
 */
export async function checkKeychain(situation: Situation, { storage }: StorePorts): Promise<CheckResult> {
  return await checkStore("keychain", situation, async (facts) => {
    const keychain = await storage.openStore("keychain");
    const { library } = await keychain.probe();
    const by = library === null ? "" : ` by \`${library}\``;
    return passed(`${keychain.describe()}: a test entry was written, read and erased${by}`, {
      ...facts,
      description: keychain.describe(),
      library,
    });
  });
}

/**
 * Reads the encrypted file if it is the chosen store. Writes nothing to it, because that would prompt for a new
 * passphrase.
 */
export async function checkEncryptedFile(
  situation: Situation,
  { storage }: StorePorts,
): Promise<CheckResult> {
  return await checkStore("file", situation, async (facts) => {
    const file = await storage.openStore("file");
    await file.get(NOBODY);
    return passed(`${file.describe()}: can be opened, or the first login creates it`, {
      ...facts,
      description: file.describe(),
    });
  });
}

async function checkStore(
  kind: StoreKind,
  { givenBy, store }: Situation,
  check: (facts: Facts) => Promise<CheckResult>,
): Promise<CheckResult> {
  const untouched: Facts = { isTouched: false, givenBy };
  if (givenBy !== null) {
    return skipped(
      `not accessed, because \`${givenBy}\` is set`,
      kind === "keychain" ? `to test it, run \`env -u ${givenBy} genscope doctor\`` : null,
      untouched,
    );
  }
  if (store.value === null) return skipped("not accessed: the store is unknown", null, untouched);
  const { value, source } = store.value;
  if (value !== kind) return skipped(`the store in use is \`${value}\` (${source})`, null, untouched);
  const facts: Facts = { isTouched: true, givenBy };
  try {
    return await check(facts);
  } catch (error) {
    return failedBy(error, facts);
  }
}
