import type { NameClass } from "../../../catalogue/permission-name.ts";
import { anyOf } from "../../verdict/wording.ts";
import type { ExplainKnowledge } from "../knowledge.ts";
import type { LayeredClaim } from "./misconception-claims.ts";
import { SOURCES } from "./source.ts";

const NAME = /(?<![\w:./@-])([a-z][\w-]{1,40}(?::[a-z*][\w-]{1,60}){1,2})(?![\w:/@])/gi;
/** How far around a name the word "scope" still speaks of it. */
const REACH = 120;
/** Near misses of an unknown name are searched among all permissions; a text names a few, a log dump hundreds. */
const MOST_NAMES = 50;

/**
 * Names that a text calls scopes and that are none: three parts are a permission, and circulating two-part names
 * (`analytics:query`) were never anything. Names that a text calls neither scope nor permission are left alone.
 */
export function findNameClaims(
  text: string,
  knowledge: Pick<ExplainKnowledge, "classifyName">,
): readonly LayeredClaim[] {
  const claims = new Map<string, LayeredClaim>();
  let count = 0;
  for (const { index, 1: name = "" } of text.matchAll(NAME)) {
    if (claims.has(name) || ++count > MOST_NAMES) continue;
    const called = calledWhat(text, index, name);
    const claim =
      called === "scope"
        ? judgeScope(name, knowledge)
        : called === "permission"
          ? judgePermission(name, knowledge)
          : null;
    if (claim !== null) claims.set(name, claim);
  }
  return [...claims.values()];
}

/** The nearer of "scope" and "permission" before the name in the same sentence, or the word right behind it. */
function calledWhat(text: string, index: number, name: string): "scope" | "permission" | null {
  const before =
    text
      .slice(Math.max(0, index - REACH), index)
      .toLowerCase()
      .split(/[.;!?]\s|\n\n/)
      .at(-1) ?? "";
  const scope = before.lastIndexOf("scope");
  const permission = before.lastIndexOf("permission");
  if (scope !== -1 || permission !== -1) return scope > permission ? "scope" : "permission";
  const [, behind] =
    /^["'`*]{0,3}\s(?:OAuth )?(scope|permission)/i.exec(
      text.slice(index + name.length, index + name.length + 24),
    ) ?? [];
  return behind === undefined ? null : behind.toLowerCase() === "scope" ? "scope" : "permission";
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
        ? "three parts are a permission: roles grant it, an OAuth client's scopes do not"
        : truthOf(match),
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
  if (match.kind === "permission")
    return { claim: { text, verdict: "true", truth: null, source: SOURCES.definition }, layer: "permission" };
  if (match.kind === "scope") {
    return {
      claim: {
        text,
        verdict: "false",
        truth: `it is an OAuth scope: permissions look like \`domain:entity:action\``,
        source: SOURCES.definition,
      },
      layer: "scope",
    };
  }
  return {
    claim: { text, verdict: "unknown", truth: truthOf(match), source: SOURCES.definition },
    layer: "permission",
  };
}

/** A correction that already names what is meant needs no near misses. */
function truthOf({
  correction,
  closestPermissions,
  closestScopes,
}: NameClass & { readonly kind: "invented" }): string {
  const closest = [...closestPermissions.slice(0, 2), ...closestScopes.slice(0, 2)];
  const isTelling = (correction.match(/`[^`]+`/g)?.length ?? 0) > 1;
  return isTelling || closest.length === 0 ? correction : `${correction}; close to it: ${anyOf(closest)}`;
}
