import { checkFormats } from '../../renderers/checks/formats.ts';
import { groupings } from '../../renderers/diagram/picture.ts';
import { exchangeFormats } from '../../renderers/exchange/formats.ts';
import { ruleMeanings } from '../../renderers/explain/rule-meanings.ts';
import { diagramKinds } from '../../renderers/mermaid/kinds.ts';
import { diagramFormats } from '../diagram-formats.ts';
import { shells } from './shells.ts';

/** Command and option or argument → the words that can stand there. */
const values: Readonly<Record<string, readonly string[]>> = {
  'check --format': Object.keys(checkFormats),
  'check --fail-on': ['error', 'warn'],
  'baseline --rule': Object.keys(ruleMeanings),
  'impact --format': ['text', 'mermaid'],
  'diagram --kind': Object.keys(diagramKinds),
  'diagram --group': groupings,
  'diagram --format': diagramFormats,
  'export --format': Object.keys(exchangeFormats),
  'completion shell': shells,
};

/** The words that an option or argument of a command can have; empty where it takes a file or any text. */
export function listValues(command: string, name: string): readonly string[] {
  return values[`${command} ${name}`] ?? [];
}
