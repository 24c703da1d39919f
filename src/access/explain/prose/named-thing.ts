/** Objects whose common name does not occur in the path of the operation that reads them. The first match wins. */
const THINGS: readonly (readonly [RegExp, string, string])[] = [
  [
    /\b(?:call |voice |audio )?recordings?\b(?! (?:jobs?|settings?|polic\w{1,3}|keys?|polic|retention))/i,
    "GET",
    "/api/v2/conversations/{conversationId}/recordings",
  ],
  [
    /\b(?:call |chat |voice )?transcripts?\b/i,
    "GET",
    "/api/v2/speechandtextanalytics/conversations/{conversationId}/communications/{communicationId}/transcripturl",
  ],
  [
    /\b(?:conversation|interaction|call)s? (?:details?|records?|data)\b|\bhistorical (?:conversation|interaction|call)s?\b|^(?:the |all |our )?(?:conversation|interaction)s$/i,
    "POST",
    "/api/v2/analytics/conversations/details/query",
  ],
  [/\b(?:own|my|current) (?:own )?(?:user|profile|account)\b/i, "GET", "/api/v2/users/me"],
];

/**
 * Returns the method and path of the operation that reads an object named in prose. Null when the words of the
 * object are enough to find the operation.
 */
export function callOfThing(method: string | null, object: string): readonly [string, string] | null {
  if (method !== null && method !== "GET") return null;
  const thing = THINGS.find(([pattern]) => pattern.test(object));
  return thing === undefined ? null : [thing[1], thing[2]];
}

const METRIC = /(?<![\w/.-])[not][A-Z][a-z]\w{1,50}\b/g;
const MOST_METRICS = 20;

/** Returns the names in the text that look like analytics metrics: `tHandle`, `nOffered`, `oWaiting`. */
export function readMetrics(text: string): readonly string[] {
  return [...new Set(Array.from(text.matchAll(METRIC), ([name]) => name))].slice(0, MOST_METRICS);
}
