import { toOpenValue } from './open-value.ts';
import { scanXml, type XmlElement } from './read-xml.ts';
import type { Setting } from './setting.ts';

/** Attributes that name what the `value` beside them is for. */
const nameAttributes = ['key', 'name', 'id'];
const valueAttributes = ['value', 'connectionString'];

/**
 * The settings of an XML configuration: connection strings, application settings, service
 * endpoints of .NET; properties of Java frameworks; elements with a text, by their path.
 */
export function readXmlSettings(text: string): Setting[] {
  const elements = scanXml(text);
  return elements.flatMap((element) => readElement(element, elements));
}

function readElement(element: XmlElement, elements: readonly XmlElement[]): Setting[] {
  const settings: Setting[] = [];
  const add = (key: string, value: string): void => {
    if (value.trim() === '') return;
    settings.push({
      key,
      value: toOpenValue(key, value.replace(/\s+/g, ' ')),
      line: element.line,
      column: element.column,
    });
  };
  const path = [...element.path.slice(1), element.name].join('.');
  const named = nameAttributes.map((name) => element.attributes.get(name)).find((name) => name);
  const value = valueAttributes
    .map((name) => element.attributes.get(name))
    .find((text) => text !== undefined);
  if (named !== undefined && value !== undefined) {
    const isConnection = element.attributes.has('connectionString');
    add(isConnection ? `ConnectionStrings:${named}` : named, value);
  }
  for (const [name, written] of element.attributes) {
    if (name === 'xsi:type') continue;
    if (nameAttributes.includes(name) || (named !== undefined && valueAttributes.includes(name)))
      continue;
    add(`${path}.${name}`, written);
  }
  if (element.text.trim() !== '') add(nameOfText(element, elements) ?? path, element.text);
  return settings;
}

/** `<property name="x">text`, `<setting name="x"><value>text`: what the text is the value of. */
function nameOfText(element: XmlElement, elements: readonly XmlElement[]): string | undefined {
  const own = element.attributes.get('name') ?? element.attributes.get('key');
  if (own !== undefined) return own;
  return element.name === 'value' ? elements[element.parent]?.attributes.get('name') : undefined;
}
