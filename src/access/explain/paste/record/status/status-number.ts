/**
 * Pattern source for statuses in use. Leaves out numbers that usually mean something else: 443 is a port, 250
 * and 350 are counts.
 */
export const NUMBER =
  "(20[0-8]|226|30[0-8]|4[0-2]\\d|43[01]|451|49[4-9]|5[0-2]\\d|530|59[89])(?![\\w.]?\\d|,\\d{3}(?![\\w-]))";

/**
 * Pattern source that excludes counts, which are followed by a plural: `got 403 rows` is a count, `got 403 errors` is
 * not.
 */
export const NO_COUNT =
  "(?!\\s{1,3}(?!(?:errors|responses|answers|statuses|is|was|as|this|always|sometimes|cors)\\b)[a-z]+s\\b(?![=:])|\\s?(?:ms|[kM]?B|seconds?|minutes?)\\b)";
