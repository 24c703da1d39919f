/**
 * Waits for work, but not beyond an abort. undici notices the signal of a request only when it has a connection, so a
 * server that completes no handshake would otherwise hold up the timeout and Ctrl-C.
 * @param discard releases a result that arrives after the abort
 * @throws the signal's reason
 */
export async function rejectWhenAborted<Result>(
  work: Promise<Result>,
  signal: AbortSignal,
  discard: (late: Result) => void,
): Promise<Result> {
  let onAbort = () => {};
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => {
      work.then(discard, () => undefined);
      reject(signal.reason);
    };
    if (signal.aborted) onAbort();
    else signal.addEventListener("abort", onAbort, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}
