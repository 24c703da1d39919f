import type { Callback } from "./oauth-protocol.ts";
import { splitQuery } from "./redirect-uri.ts";

/**
 * Returns the answer in the address at which a browser on another machine ended, pasted as a line. Any other
 * line is reported and the next one is read. The promise stays pending after the end of the input, because
 * the answer may still arrive through the listener.
 */
export async function readPastedAnswer(
  lines: AsyncIterable<string>,
  judge: (parameters: URLSearchParams) => Callback | null,
  say: (line: string) => Promise<void>,
): Promise<Callback> {
  for await (const line of lines) {
    const text = line.trim();
    if (text === "") continue;
    const { query } = splitQuery(text);
    const callback = judge(new URLSearchParams(query));
    if (callback !== null) return callback;
    await say(
      query === ""
        ? "That is not the address that the browser was redirected to. Paste the whole address; it contains `?` and `code=`."
        : "That address belongs to another login. Paste the one that the URL above led to.",
    );
  }
  return await new Promise<never>(() => {});
}
