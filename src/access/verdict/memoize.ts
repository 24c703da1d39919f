/** Returns the cached value of a key, and computes it on first use. */
export type Memo<Answer> = (key: string, compute: () => Answer) => Answer;

/** Creates an empty cache. Use one per principal, because each run reads the grants again. */
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
