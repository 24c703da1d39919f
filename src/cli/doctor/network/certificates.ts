import { type FileHandle, realpath } from "node:fs/promises";
import { openForReading } from "../../../core/files/open-file.ts";
import { readAtMost } from "../../../core/files/read-at-most.ts";
import { reasonOf } from "../../../core/system-error.ts";
import { plural } from "../../../core/text.ts";
import { conversionHint, readPemCertificates } from "../../../http/connection/pem-certificates.ts";
import {
  CA_FLAG,
  type CertificateFile,
  listCertificateFiles,
  turnsVerificationOff,
  VERIFICATION_OFF,
} from "../../../http/connection/trusted-authorities.ts";
import { type CheckResult, type Facts, failed, passed, skipped, warned } from "../check.ts";
import type { DoctorPorts } from "../ports.ts";
import { describeCertificate } from "./certificate-facts.ts";

export interface Authorities {
  readonly finding: CheckResult;
  /**
   * PEM text of every file; null when a file can't be read or verification is disabled, so that no command could
   * connect.
   */
  readonly certificates: readonly string[] | null;
}

/** One file that was read, or the reason why it was not. */
type ReadFile =
  | { readonly file: CertificateFile; readonly pem: string; readonly errorCode: null }
  | { readonly file: CertificateFile; readonly pem: null; readonly errorCode: string };

/** Maximum number of certificates to list. A system bundle has more than a hundred. */
const SHOWN_CERTIFICATES = 10;
/** Maximum size of a certificate file, hundreds of times larger than a system bundle. */
const LARGEST_FILE_BYTES = 64 * 1024 * 1024;

/** Checks that the additional trusted certificates are readable, valid and current. */
export async function checkCertificates({
  flags,
  env,
  clock,
}: Pick<DoctorPorts, "flags" | "env" | "clock">): Promise<Authorities> {
  const files = await distinctFiles(listCertificateFiles(flags.caCert, env));
  const read = await Promise.all(files.map(readCertificateFile));
  const findings = read.map((each) => judgeCertificateFile(each, clock.now()));
  const certificates = read.flatMap(({ pem }) => (pem === null ? [] : [pem]));
  const isOff = turnsVerificationOff(env);
  const facts: Facts = {
    files: findings.map(({ facts: each }) => each),
    isVerified: !isOff,
  };
  const bad = findings.find(({ status }) => status === "failed");
  const doubtful = findings.find(({ status }) => status === "warning");
  const summary = findings.map((finding) => finding.summary).join("; ");
  const finding =
    bad !== undefined
      ? { ...bad, summary, facts }
      : isOff
        ? failed("network", VERIFICATION_OFF.message, VERIFICATION_OFF.hint, facts)
        : doubtful !== undefined
          ? { ...doubtful, summary, facts }
          : files.length === 0
            ? skipped("no additional certificates are configured", null, facts)
            : passed(summary, facts);
  return { finding, certificates: bad === undefined && !isOff ? certificates : null };
}

/** Joins the sources of a file that several settings name, even if their paths to it differ. */
async function distinctFiles(files: readonly CertificateFile[]): Promise<readonly CertificateFile[]> {
  const known = new Map<string, CertificateFile>();
  for (const file of files) {
    const place = await realpath(file.path).catch(() => file.path);
    const earlier = known.get(place);
    known.set(
      place,
      earlier === undefined ? file : { ...earlier, source: `${earlier.source}, ${file.source}` },
    );
  }
  return [...known.values()];
}

async function readCertificateFile(file: CertificateFile): Promise<ReadFile> {
  let opened: FileHandle | null = null;
  try {
    opened = await openForReading(file.path);
    const bytes = await readAtMost(opened, LARGEST_FILE_BYTES);
    return bytes === null
      ? { file, pem: null, errorCode: "larger than 64 MiB" }
      : { file, pem: bytes.toString("utf8"), errorCode: null };
  } catch (error) {
    return { file, pem: null, errorCode: reasonOf(error) };
  } finally {
    await opened?.close();
  }
}

function judgeCertificateFile(
  { file: { path, source }, pem, errorCode }: ReadFile,
  nowMs: number,
): CheckResult {
  const facts = { path, source };
  const named = `\`${path}\` (${source})`;
  const isFlag = source.startsWith(CA_FLAG);
  if (pem === null) {
    return failed(
      "usage",
      `${named} cannot be read (${errorCode})`,
      isFlag ? "check the path and its permissions" : `correct or unset \`${source}\``,
      { ...facts, isReadable: false, certificateCount: 0, outdatedCount: 0, certificates: [] },
    );
  }
  const blocks = readPemCertificates(pem);
  const known = blocks
    .filter((certificate) => certificate !== null)
    .map((certificate) => describeCertificate(certificate, nowMs));
  const outdated = known.filter(({ isCurrent }) => !isCurrent);
  const all: Facts = {
    ...facts,
    isReadable: true,
    certificateCount: known.length,
    outdatedCount: outdated.length,
    certificates: known.slice(0, SHOWN_CERTIFICATES),
  };
  if (known.length < blocks.length || blocks.length === 0) {
    const problem =
      blocks.length === 0
        ? `${named} contains no PEM certificate`
        : `${named} contains ${plural(blocks.length - known.length, "certificate")} that cannot be read`;
    const hint = conversionHint(path);
    // Commands refuse a flag whose file adds no authority, but Node ignores such a file in a variable.
    return known.length === 0 && isFlag ? failed("usage", problem, hint, all) : warned(problem, hint, all);
  }
  const [only] = known;
  const what =
    known.length === 1 && only !== undefined
      ? `\`${only.subject}\`, valid from ${only.validFrom ?? "unknown"} to ${only.expiresAt ?? "unknown"}${only.isCurrent ? "" : ", not valid today"}`
      : `${known.length} certificates${outdated.length === 0 ? "" : `, ${outdated.length} of them not valid today`}`;
  // A system bundle usually contains some expired authorities, so this is a failure only when all of them have expired.
  return outdated.length < known.length
    ? passed(`${named}: ${what}`, all)
    : warned(
        `${named}: ${what}`,
        "ask the operator of the proxy or gateway for the current certificate",
        all,
      );
}
