import type { Role } from '../../../src/scanners/gateway/log-format.ts';

/** A line of a product, and what it says. */
export interface PresetLine {
  readonly preset: string;
  /** The layout, where a preset has several: its first unless named. */
  readonly format?: string;
  readonly line: string;
  readonly fields: Readonly<Partial<Record<Role, string>>>;
}
