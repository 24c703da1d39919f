import { Composer, type CST, type Document, Lexer, LineCounter, Parser } from "yaml";
import { type FoldedText, foldLists } from "./folded-lists.ts";
import type { Position, Problem } from "./position.ts";
import { buildValues } from "./yaml-nodes.ts";
import { describeSyntaxError } from "./yaml-syntax-error.ts";
import type { YamlScalar, YamlValue } from "./yaml-value.ts";

/** What became of a text: without a root there is nothing to go on with. */
export interface YamlTree {
  readonly root: YamlValue | null;
  readonly problems: readonly Problem[];
}

const START: Position = { line: 1, column: 1 };
/** Three thousand operations with notes take a third of it. */
const LARGEST = 1024 * 1024;
/** Far more than a policy has; far less than what the composer, which calls itself for each level, can take. */
const DEEPEST = 100;

/**
 * Reads one YAML 1.2 document. Whatever is wrong with it is among the problems: nothing is thrown, and where
 * the document can be understood in spite of them, its root is there as well.
 */
export function readYaml(text: string): YamlTree {
  if (text.length > LARGEST) return broken([{ ...START, message: "the file is larger than 1 MiB" }]);
  const folded = foldLists(text);
  const remaining = new Map(folded.hidden);
  const tree = readDocument(folded.text, remaining, folded.lineNumbers);
  // Whatever is wrong is told about the text itself, and what looked like a list may be a line of a longer text.
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
    const message = `more than ${DEEPEST} lists inside of each other`;
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
    const message = "a second document starts here: one file holds one policy, without `---` in between";
    return broken([...problems, { ...at(second.range[0]), message }]);
  }
  if (document !== undefined && document.errors.length > 0) return broken(problems);
  if (document === undefined || document.contents === null)
    return broken([...problems, { ...START, message: "the file is empty" }]);
  const root = buildValues(document.contents, at, problems, hidden);
  return { root, problems };
}

/** The documents of a text; null when its lists stand inside of each other too deeply to be put together. */
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
    // One at a time: most lexemes complete no token, and an array for each of them is most of the work.
    for (const token of parser.next(lexeme)) tokens.push(token);
  }
  for (const token of parser.end()) tokens.push(token);
  // Keys are compared where the values are built, with the line of the first; the composer's way is quadratic.
  const composer = new Composer({ prettyErrors: false, uniqueKeys: false });
  return [...composer.compose(tokens)];
}

function broken(problems: readonly Problem[]): YamlTree {
  return { root: null, problems };
}
