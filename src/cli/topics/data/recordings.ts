import { anyFormat } from "../../../export/writers/format-words.ts";
import type { HelpRow } from "../../layout/section.ts";
import type { TopicPage } from "../page.ts";

const CODES: readonly HelpRow[] = [
  ["archived", "the platform archived the file; restoring it would change data, and genscope only reads"],
  ["deleted", "the platform deleted the file"],
  ["not_ready", "the platform is still storing or restoring the file"],
  ["batch_failed", "the batch reported an error; see downloadReason"],
  ["no_result", "the batch ended without a result for the recording"],
  ["several_files", "the batch returned more than one file, an undocumented case"],
  ["address_refused", "the file's host refused the URLs of several batches"],
  ["unsafe_address", "the URL, or a redirect, is not https, or there are more than five redirects"],
  ["broken_file", "the download ended before the announced length was reached"],
  ["other codes", "the platform's codes for a 403, such as missing.division.permission"],
];

export function recordingsPage(): TopicPage {
  return {
    sections: [
      "`genscope export recordings` finds the conversations of each UTC day with an analytics job, lists the recordings of each conversation, requests signed URLs in batches of at most 100, and downloads the files. `--filter` selects conversations as for conversation details, `--media` selects kinds of recordings, and `--what index` writes only the list and requests no files.",
      `The list is in \`recordings/\`, as ${anyFormat()}, with the platform's metadata and downloadPath, downloadBytes, downloadSha256, downloadContentType, downloadCode and downloadReason. The files are in \`media/DAY/\`, named after their recording, in the format of the original. manifest.json contains the size and SHA-256 of each.`,
      "A file is renamed into place when it is complete and on disk. `--resume` and `--incremental` list days again, but never download a file twice, and keep the files of recordings that the platform has since deleted. `--verify` compares every file.",
      "A recording without a file has a code:",
      CODES,
      "Archived and deleted recordings do not make an export incomplete. All others are gaps: the export exits with 8, or with 3 after a 403, and `--resume` fetches them when they are available. Each kind of 403 is diagnosed once. `--on-forbidden fail` stops at the first.",
      "Required permissions: analytics:conversationDetail:view and, depending on the kinds of recordings, recording:recording:view, recording:recordingSegment:view, recording:snippetRecording:view or recording:screenRecording:view. Scopes of a user's token: analytics, recordings and quality (or their read-only forms). Only the client or user that submitted a batch may read it.",
      "The token is sent only to the platform. A signed URL is treated like a password: it appears in no file, log or message. It works for 2 to 60 minutes, depending on the organization's settings. After that, a new batch is requested. Each conversation takes one request: at most about 18,000 per hour.",
      "`genscope export transcripts` does the same for the JSON transcripts of speech and text analytics, with a request for each communication. It also needs speechAndTextAnalytics:data:view and recording:recording:view.",
      "The platform does not publish the following, so it is unknown: how many batches may run in parallel, how long a batch takes or stays readable, whether resultCount includes errors, the wording of errors, and how a missing license or another division is refused. genscope counts results, waits up to ten minutes for the next one, and lists each unexpected response with its code.",
    ],
    examples: [
      [
        "genscope export recordings --interval yesterday --media audio --out calls --replace",
        "audio files plus a list",
      ],
      [
        "genscope export recordings --interval last-week --what index --out recordings.csv",
        "what was recorded, without files",
      ],
      [
        "genscope export transcripts --interval yesterday --out transcripts",
        "transcripts as JSON files plus a list",
      ],
      ["genscope export --verify calls", "check that every file is still there"],
    ],
  };
}
