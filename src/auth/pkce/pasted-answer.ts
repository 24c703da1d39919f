import type { Clock } from "../../core/clock.ts";
import type { Callback } from "./oauth-protocol.ts";
import { splitQuery } from "./redirect-uri.ts";

/** Time to wait for the end of the input, in milliseconds. Input that ends later counts as open. */
const END_MS = 100;

/**
 * Returns the lines that can still be pasted; null when the input ends without any, for example in a job or
 * with `</dev/null`.
 */
export async function openInput(
  lines: AsyncIterable<string>,
  clock: Pick<Clock, "sleep">,
): Promise<AsyncIterable<string> | null> {
  const iterator = lines[Symbol.asyncIterator]();
  const first = iterator.next();
  const decided = new AbortController();
  const hasEnded = await Promise.race([
    first.then(({ done }) => done === true),
    clock.sleep(END_MS, decided.signal).then(
      () => false,
      () => false,
    ),
  ]);
  decided.abort();
  return hasEnded ? null : linesFrom(first, iterator);
}

async function* linesFrom(
  first: Promise<IteratorResult<string>>,
  iterator: AsyncIterator<string>,
): AsyncGenerator<string> {
  for (let line = await first; line.done !== true; line = await iterator.next()) yield line.value;
}

/**
 * Reads the response from a pasted line: the address to which a browser on another machine was redirected. Reports
 * any other line and reads the next one. The promise stays pending after the end of the input, because the response
 * may still arrive through the listener.
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
