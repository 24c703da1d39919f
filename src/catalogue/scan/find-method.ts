import { methodOfCall } from "./call-method.ts";
import { methodBefore, methodOfCommand } from "./command-method.ts";
import { methodOfMapping, methodsOfDescription } from "./document-method.ts";
import type { MethodEvidence } from "./method-evidence.ts";
import type { PathSite } from "./path-site.ts";
import type { SourceText } from "./source-text.ts";
import { methodOfUses } from "./variable-method.ts";

/** What the code says of the method a path is called with, nearest evidence first; null when it says nothing. */
export function findMethod(source: SourceText, site: PathSite): MethodEvidence | null {
  const described = methodsOfDescription(source, site.pathEnd);
  if (described !== null) return described;
  const before = methodBefore(site.before);
  if (before !== null) return before;
  const { mode } = source.language;
  if (site.isComment || mode === "prose") return onLine(source, site.offset);
  if (mode === "lines") {
    return (
      methodOfMapping(source.text, site.offset) ??
      onLine(source, site.offset) ??
      methodOfUses(source, site.start, site.end)
    );
  }
  return (
    methodOfCall(source, site.start, site.end) ??
    (/\b(?:curl|wget)\s/.test(site.before) ? methodOfCommand(site.whole, site.before.length) : null) ??
    onLine(source, site.offset) ??
    methodOfUses(source, site.start, site.end)
  );
}

function onLine(source: SourceText, offset: number): MethodEvidence | null {
  const { start, end } = source.commandAt(offset);
  return methodOfCommand(source.text.slice(start, end), offset - start);
}
