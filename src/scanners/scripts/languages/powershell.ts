import { powershellClients, powershellHandedOver } from '../clients/powershell.ts';
import type { Program } from '../program/program.ts';
import type { TextFunction } from '../program/text-functions.ts';
import type { Node } from '../tree-sitter.ts';
import type { Language } from './language.ts';
import { environmentDrive, fold, type PowershellContext } from './powershell-context.ts';
import { lowerExpression } from './powershell-expressions.ts';
import { lowerBlock } from './powershell-statements.ts';

const same: TextFunction = { does: 'pass', argument: 'this' };

/** PowerShell. Names mean the same in any case, so all of them are lowered in lower case. */
export const powershell: Language = {
  grammar: 'powershell',
  lower,
  clients: powershellClients,
  handedOver: powershellHandedOver,
  textFunctions: {
    '#-f': { does: 'braces', template: 'this' },
    'string.format': { does: 'braces', template: 0 },
    '#trim': same,
    '#trimend': same,
    '#trimstart': same,
    '#tolower': same,
    '#tostring': same,
    '#replace': same,
    'environment.getenvironmentvariable': { does: 'setting', name: 0 },
    'uri.new': { does: 'pass', argument: 0 },
    'join-path': { does: 'join', separator: '/' },
    'io.path.combine': { does: 'join', separator: '/' },
  },
  environmentObjects: [environmentDrive],
  implicitModules: [],
};

function lower(root: Node): Program {
  const functions = new Set(
    root.descendantsOfType('function_name').flatMap((name) => (name ? [fold(name.text)] : [])),
  );
  const context: PowershellContext = {
    before: [],
    functions,
    expression: lowerExpression,
    block: lowerBlock,
  };
  return { body: lowerBlock(root, context) };
}
