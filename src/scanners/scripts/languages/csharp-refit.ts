import type { Statement } from '../program/program.ts';
import type { Node } from '../tree-sitter.ts';
import { lowerArguments } from './csharp-arguments.ts';
import { nameTypedClient } from './csharp-calls.ts';
import { findPart, type Lowering, partsOf, placeOf, toMember } from './csharp-lowering.ts';

const verb = /^(?:Get|Post|Put|Patch|Delete|Head|Options)$/;

/** `[Get("/orders/{id}")]` on a method of an interface: the client that is made from it sends this request. */
export function lowerRefitMethod(
  node: Node,
  interfaceName: string,
  lowering: Lowering,
): Statement[] | undefined {
  const attributes = partsOf(node)
    .filter(({ type }) => type === 'attribute_list')
    .flatMap((list) => partsOf(list));
  const attribute = attributes.find((each) =>
    verb.test(each.childForFieldName('name')?.text ?? ''),
  );
  const list = attribute && findPart(attribute, 'attribute_argument_list');
  if (!attribute || !list) return undefined;
  const place = placeOf(attribute);
  return [
    {
      kind: 'expression',
      value: {
        kind: 'call',
        target: {
          kind: 'member',
          object: {
            kind: 'call',
            target: toMember('Refit.HttpMethods'),
            isNew: true,
            args: [{ value: { kind: 'name', name: nameTypedClient(interfaceName) } }],
            ...place,
          },
          name: attribute.childForFieldName('name')?.text ?? '',
        },
        args: lowerArguments(list, lowering),
        ...place,
      },
    },
  ];
}
