import { drawScript } from './scan.ts';

/**
 * Draws a Java class whose imports stand on line 1 and whose method `run` has the statements, from
 * line 3 on; or, where the text declares members itself, the class body from line 2 on.
 */
export function drawJava(imports: readonly string[], code: string): Promise<string[]> {
  const head = `package app; ${imports.map((name) => `import ${name};`).join(' ')} class A {`;
  return drawScript('A.java', `${head}\nvoid run(String id) throws Exception {\n${code}\n}\n}\n`);
}

/** Draws a Java file with the imports on line 1 and the declarations from line 2 on. */
export function drawJavaTypes(imports: readonly string[], code: string): Promise<string[]> {
  const head = `package app; ${imports.map((name) => `import ${name};`).join(' ')}`;
  return drawScript('A.java', `${head}\n${code}\n`);
}
