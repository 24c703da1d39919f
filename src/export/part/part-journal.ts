import type { Interval } from "../../analytics/interval.ts";
import type { Guard } from "../files/guard.ts";
import { Journal, readEvents } from "../files/journal.ts";
import type { PartFile } from "../files/written-file.ts";
import type { IdChain } from "./id-chain.ts";
import { isPartEvent, type PartEvent } from "./part-event.ts";

/** A part as its journal tells it. */
export interface PartState {
  readonly phase: "new" | "fetching" | "fetched" | "converted" | "placed" | "refused";
  /** Of the run that began it, counted from 1. */
  readonly run: number;
  readonly interval: Interval | null;
  readonly job: string | null;
  readonly releasedJobs: readonly string[];
  /** Null before the first page. */
  readonly page: Extract<PartEvent, { kind: "page" }> | null;
  readonly records: number;
  readonly duplicates: number;
  readonly elsewhere: number;
  readonly correlationIds: IdChain | null;
  readonly sha256: string;
  /** Conversations that had not ended. */
  readonly open: readonly string[];
  readonly isConfirmed: boolean;
  readonly files: readonly PartFile[];
  /** One for each file that is in place; empty where an earlier version placed them. */
  readonly seals: readonly string[];
  /** Number of the owner that placed the files; null before, and where an earlier version placed them. */
  readonly owner: number | null;
  readonly refusal: Extract<PartEvent, { kind: "refused" }> | null;
  /** What an earlier run has put in place, as long as nothing newer takes its place. */
  readonly earlier: PartState | null;
}

const NEW: PartState = {
  phase: "new",
  run: 0,
  interval: null,
  job: null,
  releasedJobs: [],
  page: null,
  records: 0,
  duplicates: 0,
  elsewhere: 0,
  correlationIds: null,
  sha256: "",
  open: [],
  isConfirmed: true,
  files: [],
  seals: [],
  owner: null,
  refusal: null,
  earlier: null,
};

/** The state after one more event. */
export function nextState(state: PartState, event: PartEvent): PartState {
  switch (event.kind) {
    case "begun":
      return {
        ...NEW,
        phase: "fetching",
        run: event.run,
        interval: event.interval,
        releasedJobs: state.releasedJobs,
        earlier: placedState(state),
      };
    case "submitted":
      return { ...state, job: event.job };
    case "released":
      return { ...state, job: null, releasedJobs: [...state.releasedJobs, event.job] };
    case "deleted":
      return { ...state, releasedJobs: state.releasedJobs.filter((job) => job !== event.job) };
    case "page":
      return {
        ...state,
        page: event,
        records: state.records + event.records,
        duplicates: state.duplicates + event.duplicates,
        elsewhere: state.elsewhere + event.elsewhere,
        correlationIds:
          event.correlationId === null
            ? state.correlationIds
            : { id: event.correlationId, before: state.correlationIds },
      };
    case "restarted":
      return {
        ...NEW,
        phase: "fetching",
        run: state.run,
        interval: state.interval,
        releasedJobs: state.releasedJobs,
        earlier: state.earlier,
      };
    case "fetched":
      return {
        ...state,
        phase: "fetched",
        sha256: event.sha256,
        open: event.open,
        isConfirmed: event.isConfirmed,
      };
    case "converted":
      return { ...state, phase: "converted", files: event.files };
    case "placed":
      return {
        ...state,
        phase: "placed",
        owner: event.owner ?? null,
        seals: event.seals ?? [],
        earlier: null,
      };
    case "sealed":
      return { ...state, seals: event.seals };
    case "refused":
      return { ...state, phase: "refused", refusal: event };
  }
}

/** The state whose files are in place: this one, or an earlier run's; null when there are none. */
export function placedState(state: PartState): PartState | null {
  return state.phase === "placed" ? state : state.earlier;
}

/** What a part has achieved, event by event. */
export class PartJournal {
  readonly #journal: Journal<PartEvent>;
  #state: PartState;

  private constructor(journal: Journal<PartEvent>) {
    this.#journal = journal;
    this.#state = journal.events.reduce(nextState, NEW);
  }

  /** Opens the journal, made when it is not there. @throws OutputError */
  static async open(path: string, guard: Guard): Promise<PartJournal> {
    return new PartJournal(await Journal.open(path, guard, isPartEvent));
  }

  get state(): PartState {
    return this.#state;
  }

  /** Durable when it resolves. @throws OutputError */
  async append(event: PartEvent): Promise<void> {
    await this.#journal.append(event);
    this.#state = nextState(this.#state, event);
  }

  async close(): Promise<void> {
    await this.#journal.close();
  }
}

/** The state of a part that nobody works on now. @throws OutputError */
export async function readPartState(path: string): Promise<PartState> {
  return (await readEvents(path, isPartEvent)).reduce(nextState, NEW);
}
