/** Evidence in the code around a path for the HTTP method of the call. */
export interface MethodEvidence {
  /** Methods in upper case; several when the code chooses between them. */
  readonly methods: readonly string[];
  /** Whether the code specifies the method, as opposed to a default or a hint in nearby lines. */
  readonly isCertain: boolean;
  /** Whether only the name of a function suggests the method: `listQueues`. */
  readonly isSupposed: boolean;
  /** Readable description of the evidence's location. */
  readonly because: string;
}

const METHOD = "GET|POST|PUT|PATCH|DELETE|HEAD";
const METHODS: ReadonlySet<string> = new Set(METHOD.split("|"));
const QUOTED = new RegExp(`^[bru]?["'\`](${METHOD})["'\`]$`, "i");
const CONSTANT = new RegExp(
  `^(?:new\\s+)?(?:[\\w]+(?:\\.|::))*(?:Http_?Method|Method|RequestMethod|HttpVerb|Verb|HttpMethods|http|Method_?|METHOD_?)(?:\\.|::|\\(\\s*["'])?(?:Method)?(${METHOD})(?:["']?\\s*\\))?(?:\\.\\w+\\(\\)|\\(\\))?$`,
  "i",
);
const SYMBOL = new RegExp(`^:(${METHOD})$`, "i");
/**
 * Matches `method: "POST"`, `method="POST"`, `'method' => 'POST'`, `"requestType": "POST"`, `Method =
 * HttpMethod.Post`.
 */
const KEY =
  /(?<![\w.-])["'`]?(?:http_?|request_?)?(?:method|verb|type)["'`]?\s*(?::|=>|=(?!=))\s*([^,;\n}]*)/gi;
const KEY_ALONE = /(?<![\w.-])["'`]?(?:http_?)?method["'`]?\s*(?:[:=,}]|=>|$)/i;
const NAMED_METHOD = new RegExp(`(?:^|["'\`:.\\s(]|Method)(${METHOD})(?=["'\`)\\s.,]|$)`, "gi");

/** Returns the HTTP methods that the text names in quotes or as members: `isNew ? "POST" : "PUT"`. */
export function methodsIn(text: string): readonly string[] {
  return [...new Set(Array.from(text.matchAll(NAMED_METHOD), ([, method = ""]) => method.toUpperCase()))];
}

export function certain(methods: readonly string[], because: string): MethodEvidence {
  return {
    methods: methods.map((method) => method.toUpperCase()),
    isCertain: true,
    isSupposed: false,
    because,
  };
}

export function likely(method: string, because: string): MethodEvidence {
  return { methods: [method.toUpperCase()], isCertain: false, isSupposed: false, because };
}

/** Returns evidence from the name of a function. It is weak, because a name need not match the HTTP method. */
export function supposed(method: string, name: string): MethodEvidence {
  return { ...likely(method, `the name of \`${name}\``), isSupposed: true };
}

export function isMethod(word: string): boolean {
  return METHODS.has(word.toUpperCase());
}

/** Returns the HTTP method that an argument of a call specifies; null for any other argument. */
export function methodOfArgument(argument: string): string | null {
  const plain = argument.trim();
  const match = QUOTED.exec(plain) ?? CONSTANT.exec(plain) ?? SYMBOL.exec(plain);
  if (match?.[1] !== undefined) return match[1].toUpperCase();
  return METHODS.has(plain) ? plain : null;
}

/**
 * Returns the HTTP method in a list, or null unless there is exactly one. Words in capitals take precedence over others
 * that resemble a method.
 */
export function methodOfList(elements: readonly string[]): string | null {
  const capitals = elements.filter((element) => element === element.toUpperCase());
  const named = [capitals, elements].map((list) =>
    list.flatMap((element) => methodOfArgument(element) ?? []),
  );
  const [only, ...others] = new Set(named.find(({ length }) => length > 0) ?? []);
  return only !== undefined && others.length === 0 ? only : null;
}

/**
 * Returns the HTTP method in the value of a key or named argument, or `unknown` when the value can't be read.
 * `readName` returns the string that was last assigned to a name.
 */
export function methodOfKey(
  text: string,
  readName: (name: string) => string | null,
): MethodEvidence | "unknown" | null {
  for (const [, given = ""] of text.matchAll(KEY)) {
    const name = /^\s*([A-Za-z_]\w*)\s*$/.exec(given)?.[1];
    const value = (name === undefined ? null : readName(name)) ?? given;
    const named = methodsIn(value);
    if (named.length > 0) return certain(named, "`method`");
  }
  return KEY_ALONE.test(text) ? "unknown" : null;
}

/**
 * Returns the words of an identifier in lower case: `get`, `users`, `async` of `GetUsersAsync` or
 * `get_users_async`.
 */
export function wordsOfIdentifier(identifier: string): readonly string[] {
  return identifier
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter((word) => word !== "");
}
