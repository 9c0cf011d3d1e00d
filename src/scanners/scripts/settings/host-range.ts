const mostOfOneRange = 1_000;

/**
 * The hosts that a pattern of an Ansible inventory stands for: `web[01:20].example`, `db-[a:f]`, with
 * a step as `[1:9:2]`. At most 1,000, and none where a range runs backwards.
 */
export function expandHostRange(pattern: string): string[] {
  let hosts = [''];
  let rest = pattern;
  for (;;) {
    const match = /^([^[\]]{0,250})\[(\w{1,8}):(\w{1,8})(?::(\d{1,4}))?\]/.exec(rest);
    if (!match) break;
    const [whole, before = '', first = '', last = '', step = '1'] = match;
    const steps = listSteps(first, last, Number(step));
    hosts = hosts
      .flatMap((host) => steps.map((each) => `${host}${before}${each}`))
      .slice(0, mostOfOneRange);
    rest = rest.slice(whole.length);
  }
  return /[[\]]/.test(rest) ? [] : hosts.map((host) => host + rest);
}

function listSteps(first: string, last: string, step: number): string[] {
  const isNumber = /^\d+$/.test(first) && /^\d+$/.test(last);
  const isLetter = /^[A-Za-z]$/.test(first) && /^[A-Za-z]$/.test(last);
  if (step < 1 || (!isNumber && !isLetter)) return [];
  const from = isNumber ? Number(first) : first.charCodeAt(0);
  const to = isNumber ? Number(last) : last.charCodeAt(0);
  const count = Math.min(Math.floor((to - from) / step) + 1, mostOfOneRange);
  return Array.from({ length: Math.max(count, 0) }, (_, at) => {
    const value = from + at * step;
    // Written with zeros before it, a number keeps its width.
    return isNumber ? String(value).padStart(first.length, '0') : String.fromCharCode(value);
  });
}
