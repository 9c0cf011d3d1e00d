import { describe, expect, test } from 'vitest';
import { parseHcl } from '../../src/scanners/scripts/settings/hcl.ts';
import { readTerraform } from '../../src/scanners/scripts/settings/terraform.ts';
import fc from '../fast-check.ts';
import { scan } from './scan.ts';

const infrastructure = `
# The shop, and what it stores in.
variable "partner_url" {
  type    = string
  default = "https://api.partner.example/v2"
}

locals { report_target = "https://reports.example/in" }

resource "aws_db_instance" "orders" {
  identifier = "orders-db"
  engine     = "postgres"
  port       = 5432
  password   = "hunter2secret" // never shown
}

resource "aws_lambda_function" "billing" {
  function_name = "billing"
  environment {
    variables = {
      DATABASE_URL  = "postgres://app:\${random_password.db.result}@\${aws_db_instance.orders.address}:5432/orders"
      PARTNER_URL   = var.partner_url
      REPORT_TARGET = local.report_target
      MODE          = var.is_test ? "test" : "prod"
    }
  }
}

resource "aws_ecs_task_definition" "shop" {
  family = "shop"
  container_definitions = jsonencode([
    {
      name  = "web", image = "acme/web:1"
      portMappings = [{ containerPort = 8080 }]
      environment = [
        { name = "BILLING_HOST", value = "http://\${aws_lambda_function.billing.url}" },
        { name = "DB_HOST", value = aws_db_instance.orders.address },
      ]
    },
  ])
}
`;

describe('Terraform', () => {
  test('what runs reaches the databases and addresses of its environment', async () => {
    const result = await scan('scripts', { 'main.tf': infrastructure });
    expect(
      result
        .of('system')
        .map(({ id, fields }) => `${id} ${fields.kind}`)
        .sort(),
    ).toEqual(['billing application', 'orders-db database', 'web application']);
    expect(
      result
        .of('connection')
        .map(({ from, to, origin }) => `${origin.line} ${from.value} ${to.value}`),
    ).toEqual([
      '21 main.tf#billing postgres://aws_db_instance.orders:5432/orders',
      '22 main.tf#billing https://api.partner.example/v2',
      '23 main.tf#billing https://reports.example/in',
      '36 main.tf#web http://aws_lambda_function.billing',
      '37 main.tf#web aws_db_instance.orders',
    ]);
    expect(JSON.stringify(result)).not.toContain('hunter2secret');
  });

  test('variables have the values of the files beside it', async () => {
    const result = await scan('scripts', {
      'main.tf': infrastructure.replace(/variable[^}]+\}/, ''),
      'variables.tf': 'variable "partner_url" { default = "https://default.example" }\n',
      'terraform.tfvars': 'partner_url = "https://chosen.example"\n',
    });
    expect(result.of('connection').map(({ to }) => to.value)).toContain('https://chosen.example');
  });

  test.each<[string, Record<string, string>, string]>([
    ['terraform.tfvars', { 'b.auto.tfvars': '', 'terraform.tfvars': '1' }, '1'],
    [
      'files that are taken by themselves',
      { 'terraform.tfvars': '1', 'b.auto.tfvars': '3', 'a.auto.tfvars': '2' },
      '3',
    ],
    [
      'the file of production, which is named when it is run',
      {
        'terraform.tfvars': '1',
        'z.auto.tfvars': '2',
        'env/prod.tfvars': '4',
        'env/test.tfvars': '5',
      },
      '4',
    ],
    [
      'a folder for each environment',
      { 'environments/production/main.tfvars': '6', 'environments/dev/main.tfvars': '7' },
      '6',
    ],
    [
      'nothing for production: the default',
      { 'env/test.tfvars': '5', 'other/terraform.tfvars': '8' },
      '0',
    ],
  ])('variables by folder: %s', async (_, given, expected) => {
    const values = Object.entries(given).map(([file, value]) => [
      `infra/${file}`,
      value === '' ? '' : `partner_url = "https://p${value}.example"\n`,
    ]);
    const result = await scan('scripts', {
      'infra/main.tf': infrastructure.replace(
        /variable[^}]+\}/,
        'variable "partner_url" { default = "https://p0.example" }',
      ),
      ...Object.fromEntries(values),
    });
    const targets = result.of('connection').map(({ to }) => to.value);
    expect(targets.filter((target) => /\/p\d\.example/.test(target))).toEqual([
      `https://p${expected}.example`,
    ]);
  });

  test('variables in JSON', async () => {
    const result = await scan('scripts', {
      'main.tf': infrastructure.replace(/variable[^}]+\}/, ''),
      'shop.auto.tfvars.json':
        '{"partner_url": "https://p9.example", "db_password": "hunter4secret"}',
    });
    expect(result.of('connection').map(({ to }) => to.value)).toContain('https://p9.example');
    expect(JSON.stringify(result)).not.toContain('hunter4secret');
  });

  test('a plan shows what is in modules, and in modules of modules', async () => {
    const lambda = (name: string, host: string): object => ({
      address: `module.x.aws_lambda_function.${name}`,
      mode: 'managed',
      type: 'aws_lambda_function',
      name,
      values: { function_name: name, environment: [{ variables: { ERP_URL: `https://${host}` } }] },
    });
    const plan = {
      format_version: '1.2',
      terraform_version: '1.9.5',
      planned_values: {
        root_module: {
          resources: [lambda('web', 'a.example')],
          child_modules: [
            {
              address: 'module.x',
              resources: [lambda('billing', 'b.example')],
              child_modules: [
                { address: 'module.x.module.y', resources: [lambda('ledger', 'c.example')] },
              ],
            },
          ],
        },
      },
      prior_state: { values: { root_module: { resources: [lambda('gone', 'd.example')] } } },
    };
    const result = await scan('scripts', { 'plan.json': JSON.stringify(plan) });
    expect(result.of('connection').map(({ from, to }) => `${from.value} ${to.value}`)).toEqual([
      'plan.json#billing https://b.example',
      'plan.json#ledger https://c.example',
      'plan.json#web https://a.example',
    ]);
  });

  test('a state shows the addresses themselves, and no other value', async () => {
    const instance = (attributes: object): object[] => [{ attributes }];
    const state = {
      version: 4,
      terraform_version: '1.9.0',
      resources: [
        {
          mode: 'managed',
          type: 'aws_db_instance',
          name: 'orders',
          instances: instance({
            identifier: 'orders-db',
            engine: 'postgres',
            address: 'orders.abc.eu-west-1.rds.amazonaws.com',
            password: 'hunter2secret',
          }),
        },
        {
          mode: 'managed',
          type: 'aws_lambda_function',
          name: 'billing',
          instances: instance({
            function_name: 'billing',
            environment: [
              {
                variables: {
                  DB_HOST: 'orders.abc.eu-west-1.rds.amazonaws.com',
                  API_KEY: 'hunter3secret',
                },
              },
            ],
          }),
        },
      ],
    };
    const result = await scan('scripts', { 'terraform.tfstate': JSON.stringify(state, null, 2) });
    expect(
      result
        .of('system')
        .map(({ id }) => id)
        .sort(),
    ).toEqual(['billing', 'orders-db']);
    expect(result.of('connection').map(({ from, to }) => `${from.value} ${to.value}`)).toEqual([
      'terraform.tfstate#billing orders.abc.eu-west-1.rds.amazonaws.com',
    ]);
    expect(JSON.stringify(result)).not.toMatch(/hunter/);
  });
});

