/** Answers by key, each worked out when it is first asked for. */
export type Memory<Answer> = (key: string, work: () => Answer) => Answer;

/** An empty memory. It lasts as long as whoever holds it: what a token holds is read again in the next look. */
export function openMemory<Answer>(): Memory<Answer> {
  const known = new Map<string, Answer>();
  return (key, work) => {
    const earlier = known.get(key);
    if (earlier !== undefined) return earlier;
    const answer = work();
    known.set(key, answer);
    return answer;
  };
}
