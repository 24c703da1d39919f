import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { listCommands } from "./support/command-tree.ts";
import { listSchemaFiles } from "./support/json-schemas.ts";
import { commentsOf, type Prose, type ProseKind, proseOf } from "./support/prose.ts";
import { titlesOf } from "./support/test-titles.ts";

const ROOT = resolve(import.meta.dirname, "..");
const SRC = join(ROOT, "src");

/** Rooms of `src` that are checked. */
const ROOMS = [
  "core",
  "http",
  "platform",
  "auth",
  "catalogue",
  "access",
  "analytics",
  "export",
  "output",
  "cli",
  "sandbox",
  "main",
];

const TEST = import.meta.dirname;

/** Folders of `test`. Fixtures are not checked, because they imitate texts of others. */
const TEST_FOLDERS = readdirSync(TEST, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

/**
 * Phrases that read as translated, and metaphors for which engineers have a common word. Add a phrase whenever a
 * reader stumbles over one.
 */
const STUMBLES: readonly RegExp[] = [
  /\b(whoever|nobody|somebody|whosoever|wherefrom|whereof|whereupon|wherein|thereof|therein|thereby)\b/i,
  /\bsees? to it\b/i,
  /(?<!\bthere )\b(is|are|was|were) none\b/i,
  /\b(is|are) no \w+ (that|of|which)\b/i,
  /\bof when\b/i,
  /\bin halves\b/i,
  /\btak(es?|ing) (its|their) names?\b/i,
  /\bcomes? twice\b/i,
  /\bfor who\b(?! )|\bfor who (has|is|can|wants)\b/i,
  /\b(tells|is told|are told|was told)\b/i,
  /\bthan (that|it) is\b.*\bno other\b|\bno other than\b/i,
  /\b(a day|a run|a part|a table|a file|a period|a record) each\b/i,
  /\bat (its|their) newest\b/i,
  /\bat once\b/i,
  /(^|[.;:,—] )else (?!if\b)/i,
  /\b(lanes?|tally|plight)\b/i,
  /\bshall\b/i,
  /\bmay you\b/i,
  /\bwho (looks|asks|reads|calls|waits|comes)\b/i,
  /\bwhat (is|was) (there|none|not)\b/i,
  /\b(is|are) looked at\b/i,
  /\blicen[cs]e word\b|\bservice account\b/i,
  /\bby (itself|themselves) alone\b/i,
  // The common terms are "text" and "string". A file, a page or an editor may be "a text file".
  /\ba text\b(?! (field|file|format|editor|block))/i,
  /\bcomes? to be\b/i,
  /\bone after the other\b/i,
  /\bany more\b(?! than)/i,
  /\bfor ever\b/i,
  /\b(so|as) long (a|an) \w+ (can|may)\b/i,
  /\bat the service\b/i,
  /\bgives? out\b/i,
  /\bspeaks? of\b/i,
  /\b(line|request|place|search|directory|host|port) of (its|their) own\b/i,
  /\b(can|could|may) not be had\b|\bcannot be had\b/i,
  /(?<!there )\bis no (part|valid|fix|shelter|refusal|doubt|message|process|help)\b/i,
  /\b(answers?|ends?|end|begins?) so\b/i,
  /\bcounts? as gone\b|\btaken for gone\b/i,
  /\b(asked|told) (about|of) it\b/i,
  /\b(largest|smallest) number of\b/i,
  /\bsince when\b/i,
  /\b(null|empty) (without (one|any)|for none)\b/i,
  /\bmatch counts\b/i,
  /\b(scopes?|permissions?|alternatives) of which\b/i,
  /, ([a-z'-]+ ){0,3}[a-z'-]+ included\b(?! in)/i,
  /\b(another|other) [a-z]+ than\b|\bfewer or other\b/i,
  /\b(seen calls?|least role|begin of the)\b/i,
  /\bnull also\b|, also (after|for|in|of|on|through|to|when|where|with|within)\b/i,
  /\bfurther (authorities|batch|calls?|divisions?|entries|fields?|lines?|pages?|parameters?|paths?|requests?|tables?|tasks?|text)\b/i,
  /\b(answers?|errors?|messages?|refusals?|responses?) of (the (API|login page|platform|server|service|token endpoint)|another (host|service))\b/i,
  /\bblanks\b(?! out)/i,
  /\blook-ups?\b(?!-)/i,
  /\btyping (error|mistake)s?\b/i,
  /\btime-outs?\b/i,
  /\bin the place of\b/i,
  /\ban own\b/i,
  /\bexcludes? each other\b/i,
  // The platform sends a response, and a query has a result. Questions of a prompt and of a form have answers.
  /\b(cut|empty|foreign|hostile|large|late|oversized|truncated|whole) answers?\b|\bbody of (an|its|the) answer\b/i,
  /\banswers? (has|have|of the|is (empty|larger|not JSON|too|valid))\b|\bno (complete )?answer (arrived|at all|from (?!the service\b))/i,
  // Allowed where the word is quoted: in a message about an unknown name, in the name of a fact, in a JSON key and
  // in a list of terms.
  /(?<!not (a|in the) |permission |catalog )\bcatalogues?\b(?!["./-])/i,
  /\b(behaviour|colour|organisation|licence|recognise[ds]?|initialise[ds]?|normalise[ds]?|serialise[ds]?|cancelled|catalogued)\b/,
];

/** Beginnings that make a title depend on another title, and phrases that read as translated. */
const TITLE_STUMBLES: readonly RegExp[] = [
  /^(what|who|whom|whose|which|where|nor|and|or|but|unless)\b/i,
  /\b(says? so|said so|(is|are) said|anew|all the same|for ever|(goes|gone) on with|of one's own|chatty)\b/i,
  /[.:]$/,
];

/** First words of a command's summary: verbs in the imperative. */
const VERBS = new Set(
  "attach check choose compare complete copy create delete diagnose download exit explain export fetch find import inspect judge list log move obtain open print query read record refresh remove rename report run save search send serve set show start stop store update use verify watch write".split(
    " ",
  ),
);

const PREPOSITIONS =
  /^(about|above|after|against|as|at|before|behind|below|beside|beyond|by|during|for|from|in|inside|of|off|on|out|over|since|through|to|towards?|under|until|up|upon|with|within|without)\b/i;

/** Quotations may contain any phrase. */
const QUOTATIONS: readonly RegExp[] = [/`[^`]*`/g, /“[^”]*”/g];

const files = readdirSync(SRC, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts"))
  .map((name) => name.replaceAll("\\", "/"))
  .toSorted();

const known = new Map<string, readonly Prose[]>();

/** Returns the prose of a file of `src`. Cached, because several tests read it. */
function proseOfSource(file: string): readonly Prose[] {
  const prose = known.get(file) ?? proseOf(join(SRC, file), file);
  known.set(file, prose);
  return prose;
}

/** Returns the prose of these kinds. A string without a space is a name and not prose. */
function proseIn(room: string, kinds?: readonly ProseKind[]): readonly Prose[] {
  return files
    .filter((file) => file.startsWith(`${room}/`) || file === `${room}.ts`)
    .flatMap(proseOfSource)
    .filter(({ kind, text }) => (kinds === undefined || kinds.includes(kind)) && /\S\s+\S/.test(text));
}

const place = ({ file, line, text }: Prose) => `${file}:${line} ${text.slice(0, 160)}`;

function stumblesOf(text: string, phrases = STUMBLES): readonly string[] {
  const own = QUOTATIONS.reduce((rest, quotation) => rest.replace(quotation, "…"), text);
  return phrases.flatMap((phrase) => own.match(phrase)?.[0] ?? []);
}

describe.each(ROOMS)("the prose of src/%s", (room) => {
  test("contains no phrase that reads as translated", () => {
    const found = proseIn(room).flatMap((prose) =>
      stumblesOf(prose.text).map((phrase) => `[${phrase}] ${place(prose)}`),
    );
    expect(found).toEqual([]);
  });

  test("has errors in lower case without a closing stop or question mark", () => {
    const wrong = proseIn(room, ["error"]).filter(
      ({ text }) => /[.?!]$/.test(text) || /^[A-Z][a-z]+ /.test(text),
    );
    expect(wrong.map(place)).toEqual([]);
  });

  test("has hints that state what to do instead of asking", () => {
    const asking = proseIn(room, ["hint"]).filter(
      ({ text }) => /[.?!]$/.test(text) && !/^did you mean/.test(text),
    );
    expect(asking.map(place)).toEqual([]);
  });

  test("has doc comments of whole phrases that begin with a noun or a verb", () => {
    const wrong = files
      .filter((file) => file.startsWith(`${room}/`) || file === `${room}.ts`)
      .flatMap(proseOfSource)
      .filter(({ kind, text }) => kind === "doc" && !text.startsWith("@") && !/^`/.test(text))
      .filter(({ text }) => text.split(/\s+/).length < 3 || PREPOSITIONS.test(text));
    expect(wrong.map(place)).toEqual([]);
  });
});

