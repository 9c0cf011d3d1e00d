import { describe, expect, test } from 'vitest';
import { drawJava, drawJavaTypes } from './java-program.ts';
import { drawConnections, scan } from './scan.ts';

const rest = ['org.springframework.web.client.RestTemplate'];
const get = (value: string): string => `new RestTemplate().getForObject(${value}, String.class);`;

describe('texts', () => {
  const more = ['java.util.List', 'org.springframework.cloud.client.discovery.DiscoveryClient'];
  test.each<[string, string, string[]]>([
    [
      'concatenation',
      `String h = "a";\n${get('"http://" + h + ".example/" + id')}`,
      ['4 <- a.example http'],
    ],
    [
      'String.format',
      get('String.format("http://%s:%d/x", "a.example", 8080)'),
      ['3 <- a.example:8080 http'],
    ],
    ['formatted', get('"http://%s/x".formatted("a.example")'), ['3 <- a.example http']],
    [
      'MessageFormat',
      `${get('java.text.MessageFormat.format("http://{0}/x", "a.example")')}`,
      ['3 <- a.example http'],
    ],
    ['a text block', get('"""\n   http://a.example/\\\n   x""".trim()'), ['3 <- a.example http']],
    ['escapes', get('"http://\\u0061.example/\\t"'), ['3 <- a.example http']],
    [
      'String.join and List.of',
      get('String.join("/", List.of("http://a.example", "x"))'),
      ['3 <- a.example http'],
    ],
    [
      'String.join of several',
      get('String.join("/", "http://a.example", "x")'),
      ['3 <- a.example http'],
    ],
    [
      'StringBuilder in a chain',
      get('new StringBuilder("http://").append("a.example").append("/").append(1).toString()'),
      ['3 <- a.example http'],
    ],
    [
      'StringBuilder by steps',
      `StringBuilder b = new StringBuilder(64);\nb.append("http://a");\nb.append(".example");\n${get('b.toString()')}`,
      ['6 <- a.example http'],
    ],
    [
      'a conditional',
      get('id == null ? "http://a.example" : "http://b.example"'),
      ['3 <- a.example http', '3 <- b.example http'],
    ],
    [
      'a switch',
      `String u = switch (id) { case "x" -> "http://a.example"; default -> { log(id); yield "http://b.example"; } };\n${get('u')}`,
      ['4 <- a.example http', '4 <- b.example http'],
    ],
    [
      'branches',
      `String u;\nif (id == null) u = "http://a.example"; else { u = "http://b.example"; }\n${get('u')}`,
      ['5 <- a.example http', '5 <- b.example http'],
    ],
    [
      'a loop',
      `for (String u : List.of("http://a.example", "http://b.example")) ${get('u')}`,
      ['3 <- a.example http', '3 <- b.example http'],
    ],
    [
      'URI builders',
      `${get('org.springframework.web.util.UriComponentsBuilder.fromHttpUrl("http://a.example").path("/x").queryParam("q", 1).toUriString()')}`,
      ['3 <- a.example http'],
    ],
    [
      'new URL with a base',
      get('new java.net.URL(new java.net.URL("http://a.example/x/"), "y").toString()'),
      ['3 <- a.example http'],
    ],
    [
      'a service that is looked up',
      `Object d = null;\n${get('discovery.getInstances("stock").get(0).getUri() + "/x"')}`,
      ['4 <- stock http'],
    ],
    [
      'a default',
      get('java.util.Optional.ofNullable(System.getenv("ERP_URL")).orElse("http://a.example")'),
      ['3 <- a.example http'],
    ],
    [
      'an environment variable with a default',
      get('System.getenv().getOrDefault("ERP", "http://a.example")'),
      ['3 <- a.example http'],
    ],
    [
      'a property with a default',
      get('System.getProperty("erp.url", "http://a.example") + "/x"'),
      ['3 <- a.example http'],
    ],
    ['a lambda', `run(() -> { ${get('"http://a.example"')} });`, ['3 <- a.example http']],
    [
      'an anonymous class',
      `new Thread(new Runnable() {\npublic void run() { ${get('"http://a.example"')} }\n});`,
      ['4 <- a.example http'],
    ],
    [
      'resources and clauses of try',
      `try (Socket s = open()) { ${get('"http://a.example"')} } catch (Exception e) { ${get('"http://b.example"')} } finally { ${get('"http://c.example"')} }`,
      ['3 <- a.example http', '3 <- b.example http', '3 <- c.example http'],
    ],
  ])('%s', async (_, code, expected) => {
    expect((await drawJava([...rest, ...more], code)).sort()).toEqual(expected);
  });
});

