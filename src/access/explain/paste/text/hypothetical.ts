/** Pattern source for a number that could be a status, optionally with its reason phrase. */
const STATUS =
  "[45]\\d\\d\\b(?: \\(?(?:Bad Request|Unauthorized|Forbidden|Not Found|Conflict|Too Many Requests|Internal Server Error|Service Unavailable)\\)?)?";
const WITH_PHRASE = new RegExp(STATUS, "g");
/**
 * Sentences that discuss a status that did not occur: `you may see 401 or 403 errors`, `returns 429 if you exceed`,
 * `if your token is expired, you will receive a 401`.
 */
const HYPOTHETICAL: readonly RegExp[] = [
  new RegExp(
    `\\byou(?: will|'ll| may| might| can| could| would| should)(?: then| also| likely| probably)? (?:see|get|receive|encounter|hit|run into)\\b[^.\\n]{0,40}?\\b${STATUS}(?:[ ,/]{1,3}(?:or|and)? ?${STATUS})?`,
    "gi",
  ),
  // `otherwise it would be a 401`, `that'd give you a 403`
  new RegExp(
    `\\b(?:you|it|that|this|there|one|they)(?:['’]d| would| should| might| could| can)(?: then| also| likely| probably| rather| just| only| normally| usually)? (?:be|give|return|get|see|receive|expect|answer|respond|throw|mean|fail|say|have (?:got|been|seen|given|returned))\\b[^.\\n]{0,40}?\\b${STATUS}(?:[ ,/]{1,3}(?:or|and)? ?${STATUS})?`,
    "gi",
  ),
  // `an expired token would have produced a 401 instead`
  new RegExp(
    `\\bwould (?:have )?(?:then |also |rather |normally |usually )?(?:be(?:en)?|give|given|return(?:ed)?|produced?|caused?|result(?:ed)? in|le(?:a)?d to|me(?:an|ant)|answer(?:ed)?|end(?:ed)? in|come back with|show(?:n|ed)?)\\b[^.\\n]{0,30}?\\b${STATUS}`,
    "gi",
  ),
  // `when it returns 401 or 403, the flow continues`
  new RegExp(
    `\\b(?:if|when(?:ever)?|unless|in case) [^.,;\\n]{1,60}?\\b(?:returns?|answers?|responds? with|throws?|sends?|gives?)\\b[^.,;\\n]{0,20}?\\b${STATUS} or ${STATUS}`,
    "gi",
  ),
  new RegExp(
    `\\b(?:returns?|answers?|responds? with|throws?) (?:an? )?(?:HTTP )?${STATUS}(?=[^.\\n]{0,40}\\b(?:if|when|unless) you\\b)`,
    "gi",
  ),
  new RegExp(
    `\\b(?:if|when(?:ever)?) you (?:see|get|receive|encounter|hit)\\b[^.,\\n]{0,30}?\\b${STATUS}`,
    "gi",
  ),
  new RegExp(
    `\\bif (?:your|you|a|an|no|any|it|this|that|the|GET|POST|PUT|PATCH|DELETE)\\b[^.\\n]{0,60}?\\b(?:returns?|responds? with|answers?(?: with)?|throws?|gets?|receives?)\\b[^.\\n]{0,20}?\\b${STATUS}`,
    "gi",
  ),
  // `a colleague got a 409 once`, `another customer sees 500s`
  new RegExp(
    `\\b(?:(?:a|my|another|one) (?:colleague|co-?worker|team ?mate|friend)|(?:another|other|some other) (?:customers?|teams?|users?|compan(?:y|ies)|people)|someone else)\\b[^.!?\\n]{0,80}?\\b${STATUS}`,
    "gi",
  ),
  // `Handle 429 by waiting`, `retry on 503`, `refresh the token on 401`
  new RegExp(
    `(?:^|[.;,:!?(\\n]\\s{0,3}|\\b(?:and|then|to|should|must|please)\\s)(?:please )?(?:handle|catch|retry|refresh|back ?off|check|treat|respect|wait|repeat|log ?in again|re-?login)\\b[^.,;\\n]{0,30}?\\b(?:an? |any |HTTP )?${STATUS}`,
    "gi",
  ),
  // `our wrapper retries when it gets a 429 or 503`, `the client handles 401 by logging in again`
  new RegExp(
    `\\b(?:(?:retries|refreshes|sleeps|waits|backs off|reconnects)\\b[^.;\\n]{0,30}?\\b(?:on|upon|when(?:ever)?|if|after|for)\\b|(?:handles|catches|ignores|skips|swallows)\\b)[^.;\\n]{0,30}?\\b${STATUS}(?:,? (?:and|or) (?:an? )?${STATUS}){0,3}`,
    "gi",
  ),
  // `error codes such as 429 (Too Many Requests) or 403 (Forbidden)`, but not `we get errors such as 429 or 403`
  new RegExp(
    `(?<!\\b(?:we|I|my|our)\\b[^.\\n]{0,80})\\b(?:such as|for example|e\\.g\\.,?) ${STATUS}(?:,? (?:or|and) ${STATUS})`,
    "gi",
  ),
  // `returns non-2xx codes (401 or 403)`, `a statusCode (400, 401, 403)`
  new RegExp(
    `\\b(?:status ?)?codes?\\b[^.\\n()]{0,20}\\((?:for example |e\\.g\\.,? |like )?${STATUS}(?:(?:,|,? (?:or|and)|/) ?${STATUS}){1,6}\\)`,
    "gi",
  ),
  // `using the wrong region returns 401 errors`, `the header is present on 429 responses`
  new RegExp(
    `\\b(?:using|sending|passing|omitting|exceeding)\\b[^.\\n]{0,60}? (?:returns|gives|causes|results in|leads to|triggers) (?:an? )?(?:HTTP )?${STATUS} (?:errors?|responses?|status(?: code)?)\\b`,
    "gi",
  ),
  // `set the region to avoid 401 or 403 responses`
  new RegExp(
    `\\bto (?:avoid|prevent|handle|reduce|rule out|protect against)\\b[^.\\n]{0,30}?\\b${STATUS}(?:,? (?:and|or|/) (?:an? )?${STATUS})?`,
    "gi",
  ),
  // `the documentation notes: "Exceeding the limit is answered with 429."`
  new RegExp(
    `\\b(?:docs?|documentation|guide|manual|article|reference|spec(?:ification)?)\\b[^.\\n]{0,40}\\b(?:says?|states?|notes?|mentions?|reads?|claims?|clarif(?:y|ies))\\b[^.\\n]{0,40}[:“"'][^\\n]{0,300}?\\b${STATUS}`,
    "gi",
  ),
  // `the most common cause of a 403 Forbidden response`, but not `the cause of the 403`
  new RegExp(`\\b(?:causes?|reasons?) (?:of|for|behind) (?:an? |any )(?:HTTP )?${STATUS}`, "gi"),
  new RegExp(
    `\\bheaders? (?:is|are) (?:present|sent|returned|included|set) (?:on|with|in) (?:an? |every |all )?${STATUS}`,
    "gi",
  ),
  // `if your application does not catch the resulting 401`, `Handling 401 Unauthorized Token Expirations`
  new RegExp(
    `\\b(?:if|when|unless) (?:your|an?|the) [^.\\n]{1,40}?\\b(?:catch|catches|handle|handles|expect|expects)\\b[^.\\n]{0,30}?\\b${STATUS}`,
    "gi",
  ),
  new RegExp(`^(?:[A-Z][^.:\\n]{0,80}\\b)?Handling ${STATUS}`, "gm"),
  // `instead of the expected 429`, `the API might reject requests with a generic 400`
  new RegExp(`\\b(?:instead of|rather than)\\b[^.,;\\n]{0,30}?\\b${STATUS}`, "gi"),
  new RegExp(
    `\\b(?:might|may|could|would|can|should)\\b[^.;\\n]{0,40}?\\b(?:rejects?|returns?|responds?|answers?|throws?|fails?)\\b[^.;\\n]{0,40}?\\b${STATUS}`,
    "gi",
  ),
  new RegExp(`^#{1,6} [^\\n]{0,40}\\b(?:handling|retrying|about|avoiding)\\b[^\\n]{0,20}\\b${STATUS}`, "gim"),
];

