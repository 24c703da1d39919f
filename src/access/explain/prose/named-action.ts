/** An action that a sentence describes. For example, `list users` means GET on `users`. */
export interface NamedAction {
  /** Null when the sentence contains only the object, without a verb. */
  readonly method: "GET" | "POST" | "PATCH" | "DELETE" | null;
  /** The words of the object, as written. */
  readonly object: string;
}

type Method = NonNullable<NamedAction["method"]>;

const VERBS: readonly (readonly [Method, string])[] = [
  [
    "GET",
    "list|read|get|gett|view|see|fetch|show|load|search|query|queri|export|download|pull|pulls|retriev|want|need|access(?! tokens?\\b)",
  ],
  ["POST", "creat|add|submitt?|start|post"],
  ["PATCH", "updat|chang|edit|modif|renam|assign|mov|patch"],
  ["DELETE", "delet|remov"],
];
const VERB = new RegExp(
  `\\b(?:${VERBS.map(([, stems]) => `(${stems})`).join("|")})(?:e|y|es|ies|ing|ying|s|d|ed|ied)?\\b`,
  "gi",
);
/** Words that introduce the object of a refusal without a verb: `denied access to recordings`. */
const OBJECT = /\b(?:access to|on|for|of|about)\s/gi;
/** Matches the place of a call rather than its object: `of our test organization`. */
const OWNER =
  /^(?:(?:a|an|my|one|our|the|this|your) )?(?:\w{2,12} )?(?:org(?:anization)?|tenant|environment)s?\b/i;
/** Marks the end of an object: the start of a new clause, or words about the refusal itself. */
const END =
  /[.,;!?"“”]|\bworks?(?=[.,;!?]|$)|\b(?:and|but|or|when|while|since|because|although|if|we|it|i|they|from|with|via|using|by|in|at|is|was|gets?|got|are|were|answers?|returns?|says|fails?|always|sometimes|forbidden|denied|refused|unauthori[sz]ed|error|errors|status|access|for|per|of (?:my|our|all|their|his|her|an?))\b|\d/i;
const LONGEST_OBJECT = 60;

/**
 * Returns the actions that a sentence describes: objects of verbs first, then other objects, each in text order.
 * The caller decides whether the platform has such an object.
 */
export function readActions(prose: string): readonly NamedAction[] {
  const ofVerbs = Array.from(prose.matchAll(VERB), (match): NamedAction => {
    const method = VERBS[match.slice(1).findIndex((group) => group !== undefined)]?.[0] ?? null;
    return { method, object: objectAfter(prose, match) };
  });
  const others = Array.from(
    prose.matchAll(OBJECT),
    (match): NamedAction => ({ method: null, object: objectAfter(prose, match) }),
  );
  return [...ofVerbs, ...others, ...readRefusedObjects(prose)].filter(
    ({ method, object }) => object !== "" && !(method === null && OWNER.test(object)),
  );
}

/** Matches an object that the text describes as the target of a call, such as `the queues endpoint`. */
const NAMED_OBJECT =
  /\b(?:[Tt]he|[Oo]ur|[Yy]our|[Tt]his|[Tt]hat) ((?:[a-z][\w-]{1,30} ){1,4})(?:endpoint|API|resource|route|call|request)s?\b/g;
/** Matches words that occur in sentences but not in names of objects: `the audit logs show the request`. */
const SENTENCE =
  /\b(?:the|an?|this|that|these|our|my|your|its|is|are|was|were|has|have|had|do|does|did|can|will|should|shows?|says?|sees?|hits?|gets?|gives?|returns?|fails?|works?|makes?|sends?|sent|made|when|if|that|which|to|and|or|but|not|how|why|what)\b/;
/** Matches words that do not identify a single object: areas with many operations, products and adjectives. */
const NO_OBJECT =
  /^(?:(?:analytics|routing|outbound|quality|recording|telephony|architect|authorization|conversations?|notifications?|platform|public|rest|http|web|genesys|purecloud|cloud|new|same|other|whole|first|second|next|last|only|actual|following|async|oauth|token|login|api|get|post|put|patch|delete) ?)+$/i;
const LONGEST_TEXT = 2_000;
const MOST_OBJECTS = 5;

/** Matches the error of a listing in Terraform: `Failed to get page of process automation triggers: API Error`. */
const LISTED =
  /\bfailed to (?:get|read|list|retrieve|query|fetch) (?:an? |the )?(?:pages? of |lists? of |all )((?:[a-z][\w-]{1,30} ){0,4}[a-z][\w-]{1,30}?)(?: error)?:\s/gi;

/** Returns the objects that the text describes as endpoints; empty for a long text. */
export function readNamedObjects(text: string): readonly NamedAction[] {
  if (text.length > LONGEST_TEXT) return [];
  const listed = Array.from(
    text.matchAll(LISTED),
    ([, object = ""]): NamedAction => ({ method: "GET", object }),
  );
  return [...listed, ...readEndpoints(text), ...readRefusedObjects(text)].slice(0, MOST_OBJECTS);
}

/** Matches the subject of a sentence about refused requests: `GDPR requests end with 403`. */
const REFUSED_OBJECT =
  /(?:^|[.!?\n]\s{0,3})(?:(?:The|Our|All|Any|My) )?((?:[A-Za-z][a-zA-Z-]{1,30} ){1,3})(?:requests|calls|queries)\b(?! to\b)[^.!?\n]{0,60}\b(?:end|ended|fail|failed|return|returned|answer|get|got|give)\b[^.!?\n]{0,30}\b(?:403|[Ff]orbidden)\b/g;

/** Returns the objects that are subjects of sentences about refused requests. */
function readRefusedObjects(text: string): readonly NamedAction[] {
  return Array.from(text.matchAll(REFUSED_OBJECT), ([, object = ""]) => object.trim())
    .filter((object) => !NO_OBJECT.test(object) && !SENTENCE.test(object))
    .map((object) => ({ method: null, object }));
}

function readEndpoints(text: string): readonly NamedAction[] {
  return Array.from(text.matchAll(NAMED_OBJECT), ([, object = ""]) => object.trim())
    .filter((object) => !NO_OBJECT.test(object) && !SENTENCE.test(object))
    .map((object) => ({ method: null, object }));
}

function objectAfter(prose: string, { 0: matched, index = 0 }: RegExpMatchArray): string {
  const start = index + matched.length;
  const rest = prose.slice(start, start + LONGEST_OBJECT).trimStart();
  const end = rest.search(END);
  return (end === -1 ? rest : rest.slice(0, end)).trim();
}
