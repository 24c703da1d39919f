import type { Callback } from "./oauth-protocol.ts";
import { splitQuery } from "./redirect-uri.ts";

/**
 * The answer in the address that a browser elsewhere ended at, pasted line by line. What is none is said and
 * the next line is waited for; when the input ends, the answer may still come another way, so this never ends.
 */
export async function readPastedAnswer(
  lines: AsyncIterable<string>,
  judge: (parameters: URLSearchParams) => Callback | null,
  say: (line: string) => Promise<void>,
): Promise<Callback> {
  for await (const line of lines) {
    const text = line.trim();
    if (text === "") {
      continue;
    }
    const { query } = splitQuery(text);
    const callback = judge(new URLSearchParams(query));
    if (callback !== null) {
      return callback;
    }
    await say(
      query === ""
        ? "That is not the address the browser ended at: it has a `?` and a `code=` in it. Paste it whole."
        : "That address answers another login: paste the one that the address above led to.",
    );
  }
  return await new Promise<never>(() => {});
}
