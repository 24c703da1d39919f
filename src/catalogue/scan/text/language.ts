/** Syntax of a language that a scan must know: comments, strings, and string concatenation. */
export interface Language {
  /**
   * How to read the language: `code` has strings and comments; `lines` (shell, YAML, HTTP files) is read word by word;
   * `prose` is also read word by word, but a path in it counts only as a mention.
   */
  readonly mode: "code" | "lines" | "prose";
  readonly lineComments: readonly string[];
  readonly blockComments: readonly (readonly [open: string, close: string])[];
  /**
   * Meaning of `'`: it quotes a string, or a single character. In the second case it may also begin a lifetime (Rust)
   * or be an apostrophe.
   */
  readonly singleQuote: "string" | "character";
  readonly tripleQuotes: readonly string[];
  /** Meaning of a backtick. */
  readonly backtick: "template" | "raw" | "none";
  /** Characters that open an expression within a string. The expression may contain the string's own quote. */
  readonly hole: "${" | "#{" | "\\(" | "{" | null;
  /** Operator between two operands of a concatenation. */
  readonly joiner: RegExp;
  /** Operator that appends a string to the name before it. */
  readonly appender: RegExp;
  /** Method that appends its argument to the preceding string or builder; null when there is no usual one. */
  readonly appendingCall: RegExp | null;
  /** Whether a function is called like a command, with spaces between its arguments. */
  readonly hasCommands: boolean;
  readonly joinsAdjacentStrings: boolean;
  readonly hasRegExpLiterals: boolean;
  /** Whether `<<MARKER` begins a string of several lines. */
  readonly hasHeredocs: boolean;
}

