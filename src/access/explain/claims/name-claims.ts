import type { NameClass } from "../../../catalogue/lookup/permission-name.ts";
import { closestOf } from "../../verdict/wording.ts";
import { findMentioned } from "../assertion/asserted.ts";
import type { ExplainKnowledge } from "../knowledge.ts";
import type { LayeredClaim } from "./misconception-claims.ts";
import { beforeName, type Called, calledWhat, REACH } from "./names/called-what.ts";
import { isListedWith, isMadeUp, type NamePlace } from "./names/listed-names.ts";
import { isNearShort, isNearWhole } from "./names/near-permission.ts";
import { SOURCES } from "./source.ts";

const NAME =
  /(?<![\w:./@-])(?!arn:|s3:|lambda:|sts:|iam:|events:|kms:|urn:)([a-z][\w-]{1,40}(?::[a-z*][\w-]{1,60}){1,3})(?![\w:/@]|\s?(?:…|\.{3}))/gi;
/** Matches a mention of something that holds permissions, such as a role. Tokens and apps have scopes instead. */
const HOLDS_PERMISSIONS =
  /(?<![\w:])(?:role|user|agent|group)s?(?![\w:])(?:(?!\b(?:token|client|integration|app|application|credential)s?\b)[^.\n]){0,100}$/i;
/** Words before a name that say who holds or needs it: `the token has analytics:view`. */
const HOLDER =
  /\b(?:token|client|integration|app|application|credential|role|user|account|service|agent)s?\b[^.\n]{0,40}\b(?:has|have|having|holds?|carr(?:y|ies)|with|includes?|contains?|got|granted)\b[^.\n]{0,60}$|\bit (?:also )?(?:has|holds|carries|includes)\b[^.\n]{0,60}$|\b(?:needs?|requires?|request(?:s|ed|ing)?|missing|lacks?|look(?:ing)? for|grant(?:ed)?|assign(?:ed)?)\b[^.\n]{0,60}$/i;
