import type { PresetLine } from './preset-line.ts';
import { gatewayLines } from './preset-lines-gateways.ts';
import { serverLines } from './preset-lines-servers.ts';

/** Lines of every preset. */
export const presetLines: readonly PresetLine[] = [...serverLines, ...gatewayLines];
