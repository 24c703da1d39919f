import { asRecord, parseJson } from "../../../../core/json.ts";
import { mergeFailures, readHeaders } from "../body/error-envelope.ts";
import { readFailedJob } from "../body/failed-job.ts";
import { isHtml, titleOf } from "../body/html-page.ts";
import { readLooseFields } from "../body/loose-fields.ts";
import { readValue } from "../body/value-sightings.ts";
import { type Failure, NO_FAILURE_DETAILS, type RequestSeen } from "../failure.ts";
import { failed, type Sighting, succeeded, unanswered } from "../sighting.ts";

/** A request and its response in a transcript. */
export interface Exchange {
  readonly request: RequestSeen | null;
  /** Null when the transcript ends before a response. */
  readonly status: number | null;
  /** The error of a connection without a response, such as `net::ERR_CONNECTION_RESET`. */
  readonly connectionError?: string | null;
  /** Header names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Returns the outcomes that an exchange shows: usually one, but several if its body contains several failures. */
export function sightingsOfExchange(exchange: Exchange): readonly Sighting[] {
  const { request, status } = exchange;
  const error = exchange.connectionError ?? null;
  if (error !== null) return [failed([{ ...NO_FAILURE_DETAILS, form: "network", message: error, request }])];
  if (status !== null && status >= 400) return [failed(failuresOf(exchange, status))];
  // A failed job is reported with 200: the request for its state succeeded, but the job did not.
  const job = status === null ? null : readFailedJob(asRecord(parseJson(exchange.body.trim())));
  if (job !== null) return [failed([{ ...job, request, headers: readHeaders(exchange.headers) }])];
  if (status !== null) return [succeeded(request)];
  return request === null ? [] : [unanswered(request)];
}

function failuresOf({ request, headers, body: raw }: Exchange, status: number): readonly Failure[] {
  const body = raw.trim();
  const isPage = isHtml(body);
  const around: Failure = {
    ...NO_FAILURE_DETAILS,
    form: isPage ? "html" : "words",
    status,
    message: isPage ? titleOf(body) : null,
    request,
    headers: readHeaders(headers),
  };
  const parsed = parseJson(body);
  const loose = parsed === undefined && !isPage ? readLooseFields(body) : null;
  const inner = parsed === undefined ? (loose === null ? [] : [loose]) : failuresIn(parsed);
  // The status line takes precedence, because a body can contain the status of another service.
  return inner.length === 0
    ? [around]
    : inner.map((failure) => ({
        ...mergeFailures(failure, around),
        status,
        request: request ?? failure.request,
      }));
}

function failuresIn(value: unknown): readonly Failure[] {
  return readValue(value, () => []).flatMap(({ failures }) => failures);
}