/** Words after a name that is suggested as the fix: `analytics:all would do it`. */
const OFFERED =
  /^["'`*]{0,3}\s{1,3}(?:(?:is|are|was) (?:probably |maybe |perhaps |still )?missing\b|(?:would|will|should|must|has to|needs to)\b[^.\n]{0,20}\b(?:do|fix|help|lift|allow|suffice|solve|present|there|granted|added|assigned|enough|sufficient)\b|(?:is|are) (?:enough|sufficient)\b)/i;
/** Matches the last part of names that people often make up. */
const ACCESS_VERB =
  /^(?:access|admin|all|create|delete|edit|execute|full|list|manage|query|read|readwrite|update|view|write)$/i;
/** Maximum number of names to check, because each unknown name is compared with all permissions. */
const MOST_NAMES = 50;

/**
 * Checks the names that the text uses as scopes or permissions. A permission has three parts, and common
 * two-part names such as `analytics:query` do not exist. Ignores all other names.
 */
export function findNameClaims(
  text: string,
  knowledge: Pick<ExplainKnowledge, "classifyName">,
): readonly LayeredClaim[] {
  const claims = new Map<string, LayeredClaim>();
  const doubtful: NamePlace[] = [];
  const refuted: NamePlace[] = [];
  let count = 0;
  for (const { index, 1: name = "" } of findMentioned(NAME, text)) {
    // The message can call a name a permission while the author calls it a scope. Both claims are checked.
    const known = claims.get(name);
    if (known !== undefined && known.claim.verdict !== "true") continue;
    if (++count > MOST_NAMES || isCutOff(text, index, name)) continue;
    const called = calledWhat(text, index, name);
    if (known !== undefined && called !== "scope") continue;
    // A name with four parts is a permission with its division, or comes from another system, unless the text calls it
    // a scope, permission or role.
    if (called === null && name.split(":").length > 3) continue;
    const claim =
      called === null
        ? isHeld(text, index) || isOffered(text, index + name.length)
          ? judgeHeld(name, HOLDS_PERMISSIONS.test(beforeName(text, index)), knowledge)
          : judgeMentioned(name, isQuoted(name, text, index), knowledge)
        : JUDGES[called](name, knowledge);
    if (claim !== null) {
      claims.set(name, claim);
      if (claim.claim.verdict === "false") refuted.push({ name, index });
    } else if (called === null && isMadeUp(name) && isHeld(text, index)) {
      doubtful.push({ name, index });
    }
  }
  for (const place of doubtful) {
    if (!refuted.some((other) => isListedWith(place, other, text))) continue;
    const claim = judgeScope(place.name, knowledge);
    if (claim !== null) claims.set(place.name, claim);
  }
  return [...claims.values()];
}

/** Whether a name is at the end of a line inside an unclosed list and may therefore be truncated. */
function isCutOff(text: string, index: number, name: string): boolean {
  const isAtEnd = /^\s{0,3}(?:\n|$)/.test(text.slice(index + name.length, index + name.length + 4));
  return isAtEnd && /\(s\): ?\[[^\]\n]*$/.test(beforeName(text, index));
}

function isHeld(text: string, index: number): boolean {
  return HOLDER.test(beforeName(text, index));
}

function isOffered(text: string, end: number): boolean {
  return OFFERED.test(text.slice(end, end + REACH));
}

/**
 * Checks a name that a token or role holds according to the text. Ignores a two-part name unless one of its
 * parts is a domain of the platform.
 */
function judgeHeld(
  name: string,
  isByRole: boolean,
  knowledge: Pick<ExplainKnowledge, "classifyName">,
): LayeredClaim | null {
  const match = knowledge.classifyName(name);
  if (match.kind !== "invented") return null;
  if (isByRole || name.split(":").length > 2) return judgePermission(name, knowledge);
  return isOfPlatform(name, match) ? judgeScope(name, knowledge) : null;
}

/** Whether one part of an unknown name is a domain of the platform's scopes or permissions. */
function isOfPlatform(
  name: string,
  { closestScopes, closestPermissions }: NameClass & { readonly kind: "invented" },
): boolean {
  const parts = name.split(":");
  return [...closestScopes, ...closestPermissions].some((closest) =>
    parts.includes(closest.split(":", 1)[0] ?? ""),
  );
}

function isQuoted(name: string, text: string, index: number): boolean {
  return text.charAt(index - 1) === "`" && text.charAt(index + name.length) === "`";
}

/**
 * Checks a name that the text only mentions. Treats a three-part name in a known domain as a permission if it is
 * quoted as code or ends with a verb. Flags a two-part name only if people are known to make it up.
 */
function judgeMentioned(
  name: string,
  isCode: boolean,
  knowledge: Pick<ExplainKnowledge, "classifyName">,
): LayeredClaim | null {
  const match = knowledge.classifyName(name);
  const [domain = "", ...others] = name.split(":");
  if (others.length === 1) {
    return match.kind === "invented" && match.isCertain ? judgeScope(name, knowledge) : null;
  }
  if (match.kind !== "invented") return isCode ? judgePermission(name, knowledge) : null;
  const isOfDomain = match.closestPermissions.some((closest) => closest.startsWith(`${domain}:`));
  return isOfDomain && (isCode || ACCESS_VERB.test(others.at(-1) ?? ""))
    ? judgePermission(name, knowledge)
    : null;
}

/** The check for a name, depending on whether the text calls it a scope, a permission or a role. */
const JUDGES: Readonly<
  Record<Called, (name: string, knowledge: Pick<ExplainKnowledge, "classifyName">) => LayeredClaim | null>
> = { scope: judgeScope, permission: judgePermission, role: judgeRole };

/** Flags a scope or permission that the text calls a role. Any other name can be the name of a role. */
function judgeRole(
  name: string,
  { classifyName }: Pick<ExplainKnowledge, "classifyName">,
): LayeredClaim | null {
  const { kind } = classifyName(name);
  if (kind === "invented") return null;
  return {
    claim: {
      text: `\`${name}\` is a role`,
      verdict: "misleading",
      truth:
        kind === "scope"
          ? "it is the name of an OAuth scope, which an OAuth client has, not the name of a role on the platform"
          : "it is the name of a permission, which a role holds, not the name of a role on the platform",
      source: SOURCES.definition,
    },
    layer: kind,
  };
}

function judgeScope(
  name: string,
  { classifyName }: Pick<ExplainKnowledge, "classifyName">,
): LayeredClaim | null {
  const match = classifyName(name);
  if (match.kind === "scope") return null;
  const isPermission = match.kind === "permission";
  return {
    claim: {
      text: `\`${name}\` is a scope`,
      verdict: "false",
      truth: isPermission
        ? "a name with three parts is a permission; roles grant permissions, scopes do not"
        : truthOf(name, match),
      source: SOURCES.definition,
    },
    layer: isPermission || name.split(":").length > 2 ? "permission" : "scope",
  };
}

function judgePermission(
  name: string,
  { classifyName }: Pick<ExplainKnowledge, "classifyName">,
): LayeredClaim | null {
  const match = classifyName(name);
  const text = `\`${name}\` is a permission`;
  if (match.kind === "permission") {
    return { claim: { text, verdict: "true", truth: null, source: SOURCES.definition }, layer: "permission" };
  }
  if (match.kind === "scope") {
    return {
      claim: {
        text,
        verdict: "false",
        truth: `it is an OAuth scope; permissions have the form \`domain:entity:action\``,
        source: SOURCES.definition,
      },
      layer: "scope",
    };
  }
  const isShort = name.split(":").length < 3 && !match.isCertain;
  if (isShort && !isOfPlatform(name, match)) return null;
  return {
    claim: {
      text,
      verdict: match.isCertain || isShort ? "false" : "unknown",
      truth: isShort ? truthOfShort(name, match) : truthOf(name, match),
      source: SOURCES.definition,
    },
    layer: "permission",
  };
}

/** Returns the correction for a two-part name: permissions have three parts. */
function truthOfShort(
  name: string,
  { closestPermissions }: NameClass & { readonly kind: "invented" },
): string {
  return `a permission has three parts, \`domain:entity:action\`${closestOf("", closestPermissions.filter(isNearShort(name)).slice(0, 1))}`;
}

/** Returns the correction, and adds the closest names unless the correction already suggests one. */
function truthOf(
  name: string,
  { correction, closestPermissions, closestScopes }: NameClass & { readonly kind: "invented" },
): string {
  const [area = "", ...others] = name.toLowerCase().split(":");
  const isTelling = (correction.match(/`[^`]+`/g)?.length ?? 0) > 1;
  if (isTelling) return correction;
  // A three-part name was meant as a permission, so a scope is suggested only if it has the same domain.
  const isShort = others.length < 2;
  const scopes = closestScopes.filter((scope) => isShort || scope.split(":", 1)[0] === area).slice(0, 2);
  const permissions = closestPermissions
    .filter(isShort ? isNearShort(name) : isNearWhole(name))
    .slice(0, isShort ? 1 : 2);
  if (isShort) return `${correction}${closestOf("", [...permissions, ...scopes])}`;
  return `${correction}${closestOf(" permissions", permissions)}${closestOf(" scopes", scopes)}`;
}
