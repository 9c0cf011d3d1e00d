import type { Style } from '../../../vocabulary.ts';
import type { Flow } from '../facts.ts';
import type { End } from './addresses.ts';
import type { OpenValue } from './values.ts';

interface At {
  /** Offset in the file. */
  readonly at: number;
}

/** A statement reads or writes through a link, server or stage that has a name. */
export interface LinkUse extends At {
  readonly kind: 'link';
  readonly link: string;
  readonly flow: Flow;
  readonly table?: string;
}

/** A statement names the other end itself; without an address it could not be followed. */
export interface DirectUse extends At {
  readonly kind: 'direct';
  readonly address?: string;
  readonly confidence?: number;
  readonly flow: Flow;
  readonly protocol: string;
  readonly style?: Style;
  readonly resource?: string;
  readonly localFiles?: readonly string[];
  /** What does it, for the summary. */
  readonly by: string;
}

/** A statement starts a command of the operating system. */
export interface CommandUse extends At {
  readonly kind: 'command';
  readonly command: string;
}

/** A client runs another script. */
export interface ScriptUse extends At {
  readonly kind: 'script';
  readonly script: string;
}

export type Found = LinkUse | DirectUse | CommandUse | ScriptUse;

/** A use of an address, where there is one. */
export function direct(
  at: number,
  flow: Flow,
  by: string,
  end: End | undefined,
  value: OpenValue | undefined,
  table?: string,
): DirectUse[] {
  if (!end) return [];
  const { resource, ...rest } = end;
  const named = resource ?? table;
  return [
    {
      kind: 'direct',
      at,
      flow,
      by,
      confidence: value?.confidence ?? 1,
      ...rest,
      ...(named === undefined ? {} : { resource: named }),
    },
  ];
}
