/** Text of any length that repeats one pattern. */
export interface Shape {
  readonly name: string;
  /** Returns one repetition; `count` makes each of them differ. */
  unit(count: number): string;
  readonly head?: string;
  readonly tail?: string;
}

/** Builds the text of a shape with `length` characters, or a few more. */
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