describe.each(TEST_FOLDERS)("the prose of test/%s", (folder) => {
  const paths = readdirSync(join(TEST, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !name.includes("fixtures"))
    .map((name) => join(folder, name));
  const proseOfTests = (read: typeof proseOf) =>
    paths
      .flatMap((path) => read(join(TEST, path), `test/${path}`))
      .filter(({ text }) => /\S\s+\S/.test(text));

  test("has titles that state the behavior in plain English", () => {
    const found = proseOfTests(titlesOf).flatMap((title) =>
      stumblesOf(title.text, [...STUMBLES, ...TITLE_STUMBLES]).map((phrase) => `[${phrase}] ${place(title)}`),
    );
    expect(found).toEqual([]);
  });

  test("contains no comment that reads as translated", () => {
    const found = proseOfTests(commentsOf).flatMap((prose) =>
      stumblesOf(prose.text).map((phrase) => `[${phrase}] ${place(prose)}`),
    );
    expect(found).toEqual([]);
  });
});

test("every command's summary begins with an imperative verb in lower case and has no final period", async () => {
  const wrong = (await listCommands())
    .map(({ name, command }) => ({ name, summary: command.description().split("\n")[0] ?? "" }))
    .filter(({ summary }) => !VERBS.has(summary.split(" ")[0] ?? "") || summary.endsWith("."));
  expect(wrong).toEqual([]);
});

test("the help of every command contains no phrase that reads as translated", async () => {
  const wrong = (await listCommands()).flatMap(({ name, command }) =>
    stumblesOf(command.helpInformation()).map((phrase) => `${name}: ${phrase}`),
  );
  expect(wrong).toEqual([]);
});

test.each(["README.md", "CHANGELOG.md", ...listSchemaFiles().map((path) => relative(ROOT, path))])(
  "the file %s contains no phrase that reads as translated",
  (name) => {
    const text = readFileSync(join(ROOT, name), "utf8").replaceAll(/```[\s\S]*?```/g, "");
    const wrong = text
      .split("\n")
      .flatMap((line, index) =>
        stumblesOf(line).map((phrase) => `${index + 1}: [${phrase}] ${line.trim().slice(0, 160)}`),
      );
    expect(wrong).toEqual([]);
  },
);