const PLUS = /\+(?![+=])/y;
const BUILDER = /\.[aA]ppend\(/y;
const SLASHES: Pick<Language, "lineComments" | "blockComments"> = {
  lineComments: ["//"],
  blockComments: [["/*", "*/"]],
};
const HASH: Pick<Language, "lineComments" | "blockComments"> = { lineComments: ["#"], blockComments: [] };

const CODE: Language = {
  mode: "code",
  ...SLASHES,
  singleQuote: "character",
  tripleQuotes: [],
  backtick: "none",
  hole: null,
  joiner: PLUS,
  appender: /\+=/y,
  appendingCall: null,
  hasCommands: false,
  joinsAdjacentStrings: false,
  hasRegExpLiterals: false,
  hasHeredocs: false,
};
const SCRIPT: Language = {
  ...CODE,
  blockComments: [
    ["/*", "*/"],
    ["<!--", "-->"],
  ],
  singleQuote: "string",
  backtick: "template",
  hasRegExpLiterals: true,
};
const JAVA: Language = { ...CODE, tripleQuotes: ['"""'], appendingCall: BUILDER };
const KOTLIN: Language = { ...JAVA, hole: "${" };
const QUOTED: Language = { ...KOTLIN, singleQuote: "string", tripleQuotes: ['"""', "'''"] };
const PYTHON: Language = {
  ...CODE,
  ...HASH,
  singleQuote: "string",
  tripleQuotes: ['"""', "'''"],
  joinsAdjacentStrings: true,
};
const PHP: Language = {
  ...CODE,
  lineComments: ["//", "#"],
  singleQuote: "string",
  joiner: /\.(?![.=\d])/y,
  appender: /\.=/y,
};
const RUBY: Language = {
  ...PYTHON,
  tripleQuotes: [],
  hole: "#{",
  joiner: /\+(?!=)|<<(?!~)/y,
  appender: /\+=|<<(?!~)/y,
};
const VISUAL_BASIC: Language = { ...CODE, lineComments: ["'"], joiner: /[&+](?!=)/y, appender: /[&+]=/y };
const POWERSHELL: Language = {
  ...CODE,
  lineComments: ["#"],
  blockComments: [["<#", "#>"]],
  singleQuote: "string",
  hasCommands: true,
};
const TERRAFORM: Language = { ...CODE, lineComments: ["#", "//"], hole: "${", hasHeredocs: true };
const LINES: Language = { ...CODE, ...HASH, mode: "lines", singleQuote: "string", hasCommands: true };
const PROSE: Language = { ...LINES, mode: "prose", lineComments: [] };

const BY_EXTENSION: ReadonlyMap<string, Language> = new Map(
  (
    [
      [SCRIPT, "js jsx mjs cjs ts tsx mts cts vue svelte astro html htm ejs hbs cls apex gs"],
      [{ ...CODE, lineComments: [], blockComments: [] }, "json jsonc json5 har ipynb postman_collection"],
      [JAVA, "java"],
      [KOTLIN, "kt kts scala"],
      [QUOTED, "groovy gradle dart"],
      [{ ...KOTLIN, hole: "\\(" }, "swift"],
      [{ ...CODE, backtick: "raw" }, "go"],
      [{ ...CODE, joinsAdjacentStrings: true, appendingCall: /\.push_str\(/y }, "rs"],
      [{ ...CODE, joinsAdjacentStrings: true }, "c h cc cpp hpp cxx m mm"],
      [{ ...JAVA, hole: "{" }, "cs fs"],
      [VISUAL_BASIC, "vb bas vbs frm vba"],
      [{ ...CODE, joiner: /&/y }, "pq pqm"],
      [PHP, "php phtml"],
      [PYTHON, "py pyw pyi"],
      [RUBY, "rb erb rake ex exs cr"],
      [{ ...RUBY, hole: null, joiner: PHP.joiner, appender: PHP.appender }, "pl pm"],
      [{ ...CODE, lineComments: ["--"], joiner: /\.\./y, singleQuote: "string" }, "lua"],
      [POWERSHELL, "ps1 psm1 psd1"],
      [TERRAFORM, "tf tofu hcl tfvars"],
      [LINES, "sh bash zsh ksh fish bat cmd yml yaml http rest env toml ini conf cfg properties mk"],
      [PROSE, "md markdown mdx rst adoc txt"],
    ] as const
  ).flatMap(([language, extensions]) => extensions.split(" ").map((extension) => [extension, language])),
);

const BY_NAME: readonly (readonly [RegExp, Language])[] = [
  [/^(?:dockerfile|makefile|jenkinsfile|\.env|\.envrc|procfile)/i, LINES],
  [/^(?:gemfile|rakefile)$/i, RUBY],
];

/** Matches names of files that configure a program, and rarely contain calls. */
const DATA = /\.(?:json|jsonc|json5|ya?ml|toml|ini|conf|cfg|properties|env|xml|lock)$|(?:^|[\\/])\.?\w+$/i;
/** Matches names of files that no program runs or reads: prose, styles and tables. */
const TEXT = /\.(?:md|markdown|mdx|rst|adoc|txt|css|scss|less|csv|tsv)$/i;

/**
 * Returns how the scan can read a file, judging by its name: source code of a supported language, data of a program,
 * text that calls nothing, or source code of another language, where the scan finds only names.
 */
export function kindOfFile(file: string): "code" | "data" | "text" | "other" {
  if (TEXT.test(file)) return "text";
  if (DATA.test(file) && !BY_NAME.some(([pattern]) => pattern.test(nameOf(file)))) return "data";
  return isKnown(nameOf(file)) ? "code" : "other";
}

function isKnown(name: string): boolean {
  return BY_NAME.some(([pattern]) => pattern.test(name)) || BY_EXTENSION.has(extensionOf(name));
}

function nameOf(file: string): string {
  return file.slice(Math.max(file.lastIndexOf("/"), file.lastIndexOf("\\")) + 1);
}

function extensionOf(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1).toLowerCase();
}

/**
 * Matches the head of a class in Visual Basic for Applications, whose files have the same extension as Apex.
 */
const VBA_CLASS = /^\uFEFF?(?:VERSION \d+\.\d+ CLASS|Attribute VB_)/;

/**
 * Returns the language of a file by its name, and by its first lines when two languages share an extension. A file of
 * an unknown language is read line by line, like shell.
 */
export function languageOf(file: string, text: string): Language {
  const name = nameOf(file);
  if (extensionOf(name) === "cls" && VBA_CLASS.test(text)) return VISUAL_BASIC;
  const byName = BY_NAME.find(([pattern]) => pattern.test(name));
  if (byName !== undefined) return byName[1];
  return BY_EXTENSION.get(extensionOf(name)) ?? LINES;
}
