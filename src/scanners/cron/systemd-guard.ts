const runsSystemd = String.raw`-[de]\s+["']?/run/systemd/system/?["']?`;

/** `test -d /run/systemd/system || …`, `if [ -d … ]; then :; else …`. */
const positive = new RegExp(
  String.raw`^\s*(?:\[\s+${runsSystemd}\s+\]|test\s+${runsSystemd})\s*\|\|`,
);

/** `[ ! -d /run/systemd/system ] && …`, with `-a` in between, or as the condition of an `if`. */
const negative = new RegExp(
  String.raw`(?:^|[;&(]|\bif|\bthen|-a|&&)\s*(?:\[\s+|test\s+)?(?:[^;|&]{0,200}\s-a\s+)?\\?!\s+(?:test\s+|\[\s+)?${runsSystemd}`,
);

/**
 * Whether a cron line does nothing on a machine that runs systemd, because a timer does its work there:
 * Debian writes both for a package.
 */
export function yieldsToSystemd(command: string): boolean {
  const start = command.slice(0, 2000);
  return positive.test(start) || negative.test(start);
}
