/**
 * Hours as people say them: minutes below an hour, hours up to 48, then days and hours. Ages are
 * rounded up and `down` is for what lasts at least so long, to a tenth of an hour.
 */
export function tellAge(hours: number, direction: 'up' | 'down' = 'up'): string {
  const tenths = cutTenths(hours, direction);
  if (tenths < 10) {
    const minutes = round(hours * 60, direction);
    return minutes === 60 ? '1 h' : `${minutes} min`;
  }
  if (tenths <= 480) return `${tenths / 10} h`;
  const days = Math.floor(tenths / 240);
  const rest = (tenths - days * 240) / 10;
  return rest === 0 ? `${days} d` : `${days} d ${rest} h`;
}

/** The same in hours alone, for comparing and adding. */
export function tellHours(hours: number, direction: 'up' | 'down' = 'up'): string {
  return `${cutTenths(hours, direction) / 10} h`;
}

/** Hours alone as far as people count in them, then with about how many days they are: `744 h (31 days)`. */
export function tellLongHours(hours: number): string {
  const text = tellHours(hours);
  return hours <= 96 ? text : `${text} (${Math.round(hours / 24)} days)`;
}

function cutTenths(hours: number, direction: 'up' | 'down'): number {
  return round(hours * 10, direction);
}

/** Figures carry six digits, so what a binary fraction adds or lacks is below the slack. */
function round(value: number, direction: 'up' | 'down'): number {
  return Math.max(0, direction === 'up' ? Math.ceil(value - 1e-4) : Math.floor(value + 1e-4));
}
