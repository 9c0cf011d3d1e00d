import { describe, expect, test } from 'vitest';
import { drawConnections, type Scan, scan } from './scan.ts';

/** Jobs as `id: expression`, and the scripts that jobs and scripts start as `caller > script`. */
function drawCalls({ of }: Scan): { jobs: string[]; calls: string[] } {
  return {
    jobs: of('job').map(
      ({ id, schedules, disabled }) =>
        `${id}: ${disabled ? 'off, ' : ''}${schedules.map(({ expression }) => expression).join(' and ')}`,
    ),
    calls: of('calls-script').map(({ caller, script }) => `${caller} > ${script}`),
  };
}

describe('schedules of a repository', () => {
  test('a method with a schedule starts the file that it stands in, with a value from its settings', async () => {
    const found = await scan('scripts', {
      'erp/pom.xml': '<project><artifactId>erp-export</artifactId></project>',
      'erp/src/main/resources/application.yml':
        'erp:\n  export:\n    cron: "0 30 22 * * MON-FRI"\n',
      'erp/src/main/java/com/acme/ExportJob.java': `package com.acme;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.web.client.RestTemplate;
class ExportJob {
  private final RestTemplate rest = new RestTemplate();
  @Scheduled(cron = "\${erp.export.cron}", zone = "Europe/Oslo")
  void export() { rest.postForObject("https://partner.example.com/stock", body(), String.class); }
}
`,
    });
    const file = 'erp/src/main/java/com/acme/ExportJob.java';
    expect(drawCalls(found)).toEqual({
      jobs: [`${file}: ExportJob.export: 0 30 22 * * MON-FRI`],
      calls: [`${file}: ExportJob.export > ${file}`],
    });
    expect(found.of('job')[0]?.schedules[0]).toMatchObject({ timezone: 'Europe/Oslo' });
    expect(drawConnections(found)).toEqual(['7 -> partner.example.com https']);
  });

  test('tests, examples and other people\u2019s code have no jobs', async () => {
    const text =
      "import cron from 'node-cron';\ncron.schedule('0 2 * * *', () => fetch('https://a.example.com'));\n";
    const found = await scan('scripts', {
      'test/a.ts': text,
      'examples/b.js': text,
      'node_modules/x/c.js': text,
      'src/d.spec.ts': text,
      'ignored/e.ts': text,
      '.gitignore': 'ignored/\n',
      'src/f.ts': text,
    });
    expect(drawCalls(found).jobs).toEqual(['src/f.ts: f: 0 2 * * *']);
  });

  test('a class that is scheduled elsewhere takes the schedule, and the file that sets it does not', async () => {
    const found = await scan('scripts', {
      'Jobs/Installer.cs': `using Hangfire;
class Installer { void Use() {
  RecurringJob.AddOrUpdate<IStockJob>("stock", j => j.Run(), Cron.Hourly());
  RecurringJob.AddOrUpdate<IGone>("gone", j => j.Run(), Cron.Hourly());
} }`,
      'Jobs/StockJob.cs':
        'class StockJob { async Task Run() { await new HttpClient().GetAsync("https://erp.example.com/stock"); } }',
    });
    expect(drawCalls(found)).toEqual({
      jobs: ['Jobs/Installer.cs: stock: 0 * * * *', 'Jobs/Installer.cs: gone: 0 * * * *'],
      calls: ['Jobs/Installer.cs: stock > Jobs/StockJob.cs'],
    });
    expect(found.coverage.flaws.map(({ reason }) => reason)).toEqual([
      'it starts IGone.cs, which is not in this source',
    ]);
  });

  test('a job in a database starts the file that defines its procedure', async () => {
    const found = await scan('scripts', {
      'db/jobs.sql': `BEGIN
DBMS_SCHEDULER.CREATE_JOB(job_name => 'LOAD', job_type => 'STORED_PROCEDURE', job_action => 'DW.STOCK_PKG.LOAD', repeat_interval => 'FREQ=DAILY;BYHOUR=2;BYMINUTE=0', enabled => TRUE);
DBMS_SCHEDULER.CREATE_JOB(job_name => 'SEND', job_type => 'PLSQL_BLOCK', job_action => 'BEGIN INSERT INTO orders@erp SELECT * FROM o; END;', repeat_interval => 'FREQ=HOURLY', enabled => TRUE);
END;
/
`,
      'db/stock_pkg.pkb': `CREATE OR REPLACE PACKAGE BODY dw.stock_pkg AS
PROCEDURE load IS BEGIN INSERT INTO stock SELECT * FROM stock@wms; END;
END;
/
`,
    });
    expect(drawCalls(found)).toEqual({
      jobs: ['db/jobs.sql: LOAD: FREQ=DAILY;BYHOUR=2;BYMINUTE=0', 'db/jobs.sql: SEND: FREQ=HOURLY'],
      calls: ['db/jobs.sql: LOAD > db/stock_pkg.pkb', 'db/jobs.sql: SEND > db/jobs.sql'],
    });
    // Nothing is told twice.
    expect(drawConnections(found)).toEqual([
      '3 -> alias erp database [orders]',
      '2 <- alias wms database [stock]',
    ]);
  });

  test('crontabs, timers, CronJobs and scheduled workflows', async () => {
    const found = await scan('scripts', {
      'deploy/crontab': '15 2 * * * etl /opt/etl/stock.sh\n',
      'deploy/load.timer': '[Timer]\nOnCalendar=*-*-* 04:00\n',
      'deploy/load.service': '[Service]\nExecStart=/opt/etl/load.sh\n',
      'k8s/cron.yaml': `apiVersion: batch/v1
kind: CronJob
metadata: {name: prices}
spec:
  schedule: "*/10 * * * *"
  jobTemplate:
    spec:
      template:
        spec:
          containers:
            - name: prices
              image: acme/tools
              command: ["sh", "-c", "curl -f https://erp.example.com/prices | python /app/prices.py"]
`,
      '.github/workflows/pull.yml': `on:
  schedule:
    - cron: "0 6 * * *"
jobs:
  pull:
    runs-on: ubuntu-latest
    steps:
      - run: python etl/prices.py && pytest && ./other.sh
`,
      '.github/workflows/test.yml':
        'on: [push]\njobs:\n  test:\n    steps:\n      - run: curl https://codecov.io/x\n',
      'etl/stock.sh': 'curl -f https://wms.example.com/stock | psql -h dwh.example.com\n',
      'etl/load.sh': 'curl -f https://wms.example.com/load\n',
      'etl/prices.py': 'import requests\nrequests.get("https://erp.example.com/all")\n',
    });
    const { jobs, calls } = drawCalls(found);
    expect(jobs).toEqual([
      expect.stringMatching(/^\.github\/workflows\/pull\.yml: pull: 0 6 \* \* \*$/),
      expect.stringMatching(/^deploy\/crontab: .*stock\.sh: 15 2 \* \* \*$/),
      expect.stringMatching(/^k8s\/cron\.yaml: prices: \*\/10 \* \* \* \*$/),
      'deploy/load.timer: load: *-*-* 04:00',
    ]);
    expect(calls.map((call) => call.replace(/^.*> /, ''))).toEqual([
      'etl/prices.py',
      '/opt/etl/stock.sh',
      '/app/prices.py',
      '/opt/etl/load.sh',
    ]);
    expect(drawConnections(found).filter((line) => line.includes('erp.example.com'))).toEqual([
      '2 <- erp.example.com https',
      '5 <- erp.example.com https',
    ]);
  });

  test('a CronJob that runs an image of the repository starts its scripts, unless a service runs it too', async () => {
    const cronJob = `apiVersion: batch/v1
kind: CronJob
metadata: {name: price-sync}
spec:
  schedule: "0 5 * * *"
  jobTemplate: {spec: {template: {spec: {containers: [{name: main, image: acme/price-sync:1.2}]}}}}
`;
    const files = {
      'price-sync/Dockerfile': 'FROM python:3.12\nCOPY . /app\nCMD ["python", "main.py"]\n',
      'price-sync/requirements.txt': 'requests\n',
      'price-sync/main.py': 'import requests\nrequests.get("https://erp.example.com/prices")\n',
      'price-sync/names.py': 'A = 1\n',
      'k8s/cron.yaml': cronJob,
    };
    expect(drawCalls(await scan('scripts', files)).calls).toEqual([
      'k8s/cron.yaml: price-sync > price-sync/main.py',
    ]);
    const served = `${cronJob}---
apiVersion: apps/v1
kind: Deployment
metadata: {name: price-api}
spec: {template: {spec: {containers: [{name: main, image: acme/price-sync:1.2}]}}}
`;
    expect(drawCalls(await scan('scripts', { ...files, 'k8s/cron.yaml': served })).calls).toEqual(
      [],
    );
  });

  test('commands of a DAG are read, and secrets stay inside', async () => {
    const found = await scan('scripts', {
      'dags/erp.py': `from airflow import DAG
from airflow.operators.bash import BashOperator
with DAG("erp", schedule="30 5 * * *") as dag:
    BashOperator(task_id="a", bash_command="curl -u bob:hunter2 https://erp.example.com/x | psql -h dwh.example.com")
`,
    });
    expect(drawCalls(found)).toEqual({
      jobs: ['dags/erp.py: erp: 30 5 * * *'],
      calls: ['dags/erp.py: erp > dags/erp.py'],
    });
    expect(drawConnections(found)).toEqual([
      '3 <- erp.example.com https',
      '3 ?? dwh.example.com postgresql',
    ]);
    expect(JSON.stringify(found.evidence)).not.toContain('hunter2');
  });
});
