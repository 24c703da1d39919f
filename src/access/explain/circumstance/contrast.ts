import type { Operation } from "../../../catalogue/facts/operation.ts";
import { nameOf } from "../../../catalogue/lookup/operation-lookup.ts";
import type { Remedy } from "../../verdict/verdict.ts";
import { findReported } from "../assertion/asserted.ts";
import { SOURCES } from "../claims/source.ts";
import type { Claim } from "../finding.ts";

/** The explanation of a report that a call works in one tool or environment but is refused in another. */
interface Contrast {
  readonly claim: Claim;
  readonly remedies: readonly Remedy[];
}

const TOOL =
  "Postman|Insomnia|Bruno|Swagger(?: UI)?|curl|API[- ]Explorer|developer (?:center|tools|console)|Dev(?:eloper)? ?Center|browser|(?:Power BI |Tableau )?Desktop|localhost|local(?:ly)?|my (?:own )?(?:machine|laptop|account|user|token)|as (?:an? )?admin\\w{0,12}|admin UI";
const ENVIRONMENT =
  "dev|development|test (?:org|environment|tenant|system)|test|testing|sandbox|staging|stage|QA|UAT|preprod|pre-prod|prod|production|live (?:org|environment|system|tenant)";
const PROGRAM =
  "(?:our|my|the|a|his|her|their) (?:[\\w.#+-]{1,20} ){0,2}(?:code|app|application|service|lambda|function|job|script|program|integration|backend|server|pipeline|connector|middleware|bot|flow|client|container|pod|worker)|(?:in|from) the (?:Power BI )?service|scheduled refresh|Power BI Service|Lambda|CI|deployed|programmatically|from (?:Java|Python|Node|\\.NET|C#|Go|PHP)";
const WORKS =
  "(?:returns?|shows?|lists?|gets?) (?:the |all |my |our )?(?!(?:an?|error|errors|forbidden|unauthorized|nothing|status|http|the|same|[a-z]{1,16}ed|stuck|lost|cut|broken)\\b)[a-z]{3,20}|works?|working|worked|succeeds?|succeeded|fine|okay|ok|200|returns? (?:the )?(?:data|results?|everything|rows)|no (?:problem|issue|error)s?|success(?:ful|fully)?|passes|passed|goes through|funktioniert|funciona|fonctionne";
const FIRST = `${TOOL}|${ENVIRONMENT}`;
/**
 * Matches the tool or environment in which the call succeeds, before or after the verb: `works in Postman`,
 * `Postman works`. Does not match a negated verb (`does not work`), which reports a failure.
 */
const SUCCESS = new RegExp(
  `(?<!(?:n[o'’]t|never|no longer) )\\b(?:${WORKS})\\b[^.\\n;!?]{0,50}?\\b(${FIRST})\\b|\\b(${FIRST})\\b(?:(?!\\b(?:but|while|n[o'’]t|never|fails?)\\b|n[o'’]t\\b)[^.\\n;!?]){0,50}?(?<!(?:n[o'’]t|never|no longer) )\\b(?:${WORKS})\\b`,
  "i",
);
const PLACE = new RegExp(`\\b(?:${FIRST}|${PROGRAM})\\b`, "gi");
const IS_ENVIRONMENT = new RegExp(`^(?:${ENVIRONMENT})$`, "i");
const URL = /https?:\/\/\S{1,400}|\/api\/v2\/\S{1,400}/g;
/** Statuses of refusals that the token can cause. */
const OF_TOKEN: ReadonlySet<number> = new Set([401, 403]);

/**
 * Suggests what to compare when the text reports that a call works in one tool or environment but is refused in
 * another. Null for any other text.
 */
export function findContrast(
  story: string,
  status: number | null,
  operation: Operation | null,
): Contrast | null {
  // A data action sends the credentials of its integration both in a test and in a flow, so there is nothing to
  // compare.
  if (status === null || !OF_TOKEN.has(status) || /\bdata action/i.test(story)) return null;
  const words = story.replace(URL, "");
  const [, behind, before] = findReported(SUCCESS, words) ?? [];
  const good = behind ?? before;
  if (good === undefined) return null;
  const others = Array.from(words.matchAll(PLACE), ([place]) => place).filter(
    (place) => !isSame(place, good),
  );
  if (others.length === 0) return null;
  const areEnvironments = IS_ENVIRONMENT.test(good) && others.some((place) => IS_ENVIRONMENT.test(place));
  return {
    claim: {
      text: "both calls are made with the same access",
      verdict: "unknown",
      truth: areEnvironments
        ? "two environments usually mean two organizations, each with its own OAuth clients, roles and divisions, and a role in one has no effect in the other"
        : "access depends on the token, not on the program that sends it: a tool often sends your own token, while a service sends its OAuth client's token, with other roles, divisions and scopes",
      source: SOURCES.clientModel,
    },
    remedies: [
      {
        kind: "check-live",
        summary: "log in with each client under a separate profile, and list what differs",
        command: `genscope check-scopes ${operation === null ? "OPERATION" : `"${nameOf(operation)}"`} --diff OTHER_PROFILE`,
      },
      ...(areEnvironments ? [] : [SWAP_TOKENS]),
    ],
  };
}

const SWAP_TOKENS: Remedy = {
  kind: "none",
  summary:
    "send the working token from the failing program: if the call succeeds, only the tokens differ; if not, compare the method, host, path and body of the two calls",
};

function isSame(one: string, other: string): boolean {
  const [first, second] = [one.toLowerCase(), other.toLowerCase()];
  return first.startsWith(second.slice(0, 3)) || second.startsWith(first.slice(0, 3));
}
