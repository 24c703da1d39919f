/** Matches names that look like SDK methods: `getUsers`, `PostUsersSearch`, `post_users_search`. */
const METHOD_NAME =
  /(?<![A-Za-z0-9_])(?:[gG]et|[pP]ost|[pP]ut|[pP]atch|[dD]elete|[hH]ead)(?:[A-Z][A-Za-z0-9]{2,120}|(?:_[a-z0-9]{1,40}){1,20})(?![A-Za-z0-9])/g;
/** Matches the object of an SDK before one of its methods, but not before a function in the caller's own code. */
const OBJECT = /(?:\b\w{0,40}Api|\b\w{0,40}API|\b\w{0,40}_api|\bapi_?[iI]nstance)(?:\.|->|#|::|\s->\s)$/i;
/** Matches the words that precede the name of the failed method in an SDK error. */
const CALLING = /\b(?:calling|called|call to|when calling)\s["'`]?$/i;
/** Matches the end of a method's asynchronous variant, which calls the same operation. */
const VARIANT = /Async(?:WithHttpInfo)?$/;
/** Matches a command of the official CLI and captures its words before the options. */
const COMMAND =
  /(?<![\w./\\$-])gc(?:\.exe)?(?:[ \t]+(?:-p|--profile)[ =]\S{1,60})?((?:[ \t]+[a-z][a-z0-9]{1,40}(?![\w./=:-])){2,10})/g;
/** Quickly rules out text that cannot contain the name of a method or a command. */
const MAYBE = /\bgc\b|(?:et|ost|ut|atch|elete|ead)[_A-Z]/;
const MOST_NAMES = 20;
const REACH = 60;

/**
 * Returns names in the text that may be SDK methods or official CLI commands. Commands come first, then methods
 * called on an SDK object, because the caller's own functions can have the same names.
 */
export function findOperationNames(text: string): readonly string[] {
  if (!MAYBE.test(text)) return [];
  const commands = Array.from(text.matchAll(COMMAND), ([, words = ""]) => `gc${words.replace(/\s+/g, " ")}`);
  const received: string[] = [];
  const others: string[] = [];
  for (const { index, 0: name } of text.matchAll(METHOD_NAME)) {
    const before = text.slice(Math.max(0, index - REACH), index);
    if (OBJECT.test(before)) received.push(name.replace(VARIANT, ""));
    else (CALLING.test(before) ? received : others).push(name);
    if (received.length + others.length >= MOST_NAMES * 5) break;
  }
  return [...new Set([...commands, ...received, ...others])].slice(0, MOST_NAMES);
}