// What an argument gives an address stands where the argument is given.
describe('fields and methods', () => {
  test.each<[string, string[], string, string[]]>([
    [
      'constants, in another class too',
      [],
      `class K { static final String HOST = "a.example"; static final String URL = "http://" + HOST; }\nclass A { void x() {\n${get('K.URL + "/x"')}\n} }`,
      ['4 <- a.example http'],
    ],
    [
      'a field that the constructor sets',
      [],
      `class A { private final String u; private final RestTemplate r;\nA(RestTemplate r) { this.r = r; this.u = "http://a.example"; }\nvoid x() { r.getForObject(u, String.class); } }`,
      ['4 <- a.example http'],
    ],
    [
      'a getter',
      [],
      `class A { private String u = "http://a.example"; String getU() { return u; }\nvoid x() { ${get('getU() + "/x"')} } }`,
      ['3 <- a.example http'],
    ],
    [
      'an argument of a method of the file',
      [],
      `class A { void load(String u) {\n${get('u + "/x"')}\n} void x() { load("http://a.example"); } }`,
      ['4 <- a.example http'],
    ],
    [
      'a constructor above',
      [],
      `class A extends B { A() { super("http://a.example"); } }\nclass B { private final String u; B(String u) { this.u = u; }\nvoid x() { ${get('u')} } }`,
      ['2 <- a.example http'],
    ],
    [
      'a nested class sees the names around it',
      [],
      `class A { static final String U = "http://a.example";\nstatic class N { void x() { ${get('U')} } } }`,
      ['3 <- a.example http'],
    ],
    [
      'an enum of addresses',
      [],
      `enum E { PROD("http://a.example"); final String url; E(String url) { this.url = url; } }\nclass A { void x() {\n${get('E.PROD.url')}\n} }`,
      ['2 <- a.example http'],
    ],
    [
      'a record',
      [],
      `record R(String url) {}\nclass A { void x() { R r = new R("http://a.example");\n${get('r.url()')}\n} }`,
      ['3 <- a.example http'],
    ],
  ])('%s', async (_, imports, code, expected) => {
    expect(await drawJavaTypes([...rest, ...imports], code)).toEqual(expected);
  });
});

describe('settings', () => {
  const spring = 'org.springframework.beans.factory.annotation.Value';
  test.each<[string, string[], string, string[]]>([
    [
      'a field',
      [spring],
      `class A { @Value("\${erp.url}") String u;\nvoid x() { ${get('u + "/x"')} } }`,
      ['3 <- erp.example http'],
    ],
    [
      'a field with a default that is not used',
      [spring],
      `class A { @Value("\${erp.url:http://a.example}") String u;\nvoid x() { ${get('u')} } }`,
      ['3 <- erp.example http'],
    ],
    [
      'a default',
      [spring],
      `class A { @Value("\${none.url:http://a.example}") String u;\nvoid x() { ${get('u')} } }`,
      ['3 <- a.example http'],
    ],
    [
      'a default that is a setting',
      [spring],
      `class A { @Value("http://\${none.host:\${erp.host:b}}/x") String u;\nvoid x() { ${get('u')} } }`,
      ['3 <- erp.example http'],
    ],
    [
      'a constructor parameter',
      [spring],
      `class A { final String u; A(@Value("\${erp.url}") String u) { this.u = u; }\nvoid x() { ${get('u')} } }`,
      ['3 <- erp.example http'],
    ],
    [
      'the environment',
      ['org.springframework.core.env.Environment'],
      `class A { Environment env;\nvoid x() { ${get('env.getProperty("erp.url")')} } }`,
      ['3 <- erp.example http'],
    ],
    [
      'MicroProfile',
      ['org.eclipse.microprofile.config.inject.ConfigProperty'],
      `class A { @ConfigProperty(name = "erp.url", defaultValue = "http://a.example") String u;\nvoid x() { ${get('u')} } }`,
      ['3 <- erp.example http'],
    ],
    [
      'a class of settings in another file',
      [],
      `class A { private final ErpProperties p; A(ErpProperties p) { this.p = p; }\nvoid x() { ${get('p.getUrl() + "/x"')} } }`,
      ['3 <- erp.example http'],
    ],
    [
      'a record of settings in another file',
      [],
      `class A { private final ErpSettings p; A(ErpSettings p) { this.p = p; }\nvoid x() { ${get('p.url()')} } }`,
      ['3 <- erp.example http'],
    ],
    [
      'a constant of another file',
      [],
      `class A {\nvoid x() { ${get('Constants.ERP')} } }`,
      ['3 <- const.example http'],
    ],
    [
      'a static import',
      ['static app.Constants.ERP'],
      `class A {\nvoid x() { ${get('ERP + "/x"')} } }`,
      ['3 <- const.example http'],
    ],
    [
      'Eureka',
      ['org.springframework.cloud.client.discovery.EnableDiscoveryClient'],
      '@EnableDiscoveryClient\nclass A {}',
      ['2 <> eureka.example:8761 http'],
    ],
  ])('%s', async (_, imports, code, expected) => {
    const head = `package app; ${[...rest, ...imports].map((name) => `import ${name};`).join(' ')}`;
    const folder = 'shop/src/main/java/app';
    const found = await scan('scripts', {
      [`${folder}/A.java`]: `${head}\n${code}\n`,
      [`${folder}/ErpProperties.java`]:
        'package app; import org.springframework.boot.context.properties.ConfigurationProperties;\n@ConfigurationProperties(prefix = "erp")\npublic class ErpProperties { private String url; public String getUrl() { return url; } }\n',
      [`${folder}/ErpSettings.java`]:
        'package app; import org.springframework.boot.context.properties.ConfigurationProperties;\n@ConfigurationProperties("erp")\npublic record ErpSettings(String url) {}\n',
      [`${folder}/Constants.java`]:
        'package app; public final class Constants { public static final String ERP = "http://const.example"; }\n',
      'shop/src/main/resources/application.yml':
        'erp:\n  host: erp.example\n  url: http://erp.example\neureka:\n  client:\n    serviceUrl:\n      defaultZone: http://eureka.example:8761/eureka\n',
      'shop/pom.xml': '<project><artifactId>shop</artifactId></project>',
    });
    const coded = found.evidence.filter(({ origin }) => origin.file.endsWith('/A.java'));
    expect(drawConnections({ evidence: coded })).toEqual(expected);
  });
});
