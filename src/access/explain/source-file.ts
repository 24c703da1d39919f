import type { Remedy } from "../verdict/verdict.ts";
import { isDeclaration } from "./assertion/declaration.ts";
import { type Finding, NOTHING_REFUSED } from "./finding.ts";

/** Matches parts of a transcript or log, which source files do not contain. */
const RECORD = /^(?:[<>*] |HTTP\/\d|Traceback |\d{4}-\d\d-\d\d[T ]\d\d:|\[\d{4}-|\s{0,8}at \S{3,200}\()/m;
const FEWEST_LINES = 4;
const FEWEST_DECLARATIONS = 2;
const LONGEST_TEXT = 400_000;

const SCAN: Remedy = {
  kind: "check-live",
  summary: "check the calls in the code with the command that reads source files",
  command: "genscope check-scopes --scan FILE",
};

/**
 * Points out that source code contains no failed call, and names the command that scans it; null for any other
 * text.
 */
export function explainSource(words: string): Finding | null {
  if (!isSourceCode(words)) return null;
  return {
    ...NOTHING_REFUSED,
    layer: "none",
    summary:
      "the text is source code, and no call in it has failed: `explain` reads failures, `check-scopes --scan` reads code",
    claims: [],
    remedies: [SCAN],
  };
}

/** Adds the command that scans source code to findings from text that is a source file. */
export function withScan(findings: readonly Finding[], words: string): readonly Finding[] {
  const last = findings.at(-1);
  if (last === undefined || !isSourceCode(words)) return findings;
  if (last.remedies.some(({ command }) => command === SCAN.command)) return findings;
  return [...findings.slice(0, -1), { ...last, remedies: [...last.remedies, SCAN] }];
}

/** Whether the text is a source file, and not a log or a response that quotes code. */
function isSourceCode(text: string): boolean {
  const code = text.slice(0, LONGEST_TEXT);
  if (RECORD.test(code)) return false;
  const lines = code.split("\n").filter((line) => line.trim() !== "");
  if (lines.length < FEWEST_LINES) return false;
  return lines[0]?.startsWith("#!/") === true || lines.filter(isDeclaration).length >= FEWEST_DECLARATIONS;
}
