/** Returns the cached value for a key, computing it on first use. */
export type Memo<Answer> = (key: string, compute: () => Answer) => Answer;

/** Opens an empty cache. Open one per principal, because grants are read again in the next run. */
export function openMemo<Answer>(): Memo<Answer> {
  const cached = new Map<string, Answer>();
  return (key, compute) => {
    const earlier = cached.get(key);
    if (earlier !== undefined) return earlier;
    const answer = compute();
    cached.set(key, answer);
    return answer;
  };
}
