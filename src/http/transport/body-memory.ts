import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/**
 * Number of bytes after which to collect garbage. With a smaller number, V8 would treat short-lived chunks as
 * long-lived.
 */
const COLLECT_AFTER_BYTES = 6 * 1024 * 1024;
/**
 * Number of collections in a cycle. The last one covers the whole heap, because only that frees chunks that survived
 * earlier ones. It costs ten milliseconds per 400 MB.
 */
const COLLECTIONS_BEFORE_FULL = 64;
const OPTIMIZING = ["wasm-tier-up", "wasm-dynamic-tiering"];

/** V8's garbage collector function. Collects the whole heap, or only the young generation. */
type Collect = (options?: { readonly type: "minor" }) => void;

/**
 * Returns a function that keeps memory use low while a long body is read; call it for every processed chunk. The
 * bytes are outside the heap, which contains only a small handle per chunk. Left alone, V8 accumulates tens of
 * megabytes of dead chunks before it examines their handles, and then often walks the whole heap. Collecting only the
 * young generation takes half a millisecond.
 */
export function createBodyCollector(): (bytes: number) => void {
  let collect: Collect | null = null;
  let pending = 0;
  let collections = 0;
  return (bytes) => {
    pending += bytes;
    if (pending < COLLECT_AFTER_BYTES) return;
    pending = 0;
    collect ??= exposeCollector();
    collections += 1;
    if (collections % COLLECTIONS_BEFORE_FULL === 0) collect();
    else collect({ type: "minor" });
  };
}

function exposeCollector(): Collect {
  setFlagsFromString("--expose-gc");
  try {
    return runInNewContext("gc") as Collect;
  } catch {
    // Without this function, memory use is higher, but everything else works.
    return () => undefined;
  } finally {
    setFlagsFromString("--no-expose-gc");
  }
}

/**
 * Compiles undici's HTTP parser, which is WebAssembly, without optimizing it. The parser reads only response
 * headers, and optimizing it would take 25 MB and a third of a second.
 */
export async function withoutOptimizing<Result>(compile: () => Promise<Result>): Promise<Result> {
  for (const flag of OPTIMIZING) setFlagsFromString(`--no-${flag}`);
  try {
    return await compile();
  } finally {
    for (const flag of OPTIMIZING) setFlagsFromString(`--${flag}`);
  }
}
