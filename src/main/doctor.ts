import { readFile } from "node:fs/promises";
import { release, userInfo } from "node:os";
import type { GlobalOptions } from "../cli/context.ts";
import type { DoctorPorts, Machine } from "../cli/doctor/ports.ts";
import { parseDuration } from "../core/duration.ts";
import { homeDirectory } from "../core/files/home-directory.ts";
import { asRecord, asString, parseJson } from "../core/json.ts";
import { findDirectory } from "./directories.ts";
import { openLoginStorage } from "./login-storage.ts";
import type { Surroundings } from "./surroundings.ts";
import { bareTransport } from "./wire.ts";

/** Timeout of one network step. A person is waiting, and a slower response deserves a warning anyway. */
const DEFAULT_TIMEOUT = "10s";

/** Opens the ports that connect the `doctor` checks with the real machine. */
export async function openDoctor(surroundings: Surroundings, options: GlobalOptions): Promise<DoctorPorts> {
  const { env, clock, signal } = surroundings;
  const timeoutMs = parseDuration(options.timeout ?? DEFAULT_TIMEOUT, "--timeout");
  const [
    machine,
    configDirectory,
    cacheDirectory,
    storage,
    { lookUpAddresses },
    { shakeHands },
    { systemAuthorities },
  ] = await Promise.all([
    describeMachine(surroundings),
    findDirectory(surroundings, "config"),
    findDirectory(surroundings, "cache"),
    openLoginStorage(surroundings, options),
    import("../http/connection/name-lookup.ts"),
    import("../http/connection/tls-handshake.ts"),
    import("../http/connection/trusted-authorities.ts"),
  ]);
  const deadline = { clock, timeoutMs, signal };
  return {
    machine,
    flags: options,
    env,
    clock,
    signal,
    timeoutMs,
    configDirectory,
    cacheDirectory,
    storage,
    openTransport: async () => await bareTransport(surroundings, options),
    lookUp: async (host) => await lookUpAddresses(host, deadline),
    shakeHands: async (target) => await shakeHands({ ...target, systemAuthorities }, deadline),
  };
}

async function describeMachine(surroundings: Surroundings): Promise<Machine> {
  const { version, node, platform, architecture, userId } = surroundings;
  const description = await readFile(surroundings.packageFile, "utf8").catch(() => "");
  return {
    version,
    requiredNode: asString(asRecord(asRecord(parseJson(description))["engines"])["node"]),
    node,
    platform,
    architecture,
    release: release(),
    userId,
    userName: readUserName(),
    homeDirectory: homeDirectory(),
  };
}

/** Returns the name of the user; empty in a container whose user has only a number. */
function readUserName(): string {
  try {
    return userInfo().username;
  } catch {
    return "";
  }
}
