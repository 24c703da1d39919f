import type { Remedy } from "../../verdict/verdict.ts";
import { states } from "../assertion/asserted.ts";
import { findTool } from "./tool-signs.ts";

/** A cause of errors from file storage, to which the platform only provides links. */
interface StorageCause {
  /** Matches the code or the message of the error. */
  readonly words: RegExp;
  /** Clause that completes the sentence "the storage answered: ". */
  readonly meaning: string;
  readonly remedy: Remedy;
}

/** A response from file storage, in the same form as `EntryPoint`. */
export interface StorageAnswer {
  readonly layer: "none";
  readonly meaning: string;
  readonly remedies: readonly Remedy[];
}

const LONGEST_TEXT = 40_000;
const STORAGE_HOST =
  /\.s3[.-][\w.-]{0,60}amazonaws\.com\b|\bs3[.-][\w.-]{0,60}amazonaws\.com\b|\.cloudfront\.net\b|\.blob\.core\.windows\.net\b|\bstorage\.googleapis\.com\b/i;
/** Matches the XML of a storage error. */
const STORAGE_ERROR = /<Error>\s{0,20}<Code>\w{3,60}<\/Code>/;
/** Evidence that a link was issued for one file: its signature, or a usual name for such a link. */
const SIGNED_LINK =
  /[?&](?:X-Amz-(?:Signature|Expires|Algorithm|Credential)|Signature|Key-Pair-Id|sig)=|\b(?:mediaUris?|media uris?|pre-?signed|signed (?:url|link|uri)s?|download ?(?:url|link|uri)s?|upload ?(?:url|link|uri)s?)\b/i;

const FRESH: Remedy = {
  kind: "none",
  summary: "request the link again from the API, and use it while it is valid",
};
const CAUSES: readonly StorageCause[] = [
  {
    words: /Request has expired|\bExpiredToken\b|\bexpired\b/i,
    meaning: "the link to the file has expired",
    remedy: FRESH,
  },
  {
    words: /Only one auth mechanism allowed|\bX-Amz-Algorithm query parameter\b/i,
    meaning: "the link carries its own signature, and the request had an `Authorization` header as well",
    remedy: {
      kind: "none",
      summary:
        "request the file without the `Authorization` header; remove that header when you follow the API's redirect",
    },
  },
  {
    words: /\bSignatureDoesNotMatch\b|\bAuthorizationQueryParametersError\b|\bsignature we calculated\b/i,
    meaning:
      "the signature does not match the request: the link was changed in transit, or method and headers differ from those that were signed",
    remedy: {
      kind: "none",
      summary:
        "use the link unchanged: in quotes in a shell, not encoded a second time, with the method and headers that the API named",
    },
  },
  {
    words: /\bMissingKey\b|\bMissing Key-Pair-Id\b|\bMissingSecurityHeader\b|\bMissingAuthenticationToken\b/i,
    meaning: "the link lacks its signature, which is part of its query string",
    remedy: { kind: "none", summary: "use the whole link with its query string, as the API returned it" },
  },
  {
    words: /\bNoSuchKey\b|\bBlobNotFound\b/i,
    meaning: "the file does not exist, or no longer exists",
    remedy: FRESH,
  },
];
const ANY: Omit<StorageCause, "words"> = {
  meaning: "it does not accept the link: an expired or changed link and a missing file look alike",
  remedy: FRESH,
};

/**
 * Matches words that call an address a link to file storage: `the S3 presigned URL gives a 404`,
 * `404 on the S3 download link`.
 */
const TOLD_LINK =
  /\b(?:pre-?signed|s3)\b[^.\n]{0,40}\b(?:urls?|links?|uris?|fetch|download)\b|\bsigned (?:url|link)s?\b|\bs3\b[^.\n]{0,20}\b(?:answers?|answered|returns?|returned|responds?|responded|gives?|gave)\b/i;

/**
 * Returns the meaning of a status that a sentence reports for a signed link, when the text does not show the storage's
 * response. Null when that sentence is about an API call.
 */
export function findDescribedStorage(story: string, status: number | null): StorageAnswer | null {
  if (status !== 403 && status !== 404 && status !== 400) return null;
  const sentences = story.slice(0, LONGEST_TEXT).split(/[.!?]\s|\n/);
  const told = sentences.filter((sentence) => sentence.includes(String(status)));
  const [first = ""] = told;
  const isOfLink = states(TOLD_LINK, first) && !first.includes("/api/v2/") && findTool(first) === null;
  return isOfLink ? answerOf(CAUSES.find(({ words }) => words.test(first)) ?? ANY) : null;
}

/**
 * Returns the meaning of a file storage's response to a link from the platform. The platform stores recordings, exports
 * and uploads there. Null for any other text.
 */
export function findStorage(host: string | null, given: string): StorageAnswer | null {
  const text = given.slice(0, LONGEST_TEXT);
  const isThere = host === null ? STORAGE_ERROR.test(text) : STORAGE_HOST.test(host);
  const cause = CAUSES.find(({ words }) => words.test(text)) ?? ANY;
  const isSigned = SIGNED_LINK.test(text) || (cause !== ANY && STORAGE_ERROR.test(text));
  return isThere && isSigned ? answerOf(cause) : null;
}

function answerOf({ meaning, remedy }: Omit<StorageCause, "words">): StorageAnswer {
  return {
    layer: "none",
    meaning: `the response is from file storage, not from the API, so permissions and scopes do not matter: ${meaning}`,
    remedies: [remedy],
  };
}
