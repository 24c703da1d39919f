import type { IncompleteError } from "../../core/errors.ts";

/** Rejects with an {@link IncompleteError} once another process owns the destination. */
export type Guard = () => Promise<void>;
