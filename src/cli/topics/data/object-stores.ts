import type { TopicPage } from "../page.ts";

const DIRECTORY = `#!/bin/sh
# A directory: upload the manifest after everything else
genscope export conversations details --interval 2026-10 \\
    --resume --out october &&
  genscope export --verify october &&
  rclone sync october lake:october \\
    --exclude "/manifest*.json" --exclude "/.genscope/**" &&
  rclone copy october lake:october --include "/manifest*.json"`;

const PIPE = `#!/bin/bash
# A pipe: rename the object once the export has succeeded
set -o pipefail
genscope export conversations details --interval 2026-10-05 --out - |
  rclone rcat lake:incoming/2026-10-05.ndjson &&
  rclone moveto lake:incoming/2026-10-05.ndjson lake:days/2026-10-05.ndjson`;

export function objectStoresPage(): TopicPage {
  return {
    sections: [
      "genscope writes to a disk or to a pipe. A tool of your choice copies the result to S3, Azure Blob Storage, Google Cloud Storage or another store. The examples use rclone and a remote named lake. In S3 the first part of a path is the bucket, so define lake as an alias for a bucket: `rclone config create lake alias remote s3:BUCKET`.",
      "A directory is the better choice: an interrupted export continues with `--resume`, and every file is compared with the manifest before the upload begins. `rclone sync` also deletes objects whose files the export has removed, such as a provisional -tail file.",
      { lines: DIRECTORY },
      "When a manifest is in the store, all files that it lists have arrived. While a later run is being uploaded, the earlier manifest is still there and no longer matches every file. Keep the directory: `--incremental` needs its .genscope, although readers of the data do not. Upload shards only after the last one has finished.",
      "A pipe ends in the same way for a complete export and for a killed one, so the store gets an object in both cases. Upload it under another name, and rename it after both programs have succeeded. Without `set -o pipefail`, the shell ignores the exit code of the export; bash, zsh and ksh have this option, but not every sh does. An interrupted pipe starts again from the beginning. rclone streams at most 48 GiB per object to S3 unless `--s3-chunk-size` is larger.",
      { lines: PIPE },
      "`aws s3 sync` and `aws s3 cp -`, or `gsutil rsync` and `gsutil cp -`, can replace rclone in the same places. genscope is tested only with rclone.",
    ],
    examples: [
      [
        "genscope export conversations details --interval 2026-10 --check",
        "is there room for the directory?",
      ],
      ["genscope export --verify october", "is the directory intact?"],
    ],
  };
}
