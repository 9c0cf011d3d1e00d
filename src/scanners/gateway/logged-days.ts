/** The days on which lines of logs were written, file by file, as spans without gaps. */
export interface LoggedDays {
  /** Adds the first and last time of lines of one file, in ms; not finite where none has a time. */
  add(file: string, first: number, last: number): void;
  /** Spans of days `YYYY-MM-DD` in order, at most so many that evidence stays small. */
  spans(): readonly (readonly [string, string])[];
}

const dayMs = 24 * 60 * 60 * 1000;
const mostSpans = 400;

/** Collects the days that logs cover. A folder with a file of January and one of June has a gap. */
export function newLoggedDays(): LoggedDays {
  const byFile = new Map<string, [number, number]>();
  return {
    add: (file, first, last) => {
      if (!Number.isFinite(first) || !Number.isFinite(last)) return;
      const [from, to] = [Math.floor(first / dayMs), Math.floor(last / dayMs)];
      const known = byFile.get(file);
      byFile.set(file, known ? [Math.min(known[0], from), Math.max(known[1], to)] : [from, to]);
    },
    spans: () => {
      const merged: [number, number][] = [];
      for (const [from, to] of [...byFile.values()].sort((a, b) => a[0] - b[0])) {
        const last = merged.at(-1);
        if (last && from <= last[1] + 1) last[1] = Math.max(last[1], to);
        else merged.push([from, to]);
      }
      // The newest say most of what is dead now.
      return merged.slice(-mostSpans).map(([from, to]) => [toDay(from), toDay(to)] as const);
    },
  };
}

function toDay(day: number): string {
  return new Date(day * dayMs).toISOString().slice(0, 10);
}
