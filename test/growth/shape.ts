/** Text of any length that repeats one pattern. */
export interface Shape {
  readonly name: string;
  /** Returns one repetition. `count` makes each repetition different. */
  unit(count: number): string;
  readonly head?: string;
  readonly tail?: string;
}

/** Builds text from a shape. It has `length` characters or a few more. */
export function textOf({ unit, head = "", tail = "" }: Shape, length: number): string {
  const pieces = [head];
  let total = head.length + tail.length;
  for (let count = 0; total < length; count += 1) {
    const piece = unit(count);
    pieces.push(piece);
    total += piece.length;
  }
  pieces.push(tail);
  return pieces.join("");
}
