import { Transform } from "node:stream";

const LINE_FEED = 0x0a;

/**
 * Returns a stream that passes on whole lines, because the protocol library copies its whole buffer for every chunk,
 * which takes quadratic time for a line in many chunks. A line that exceeds `limitBytes` is passed on unfinished. An
 * unfinished last line is dropped.
 */
export function gatherLines(limitBytes: number): Transform {
  let held: Buffer[] = [];
  let heldBytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const whole = heldBytes + chunk.length > limitBytes ? chunk.length : chunk.lastIndexOf(LINE_FEED) + 1;
      const rest = chunk.subarray(whole);
      if (whole > 0) {
        this.push(Buffer.concat([...held, chunk.subarray(0, whole)]));
        held = [];
        heldBytes = 0;
      }
      if (rest.length > 0) {
        held.push(rest);
        heldBytes += rest.length;
      }
      done();
    },
  });
}
