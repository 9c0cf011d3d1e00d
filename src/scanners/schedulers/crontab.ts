import { readAnacrontab } from '../cron/read-anacrontab.ts';
import { readCrontab } from '../cron/read-crontab.ts';
import type { SchedulerReader } from './scheduled-job.ts';

const names =
  /(?:^|\/)(?:cron\.d\/[^/]+|(?:ana)?crontab(?:\.txt)?|[^/]+\.(?:cron|crontab)|crontabs?\/[^/.]+)$/;
const anacrontab = /(?:^|\/)anacrontab$/;

/** A line with five fields or a nickname, and more behind it. */
const jobLine =
  /^[ \t]*-?(?:@(?:reboot|yearly|annually|monthly|weekly|daily|midnight|hourly)|(?:[\d*][\d*,/~-]*[ \t]+){3}[\w*,/~-]+[ \t]+[\w*,/~-]+)[ \t]+\S/m;
const anacronLine = /^[ \t]*(?:\d+|@\w+)[ \t]+\d+[ \t]+[^\s/]+[ \t]+\S/m;

/** Files larger than this are no crontabs that anybody keeps in a repository. */
const largest = 1_000_000;

/** Crontabs in repositories, where nobody says what a file is. The zone of the clock is not known. */
export const crontabReader: SchedulerReader = {
  name: 'crontab',
  matches: (file, text) =>
    names.test(file) &&
    text.length <= largest &&
    (anacrontab.test(file) ? anacronLine : jobLine).test(text),
  read: (text, file) =>
    anacrontab.test(file) ? readAnacrontab(text, '') : readCrontab(text, file, { timezone: '' }),
};