/** Matches the lines after an announcement of an example: `The error will look something like this:`. */
const EXAMPLE =
  /(?<=\b(?:error|response|answer|message|body|log)\b[^.\n]{0,40}\b(?:will|would|should|might|may|could)\b[^.\n]{0,20}\blooks?\b[^\n]{0,60}:[ \t]{0,4}\n)(?:[ \t]{0,40}\S[^\n]{0,2000}\n?){1,20}/gi;

/** Matches a body below the announcement that the documentation shows it: `The docs list this body as an example:`. */
const DOCUMENTED =
  /(?<=\b(?:docs?|documentation|manual|article|reference)\b(?:(?!\b(?:but|instead|actually|get)\b)[^\n]){0,60}\b(?:shows?|lists?|gives?|contains?|describes?|has)\b(?:(?!\b(?:but|instead|actually|get)\b)[^\n]){0,60}:[ \t]{0,4}\n)(?:[ \t]{0,40}[{}[\]"<][^\n]{0,2000}\n?){1,20}/gi;

/** Blanks out error bodies that the text quotes from the documentation. */
export function withoutDocumented(text: string): string {
  return text.replace(DOCUMENTED, (lines) => lines.replace(/[^\n]/g, " "));
}

/**
 * Blanks out statuses that are only discussed, as in tutorials, and example responses. Every other character
 * keeps its position.
 */
export function withoutHypotheticals(text: string): string {
  return HYPOTHETICAL.reduce(
    (rest, pattern) => rest.replace(pattern, (words) => words.replace(WITH_PHRASE, blank)),
    text.replace(EXAMPLE, (lines) => lines.replace(/[^\n]/g, " ")),
  );
}

/** Matches words with which a person reports something. A manual does not contain them. */
const FIRST_PERSON = /\b(?:I|I['’]m|we|my|our|me|us|anyone|hi|hello|thanks)\b|\?/i;
/** Minimum number of characters of an impersonal manual. Shorter text can be a question about a single status. */
const SHORTEST_MANUAL = 250;

/**
 * Whether the text discusses statuses only hypothetically, as a manual does. A manual names two or more different
 * statuses hypothetically, or is long and impersonal. A single status in other text can be part of a question.
 */
export function isManual(text: string, told: string): boolean {
  const blanked = Array.from(text.matchAll(WITH_PHRASE)).filter(
    ({ index, 0: words }) => told.slice(index, index + words.length).trim() === "",
  );
  const isImpersonal = text.length >= SHORTEST_MANUAL && !FIRST_PERSON.test(text);
  return (
    new Set(blanked.map(([words]) => words.slice(0, 3))).size > 1 || (blanked.length > 0 && isImpersonal)
  );
}

function blank(words: string): string {
  return " ".repeat(words.length);
}
