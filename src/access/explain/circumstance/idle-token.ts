import { reports } from "../assertion/asserted.ts";
import { SOURCES } from "../claims/source.ts";
import type { Circumstance, CircumstanceFacts } from "./circumstance.ts";

/** Matches a name for the inactivity timeout, as people or the API write it. */
const NAMED =
  /\b(?:idle|inactivity)[-_ ]?(?:token[-_ ]?)?time-?out\b|\bdateTokenIdles\b|\bidleTokenTimeout\w*\b|\bauto(?:matic)?[- ]log(?:off|out)\b/i;
const PAUSE =
  /\b(?:after|when|if|whenever|once)\b[^.\n]{0,60}\b(?:idle|inactiv\w{2,6}|quiet|no (?:traffic|calls?|requests?|activity)|pause|not (?:been )?used|unused|lunch|breaks?|walk away|away from)\b|\b(?:minutes?|hours?|mins?|while|time) (?:without|of (?:no|not)) (?:any )?(?:clicks?|clicking|activity|traffic|calls?|requests?|use|using|doing)\b|\b(?:first (?:call|request) (?:of the day|in the morning|after (?:a|an|the|lunch|some|being)\b(?! (?:deploy\w*|restart|release|login)\b))|every morning|over ?night|over the weekend|after (?:a |the )?weekend)\b|\b(?:agents?|users?|people|person|I|we|he|she|they) (?:(?:does|do|did|are doing|is doing) nothing|(?:does|do|did)(?: not|n['’]t) do anything)\b/i;
/**
 * Matches a statement that the token has not expired, or a pause that is shorter than most lifetimes. Without such
 * evidence, the token could simply have expired during the pause.
 */
const NOT_EXPIRED =
  /\b(?:expires?_?in|86,?400|\d{1,2} ?h(?:ours?|rs?)?|lifetime|valid (?:for|until)|not (?:yet )?expired|(?:before|long before|without) (?:it )?expir\w{1,4}|should (?:still )?(?:be valid|live|last)|(?:1?\d|20|30|45|fifteen|twenty|thirty|half an) ?(?:min(?:ute)?s?|hour))\b/i;

/** Matches a time after which a token stopped working: `after about 30 minutes`. */
const AFTER =
  /\b(?:after|within|in) (?:about |around |roughly |only |just |some |~ ?|approximately )?(\d{1,3}|an?|one|two|half an|twenty|thirty) ?(min(?:ute)?s?|hours?|h)\b/i;
/** Matches a lifetime that the text contrasts with that time: `although expires_in is 86399`. */
const LIFETIME =
  /\b(?:although|though|despite|but|yet|whereas|while|even|even though|in spite of|should|says|said|claims|supposed)\b[^.\n]{0,80}\b(?:expires?_?in\b["']?(?:[ :=]{1,4}(?:is|was|says?|said|of)?)? ?(\d{3,6})?|lifetime|valid for|86,?(?:400|399)|24 ?h(?:ours?)?|(?:not|n['’]t) (?:yet )?expired)|\bexpires?_?in\b[^.\n\d]{0,20}(\d{3,6})?[^.\n]{0,40}\b(?:but|yet|however|still)\b/i;
const MINUTES: Readonly<Record<string, number>> = { "half an": 0.5, two: 2, twenty: 20, thirty: 30 };

/** Whether the text reports that a token stopped working long before it was due to expire. */
function endsEarly(words: string): boolean {
  const [, amount = "", unit = ""] = AFTER.exec(words) ?? [];
  const [lifetime, after, before] = LIFETIME.exec(words) ?? [];
  if (lifetime === undefined || unit === "") return false;
  const count = Number(amount) || (MINUTES[amount.toLowerCase()] ?? 1);
  const lasted = count * (unit.toLowerCase().startsWith("h") ? 3_600 : 60);
  return lasted < Number(after ?? before ?? DEFAULT_LIFETIME) * 0.9;
}

/** Lifetime in seconds of a token whose OAuth client does not set another one. */
const DEFAULT_LIFETIME = 86_400;

/**
 * Recognizes a token that stopped working before it expired, probably because of the organization's inactivity timeout.
 * The paste cannot show the setting itself.
 */
export function findIdleToken({ layer, code, status, words }: CircumstanceFacts): Circumstance | null {
  if (layer !== "token" || status !== 401 || code === "authentication.required") return null;
  const isOfPause = reports(NAMED, words) || (reports(PAUSE, words) && reports(NOT_EXPIRED, words));
  if (!isOfPause && !endsEarly(words)) return null;
  return {
    layer: "token",
    meaning: isOfPause
      ? "the token is not accepted; if the organization has an inactivity timeout, a token that is idle for that long stops working before it expires, and the text mentions such pauses"
      : "the token is not accepted although it has not expired: it was revoked, its OAuth client was disabled, or it was idle for longer than the organization's inactivity timeout",
    claims: [
      {
        text: "a token lasts until it expires",
        verdict: "misleading",
        truth:
          "the organization's inactivity timeout (5 to 480 minutes) ends idle tokens sooner, including those of OAuth clients",
        source: SOURCES.help,
      },
    ],
    remedies: [
      {
        kind: "check-live",
        summary:
          "read the setting: `enableIdleTokenTimeout` and `idleTokenTimeoutSeconds`; `dateTokenIdles` of `GET /api/v2/tokens/me?preserveIdleTTL=true` shows when this token becomes idle",
        command: "genscope query GET /api/v2/tokens/timeout",
      },
      {
        kind: "log-in-again",
        summary: "request a new token when a call gets 401, and repeat the call once with it",
      },
      {
        kind: "none",
        summary: "or have an administrator raise the timeout",
        menuPath: "Admin > Account Settings > Organization Settings > Authentication > Inactivity Timeout",
      },
    ],
    isWholeRemedy: false,
  };
}
