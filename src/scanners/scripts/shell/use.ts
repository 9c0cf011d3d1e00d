import type { Style } from '../../../vocabulary.ts';
import type { Flow } from '../facts.ts';
import type { Arguments } from './arguments.ts';
import type { ShellCommand } from './commands.ts';

/** What a client program says about its connection; the rest is taken from the command. */
export interface Use {
  readonly address: string;
  readonly flow: Flow;
  readonly protocol?: string | undefined;
  readonly style?: Style;
  readonly resource?: string | undefined;
  readonly localFiles?: readonly string[];
  /** Absent: that of the word that holds the address. */
  readonly confidence?: number;
}

/** Reads one client program's command line. */
export type Client = (argument: Arguments, command: ShellCommand) => readonly Use[];

export function schemeOf(address: string): string | undefined {
  return /^([a-z][a-z0-9+.-]*):\/\//i.exec(address)?.[1]?.toLowerCase();
}

/** `user@host:/path` → `user@host`, URLs unchanged. */
export function hostOf(text: string): string {
  return schemeOf(text) ? text : text.replace(/::?.*$/, '');
}

/** The remote path; with a folder, the name of the file that is sent. */
export function pathOf(text: string, sent?: string): string | undefined {
  const path = schemeOf(text)
    ? /^[a-z]+:\/\/[^/]+(\/.*)$/i.exec(text)?.[1]
    : /^[^/:]+::?(.+)$/.exec(text)?.[1];
  return path?.endsWith('/') && sent ? path + lastSegment(sent) : path;
}

export function lastSegment(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Whether a host is the machine that the script itself runs on. */
export function isLocal(host: string | undefined): boolean {
  return (
    host === undefined ||
    host === '' ||
    host.startsWith('/') ||
    /^(?:localhost|127\.0\.0\.1|::1|\.|\(local\))(?=[:,\\]|$)/i.test(host)
  );
}
