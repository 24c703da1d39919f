import type { Setting } from "../../../auth/settings/settings.ts";
import type { Catalogue } from "../../../catalogue/facts/catalogue.ts";
import { AuthError } from "../../../core/errors.ts";
import type { CheckDependencies, CheckRequest, Chosen } from "./request.ts";
import { type CheckScopesResult, documentOf } from "./result.ts";
import { type CheckSubject, describeUnjudged, namedSubjects, type SingleSubject } from "./subject.ts";

const NO_LOGIN: Chosen["login"] = { profile: null, region: null };

/**
 * Runs one diagnosis: resolves names to requirements and the token to a principal, then derives verdicts and remedies.
 * Resolves all names before any request is sent, and reads the permissions of the token once for all of them.
 * @throws UsageError for an unknown operation, permission or division; any error of connecting
 */
export async function checkScopes(
  dependencies: CheckDependencies,
  request: CheckRequest,
): Promise<CheckScopesResult> {
  const policy = await readPolicyText(dependencies, request);
  const catalogue = await dependencies.catalogue(
    async () => await findProfile(dependencies, policy, request),
  );
  const chosen = await chooseSubjects(dependencies, catalogue, request, policy);
  const cautions = chosen.subjects.flatMap(singles).flatMap(({ caution }) => caution ?? []);
  for (const note of [...(catalogue.warning === null ? [] : [catalogue.warning]), ...cautions]) {
    await dependencies.writeNote(note);
  }
  // Loaded lazily, so that `--offline` starts as fast as help.
  if (request.emit !== null) {
    const { emitLeastPrivilege, nameOfRole, noteSharedRole } = await import("./emit.ts");
    const { division } = request;
    const notes = [...noteSharedRole(request.emit, chosen.subjects, request.policy), ...chosen.omissions];
    const name = nameOfRole(chosen.subjects);
    const emitted = emitLeastPrivilege(request.emit, chosen.subjects, { name, division, notes, catalogue });
    for (const note of emitted.notes) await dependencies.writeNote(note);
    return { ...offline(catalogue, chosen), emitted };
  }
  if (request.isOffline) return offline(catalogue, chosen);
  const { checkWithToken } = await import("./token.ts");
  const prepareFor = async (apiUrl: string) => {
    const other = await dependencies.catalogueOf(apiUrl);
    return { catalogue: other, chosen: await chooseSubjects(dependencies, other, request, policy) };
  };
  try {
    return await checkWithToken(dependencies, { catalogue, chosen }, request, prepareFor);
  } catch (error) {
    // Writing a policy needs no token. If there is one, the calls are checked as well.
    const isWithoutLogin = error instanceof AuthError && error.code === "auth.not_logged_in";
    if (request.writePolicy === null || needsToken(request) || !isWithoutLogin) throw error;
    await dependencies.writeNote("not checked, because there is no login; the policy is written without one");
    return offline(catalogue, chosen);
  }
}

/** Returns whether a flag asks for something that only a token can provide. */
function needsToken({ isLive, isMaximum, isRequested, diff, waitMs, policy }: CheckRequest): boolean {
  return isLive || isMaximum || isRequested || diff !== null || waitMs !== null || policy !== null;
}

async function readPolicyText(
  { readTextFile }: CheckDependencies,
  { policy }: CheckRequest,
): Promise<string> {
  return policy === null ? "" : await readTextFile(policy.file);
}

async function findProfile(
  { interruptibly }: CheckDependencies,
  text: string,
  { policy }: CheckRequest,
): Promise<Setting<string> | null> {
  if (policy === null) return null;
  const { findPolicyProfile } = await import("./policy.ts");
  return await interruptibly(() => findPolicyProfile(text, policy));
}

async function chooseSubjects(
  dependencies: CheckDependencies,
  catalogue: Catalogue,
  request: CheckRequest,
  policy: string,
): Promise<Chosen> {
  const named = namedSubjects(catalogue, request);
  const none: Chosen = { subjects: [], isMaximum: false, login: NO_LOGIN, findings: null, omissions: [] };
  const ofPolicy =
    request.policy === null ? none : await readPolicy(dependencies, policy, catalogue, request.policy);
  const ofScan = request.scan.length === 0 ? none : await scan(dependencies, catalogue, request);
  return {
    ...ofPolicy,
    subjects: [...named, ...ofPolicy.subjects, ...ofScan.subjects],
    isMaximum: request.isMaximum || ofPolicy.isMaximum,
    findings: ofScan.findings,
    omissions: ofScan.omissions,
  };
}

async function readPolicy(
  { interruptibly }: CheckDependencies,
  text: string,
  catalogue: Catalogue,
  policy: NonNullable<CheckRequest["policy"]>,
): Promise<Chosen> {
  const { choosePolicySubjects } = await import("./policy.ts");
  return await interruptibly(() => choosePolicySubjects(text, policy, catalogue));
}

async function scan(
  dependencies: CheckDependencies,
  catalogue: Catalogue,
  request: CheckRequest,
): Promise<Pick<Chosen, "subjects" | "findings" | "omissions">> {
  const { scanSources } = await import("./sources/sources.ts");
  return await scanSources(dependencies, catalogue, request);
}

function singles(subject: CheckSubject): readonly SingleSubject[] {
  return subject.kind === "alternatives" ? subject.alternatives : [subject];
}

function offline(catalogue: Catalogue, { subjects, findings }: Chosen): CheckScopesResult {
  return documentOf(
    null,
    subjects.flatMap(singles).map((subject) => describeUnjudged(catalogue, subject)),
    findings,
  );
}
