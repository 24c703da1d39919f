import type { ExitName } from "../../core/exit-codes.ts";
import { checkCatalogue } from "./catalogue.ts";
import { CHECK_NAMES, type Check, type CheckName, type CheckResult } from "./check.ts";
import { checkConfigDirectory } from "./config-directory.ts";
import { examineNetwork } from "./network/examine-network.ts";
import { checkNode } from "./node-version.ts";
import type { DoctorPorts } from "./ports.ts";
import { checkSettings } from "./settings.ts";
import { findSituation } from "./situation.ts";
import { checkEncryptedFile, checkKeychain } from "./stores.ts";

/** All checks in order, and the exit codes of the commands that failures affect. */
export interface Examination {
  readonly checks: readonly Check[];
  readonly exits: readonly ExitName[];
}

/**
 * Runs every check. A check that may prompt the user (a locked keychain, a passphrase) runs before the network checks,
 * because `wait` may show a progress line during the network checks, which would disturb a prompt.
 */
export async function examine(
  ports: DoctorPorts,
  wait: <Result>(work: () => Promise<Result>) => Promise<Result>,
): Promise<Examination> {
  const situation = await findSituation(ports);
  const findings: Readonly<Record<CheckName, CheckResult>> = {
    node: checkNode(ports.machine, ports.clock.now()),
    settings: checkSettings(situation),
    "config-directory": await checkConfigDirectory(ports),
    catalogue: checkCatalogue(situation, ports),
    keychain: await checkKeychain(situation, ports),
    "encrypted-file": await checkEncryptedFile(situation, ports),
    ...(await wait(async () => await examineNetwork(situation, ports))),
  };
  return {
    checks: CHECK_NAMES.map((name) => {
      const { status, summary, hint, facts } = findings[name];
      return { name, status, summary, hint, facts };
    }),
    exits: CHECK_NAMES.map((name) => findings[name].exit),
  };
}