describe('HCL', () => {
  const text = fc.string({ maxLength: 12 }).filter((value) => !/[\n"\\$%]/.test(value));
  const name = fc.stringMatching(/^[a-z_][a-z0-9_-]{0,8}$/).filter((key) => key !== 'for');
  const value = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      text,
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(name, tie('value'), { maxKeys: 3, noNullPrototype: true }),
    ),
  })).value;

  /** Writes a value in a way that `style` picks, as people and tools differ. */
  function write(given: unknown, style: number): string {
    const gap = ['', ' ', '\n  ', ' # a } comment\n', '/* { " */'][style % 5] ?? '';
    if (typeof given === 'string') return `"${given}"`;
    if (Array.isArray(given)) {
      const end = style % 2 === 0 || given.length === 0 ? '' : ',';
      return `[${gap}${given.map((item) => write(item, style + 1)).join(`,${gap}`)}${end}${gap}]`;
    }
    const pairs = Object.entries(given as object).map(
      ([key, item]) => `${style % 3 === 0 ? `"${key}"` : key} = ${write(item, style + 1)}`,
    );
    return `{${gap}${pairs.join(style % 2 === 0 ? ',\n' : '\n')}${gap}}`;
  }

  test('what was written is read, in any style', () => {
    fc.assert(
      fc.property(name, value, fc.nat(30), (key, given, style) => {
        const { blocks } = parseHcl(
          `resource "a" "b" {\n  ${key} = ${write(given, style)}\n}\n`,
          'a.tf',
        );
        expect(JSON.parse(JSON.stringify(blocks[0]?.body[key]))).toEqual(given);
      }),
    );
  });

  test('expressions stay as they are written, and end where they end', () => {
    const { blocks, placeOf } = parseHcl(
      'x "a" {\n  a = var.b ? "c}" : [for d in e : "${d.f}"]\n  g = <<-EOT\n    line "one\n  EOT\n  h = 1\n  i = jsonencode({ j = k.l })\n}\n',
      'a.tf',
    );
    const body = blocks[0]?.body ?? {};
    expect({ ...body }).toMatchObject({
      a: '${var.b ? "c}" : [for d in e : "${d.f}"]}',
      g: '    line "one',
      h: '1',
      i: { j: '${k.l}' },
    });
    expect(placeOf(body, 'h')).toEqual({ line: 6, column: 7 });
  });

  test('a dynamic block makes blocks of its type', () => {
    const { blocks } = parseHcl(
      'resource "a" "b" {\n dynamic "env" {\n  for_each = x\n  content {\n   name = "K"\n   value = "v"\n  }\n }\n}\n',
      'a.tf',
    );
    expect(JSON.parse(JSON.stringify(blocks[0]?.body))).toEqual({
      env: [{ name: 'K', value: 'v' }],
    });
  });

  test('broken and hostile files say nothing, soon', () => {
    const hostile = [
      'resource "a" {',
      `a = ${'['.repeat(100_000)}`,
      `a = ${'{b='.repeat(50_000)}`,
      `a = "${'${"'.repeat(50_000)}`,
      `a = ${'('.repeat(100_000)}`,
      `a = <<EOT\n${'x\n'.repeat(100_000)}`,
      `a = jsonencode(${'jsonencode('.repeat(50_000)}`,
      'a "b" "c',
    ];
    for (const each of hostile) expect(readTerraform(each, 'a.tf')).toEqual({});
    fc.assert(
      fc.property(
        fc.nat(infrastructure.length),
        fc.nat(20),
        fc.string({ maxLength: 4 }),
        (at, cut, put) => {
          const broken = infrastructure.slice(0, at) + put + infrastructure.slice(at + cut);
          expect(() => readTerraform(broken, 'a.tf')).not.toThrow();
        },
      ),
    );
  });
});
