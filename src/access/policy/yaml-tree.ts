import { Composer, type CST, type Document, Lexer, LineCounter, Parser } from "yaml";
import { type FoldedText, foldLists } from "./folded-lists.ts";
import type { Position, Problem } from "./position.ts";
import { buildValues } from "./yaml-nodes.ts";
import { describeSyntaxError } from "./yaml-syntax-error.ts";
import type { YamlScalar, YamlValue } from "./yaml-value.ts";

/** The parsed document and its problems. The root is null when the document cannot be read at all. */
export interface YamlTree {
  readonly root: YamlValue | null;
  readonly problems: readonly Problem[];
}

const START: Position = { line: 1, column: 1 };
/** Maximum number of characters. A file with three thousand operations and notes is a third of that size. */
const LARGEST = 1024 * 1024;
/**
 * Maximum nesting depth. A policy needs far fewer levels, and far more would overflow the stack of the recursive
 * composer.
 */
const DEEPEST = 100;

/**
 * Parses one YAML 1.2 document. Never throws: `problems` contains every error. The root is present if the
 * document can be read despite its problems.
 */
export function readYaml(text: string): YamlTree {
  if (text.length > LARGEST) return broken([{ ...START, message: "the file is larger than 1 MiB" }]);
  const folded = foldLists(text);
  const remaining = new Map(folded.hidden);
  const tree = readDocument(folded.text, remaining, folded.lineNumbers);
  // Problems are reported for the original text, because folding may have removed lines of a longer string.
  return tree.problems.length === 0 && remaining.size === 0 ? tree : readDocument(text, new Map(), []);
}

function readDocument(
  text: string,
  hidden: Map<number, readonly YamlScalar[]>,
  lineNumbers: FoldedText["lineNumbers"],
): YamlTree {
  const lines = new LineCounter();
  const at = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line: lineNumbers[line - 1] ?? line, column: col };
  };
  const documents = parse(text, lines);
  if (documents === null) {
    const message = `more than ${DEEPEST} nested lists`;
    return broken([{ ...at(lines.lineStarts.at(-1) ?? 0), message }]);
  }
  const [document, second] = documents;
  const problems: Problem[] = [...(document?.errors ?? []), ...(document?.warnings ?? [])].map(
    ({ code, message, pos: [offset] }) => ({
      ...at(offset),
      message: describeSyntaxError(code, message, text, offset),
    }),
  );
  if (second !== undefined) {
    const message = "a second document starts here: a policy file contains one document without `---`";
    return broken([...problems, { ...at(second.range[0]), message }]);
  }
  if (document !== undefined && document.errors.length > 0) return broken(problems);
  if (document === undefined || document.contents === null) {
    return broken([...problems, { ...START, message: "the file is empty" }]);
  }
  const root = buildValues(document.contents, at, problems, hidden);
  return { root, problems };
}

/** Parses YAML text into documents; null when they are nested too deeply. */
function parse(text: string, lines: LineCounter): readonly Document.Parsed[] | null {
  const parser = new Parser(lines.addNewLine);
  lines.addNewLine(0);
  const tokens: CST.Token[] = [];
  let brackets = 0;
  let signsOnLine = 0;
  for (const lexeme of new Lexer().lex(text)) {
    if (lexeme === "[" || lexeme === "{") brackets += 1;
    else if (lexeme === "]" || lexeme === "}") brackets -= 1;
    else if (lexeme === "-" || lexeme === "?") signsOnLine += 1;
    else if (lexeme.includes("\n")) signsOnLine = 0;
    if (brackets > DEEPEST || signsOnLine > DEEPEST) return null;
    // Tokens are added one at a time. Most lexemes complete no token, and an array per lexeme would take most of the
    // time.
    for (const token of parser.next(lexeme)) tokens.push(token);
  }
  for (const token of parser.end()) tokens.push(token);
  // `buildValues` finds duplicate keys, because the composer's own check takes quadratic time.
  const composer = new Composer({ prettyErrors: false, uniqueKeys: false });
  return [...composer.compose(tokens)];
}

function broken(problems: readonly Problem[]): YamlTree {
  return { root: null, problems };
}
