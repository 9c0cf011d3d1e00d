/** What a file of a machine is, by its path. */
export type FileKind =
  | 'machine'
  | 'timer-listing'
  | 'unit'
  | 'hosts'
  | 'anacrontab'
  | 'run-parts'
  | 'zone'
  | 'crontab'
  | 'backup';

/** What `landscape-gather.sh` writes about the machine. */
export const machineFile = 'landscape-host.txt';

const kinds: readonly (readonly [RegExp, FileKind])[] = [
  [/(?:^|\/)landscape-host\.txt$/, 'machine'],
  [/(?:^|\/)(?:landscape|list)-timers\.txt$/, 'timer-listing'],
  [/\.(?:timer|service)$|\.(?:timer|service)\.d\/[^/]+\.conf$/, 'unit'],
  [/(?:^|\/)(?:timer|service)\.d\/[^/]+\.conf$/, 'unit'],
  [/(?:^|\/)hosts$/, 'hosts'],
  [/(?:^|\/)etc\/timezone$/, 'zone'],
  [/(?:^|[/._-])anacrontab$/, 'anacrontab'],
  [/(?:^|\/)cron\.(?:hourly|daily|weekly|monthly)\/[^/]+$/, 'run-parts'],
  // Neither cronie nor Debian's cron reads these; cron.d holds no hidden files either.
  [/(?:^|\/)cron\.d\/(?:[.#][^/]*|[^/]*(?:~|\.rpm(?:save|orig|new)|\.dpkg-[a-z]+))$/, 'backup'],
];

/** The kind of a file; whatever is not known is a crontab, as the source says. */
export function findFileKind(file: string): FileKind {
  return kinds.find(([form]) => form.test(file))?.[1] ?? 'crontab';
}
