import { pythonClients, pythonHandedOver } from '../clients/python.ts';
import type { Program } from '../program/program.ts';
import type { Node } from '../tree-sitter.ts';
import type { Language } from './language.ts';
import { lowerExpression } from './python-expressions.ts';
import { type PythonContext, scanPythonFile } from './python-scan.ts';
import { hideForeignNames, lowerBlock } from './python-statements.ts';
import { pythonTextFunctions } from './python-text.ts';

/** The first names of the modules that the client table knows. */
const libraries: ReadonlySet<string> = new Set(
  pythonClients
    .flatMap(({ calls }) => calls)
    .filter((call) => /^\w+\./.test(call))
    .map((call) => call.slice(0, call.indexOf('.'))),
);

/** Python 2 and 3. */
export const python: Language = {
  grammar: 'python',
  lower,
  clients: pythonClients,
  handedOver: pythonHandedOver,
  textFunctions: pythonTextFunctions,
  environmentObjects: ['os.environ', 'django.conf.settings', 'flask.current_app.config'],
  implicitModules: [],
};

function lower(root: Node): Program {
  const context: PythonContext = {
    file: scanPythonFile(root),
    self: undefined,
    before: [],
    shared: new Set(),
    expression: lowerExpression,
    block: lowerBlock,
  };
  return { body: [...hideForeignNames(libraries, context, root), ...lowerBlock(root, context)] };
}
