import type { SystemKind } from '../../../vocabulary.ts';
import type { Service } from '../settings/setting.ts';

/** A service with the descriptor that names it. */
export interface FoundService extends Service {
  readonly file: string;
}

/** Whether a system keeps or hands on the data of others. */
export function isStore(kind: SystemKind | undefined): kind is SystemKind {
  return kind === 'database' || kind === 'broker' || kind === 'file-store';
}

/** Whether a file builds an image. */
export function isDockerfile(file: string): boolean {
  return /(?:^|\/)[^/]*Dockerfile[^/]*$/i.test(file);
}
