import { writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { RecordedCall } from "../../../../access/record/recorded-call.ts";
import type { Clock } from "../../../../core/clock.ts";
import { NetworkError } from "../../../../core/errors.ts";
import type { Random } from "../../../../core/random.ts";
import { Secret } from "../../../../core/secret.ts";
import { readProxySettings } from "../../../../http/connection/proxy-choice.ts";
import { turnsVerificationOff, VERIFICATION_OFF } from "../../../../http/connection/trusted-authorities.ts";
import { createAuthority } from "../../../../http/recording/authority.ts";
import { startRecordingProxy } from "../../../../http/recording/recording-proxy.ts";
import { runChild } from "./child.ts";
import { recordedEnvironment } from "./environment.ts";
import { readTrust } from "./trust.ts";

/** Everything needed to run a program behind the proxy. */
export interface ProgramPorts {
  readonly clock: Clock;
  readonly random: Random;
  readonly signal: AbortSignal;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly caCert: string | undefined;
  /** Creates a directory that only this user can enter and that is removed at the end of the run. */
  temporaryDirectory(): Promise<string>;
  readTextFile(path: string): Promise<string>;
}

/** The calls of a program, and how it ended. */
export interface ProgramRun {
  readonly calls: readonly RecordedCall[];
  readonly program: { readonly name: string; readonly exitCode: number };
}

const PASSWORD_BYTES = 24;

/**
 * Runs a program behind a proxy that reads method, path and status of its calls to these hosts.
 * @throws NetworkError `network.verification_off` when the environment turns off certificate verification, UsageError
 * when the program can't be started
 */
export async function recordProgram(
  command: readonly string[],
  hosts: ReadonlySet<string>,
  { clock, random, signal, env, caCert, temporaryDirectory, readTextFile }: ProgramPorts,
): Promise<ProgramRun> {
  if (turnsVerificationOff(env)) {
    const { message, hint } = VERIFICATION_OFF;
    throw new NetworkError("network.verification_off", message, { hint });
  }
  const [authority, trust] = await Promise.all([
    createAuthority(clock.now(), random),
    readTrust(env, caCert, readTextFile),
  ]);
  const calls: RecordedCall[] = [];
  const login = `genscope:${Buffer.from(random.bytes(PASSWORD_BYTES)).toString("base64url")}`;
  const proxy = await startRecordingProxy({
    authority,
    authorization: new Secret(`Basic ${Buffer.from(login, "utf8").toString("base64")}`),
    proxies: readProxySettings(env),
    caCertificates: trust.upstream,
    isRecorded: (host) => hosts.has(host),
    onCall: (call) => calls.push(call),
  });
  try {
    const certificates = join(await temporaryDirectory(), "certificates.pem");
    await writeFile(certificates, [authority.certificate, ...trust.program].join("\n"), { mode: 0o600 });
    const settings = { proxy: `http://${login}@127.0.0.1:${proxy.port}`, certificates };
    const exitCode = await runChild(command, recordedEnvironment(env, settings), { clock, signal });
    return { calls, program: { name: basename(command[0] ?? ""), exitCode } };
  } finally {
    await proxy.close();
  }
}
