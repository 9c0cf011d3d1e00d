import type { Statement } from '../program/program.ts';
import type { Node } from '../tree-sitter.ts';
import { adaptAttribute } from './csharp-adapters.ts';
import { lowerArguments } from './csharp-arguments.ts';
import { findPart, type Lowering, partsOf, placeOf } from './csharp-lowering.ts';
import { nameLast, nameType, nameTypeArguments } from './csharp-types.ts';

/** `[Name(…)]` before a declaration, as calls of `@Name`. */
export function lowerAttributes(node: Node, lowering: Lowering): Statement[] {
  return partsOf(node)
    .filter(({ type }) => type === 'attribute_list')
    .flatMap((list) => partsOf(list).filter(({ type }) => type === 'attribute'))
    .map((attribute): Statement => {
      const name = attribute.childForFieldName('name');
      const typeArguments = nameTypeArguments(name);
      return {
        kind: 'expression',
        value: {
          kind: 'call',
          target: {
            kind: 'name',
            name: name ? nameAttribute(name, lowering) : '@',
          },
          args: adaptAttribute(
            lowerArguments(findPart(attribute, 'attribute_argument_list') ?? null, lowering),
            placeOf(attribute),
          ),
          ...(typeArguments.length === 0 ? {} : { typeArguments }),
          ...placeOf(attribute),
        },
      };
    });
}

/** `@Topic`; with its namespace where that is written, and in full where the file declares it. */
function nameAttribute(name: Node, { classes }: Lowering): string {
  const written = nameType(name) ?? nameLast(name);
  const short = written.replace(/Attribute$/, '');
  return classes.has(`${short}Attribute`) ? `@${short}Attribute` : `@${short}`;
}

/** Attributes of parameters, such as the triggers of Azure Functions. */
export function lowerParameterAttributes(list: Node | null, lowering: Lowering): Statement[] {
  return list ? partsOf(list).flatMap((parameter) => lowerAttributes(parameter, lowering)) : [];
}

/** What a class extends or implements with type arguments, as calls of `@Name`: `IConsumer<OrderPlaced>`. */
export function lowerGenericSupertypes(bases: Node | undefined): Statement[] {
  if (!bases) return [];
  return partsOf(bases).flatMap((base): Statement[] => {
    const typeArguments = nameTypeArguments(
      base.type === 'qualified_name' ? base.childForFieldName('name') : base,
    );
    if (typeArguments.length === 0) return [];
    return [
      {
        kind: 'expression',
        value: {
          kind: 'call',
          target: { kind: 'name', name: `@${nameLast(base)}` },
          args: [],
          typeArguments,
          ...placeOf(base),
        },
      },
    ];
  });
}
