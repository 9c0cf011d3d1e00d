import { describe, expect, test } from 'vitest';
import { drawJobs, drawSafeguards, firstRuns, readJobs } from './scheduled-jobs.ts';

const spring = 'import org.springframework.scheduling.annotation.Scheduled;\n';

/** A class with one annotated method, its annotation in line 3. */
function bean(annotation: string, imports = spring): string {
  return `${imports}class ExportJob {\n  ${annotation}\n  public void export() { send(); }\n}\n`;
}

describe('@Scheduled', () => {
  test.each([
    ['cron = "0 30 22 * * MON-FRI"', 'spring 0 30 22 * * MON-FRI'],
    ['cron = "0 0 2 * * *", zone = "Europe/Oslo"', 'spring 0 0 2 * * * (Europe/Oslo)'],
    ['zone = "UTC", cron = "@daily"', 'spring @daily (UTC)'],
    ['fixedRate = 300_000L', 'interval R/PT5M'],
    ['fixedRate = 5 * 60 * 1000', 'interval R/PT5M'],
    ['fixedDelay = 15, timeUnit = TimeUnit.MINUTES', 'interval R/PT15M'],
    ['fixedDelay = 2, timeUnit = HOURS, initialDelay = 1', 'interval R/PT2H'],
    ['fixedDelayString = "PT45S"', 'interval R/PT45S'],
    ['fixedRateString = "90000"', 'interval R/PT90S'],
    ['cron = "${export.cron:0 5 4 * * *}"', 'spring 0 5 4 * * *'],
    ['fixedDelayString = "${export.delay:60000}"', 'interval R/PT1M'],
    ['cron = "0 0 " + "3 * * *"', 'spring 0 0 3 * * *'],
  ])('%s', (args, drawn) => {
    expect(drawJobs('a/ExportJob.java', bean(`@Scheduled(${args})`))).toEqual([
      `3 ExportJob.export: ${drawn}`,
    ]);
    expect(readJobs('a/ExportJob.java', bean(`@Scheduled(${args})`)).jobs[0]?.scripts).toEqual([
      'a/ExportJob.java',
    ]);
  });

  test('a constant of the class, and of another class, is followed and told', () => {
    const text = `${spring}class A {
  private static final String NIGHTLY = "0 0 1 * * *";
  @Scheduled(cron = NIGHTLY) void a() {}
  @Scheduled(cron = Crons.OTHER) void b() {}
}`;
    expect(drawJobs('A.java', text)).toEqual([
      '4 A.a: spring 0 0 1 * * *',
      '5 A.b: spring Crons.OTHER',
    ]);
    expect(readJobs('A.java', text).flaws).toEqual([
      { line: 5, reason: 'the schedule is not known: its value is set elsewhere (Crons.OTHER)' },
    ]);
  });

  test('settings go before the default, and a missing one is told', () => {
    const text = bean('@Scheduled(cron = "${erp.export.cron:0 0 1 * * *}")');
    expect(drawJobs('E.java', text, { 'erp.export.cron': '0 0 9 * * *' })).toEqual([
      '3 ExportJob.export: spring 0 0 9 * * *',
    ]);
    const open = bean('@Scheduled(cron = "${erp.export.cron}")');
    expect(readJobs('E.java', open).flaws).toEqual([
      {
        line: 3,
        reason: 'the schedule is not known: its value is set elsewhere (erp.export.cron)',
      },
    ]);
    expect(drawJobs('E.java', open)).toEqual(['3 ExportJob.export: spring ${erp.export.cron}']);
  });

  test('"-" switches a job off, also through a setting', () => {
    const text = bean('@Scheduled(cron = "${erp.cron:-}")');
    expect(drawJobs('E.java', text)).toEqual(['3 ExportJob.export: off, no schedule']);
    expect(drawJobs('E.java', text, { 'erp.cron': '0 0 1 * * *' })).toEqual([
      '3 ExportJob.export: spring 0 0 1 * * *',
    ]);
  });

  test('the method is found behind other annotations, and Kotlin escapes the dollar', () => {
    const text = `${spring}class StockSync {
  @Scheduled(cron = "\\\${stock.cron:0 0/10 * * * *}")
  @Transactional(readOnly = true, timeout = 5)
  @SchedulerLock(name = "stock", lockAtMostFor = "PT5M")
  fun syncStock() { }
}`;
    expect(drawJobs('StockSync.kt', text)).toEqual([
      '3 StockSync.syncStock: spring 0 0/10 * * * *',
    ]);
    expect(drawSafeguards('StockSync.kt', text)).toEqual(['5 locking provides']);
  });

  test('two annotations on one method are one job with two schedules', () => {
    const text = bean(
      '@Schedules({ @Scheduled(cron = "0 0 6 * * *"), @Scheduled(cron = "0 0 18 * * *") })',
    );
    expect(drawJobs('E.java', text)).toEqual([
      '3 ExportJob.export: spring 0 0 6 * * * and spring 0 0 18 * * *',
    ]);
  });

  test('Quarkus and Micronaut have their own words', () => {
    const quarkus = 'import io.quarkus.scheduler.Scheduled;\n';
    const micronaut = 'import io.micronaut.scheduling.annotation.Scheduled;\n';
    expect([
      ...drawJobs('E.java', bean('@Scheduled(every = "10s")', quarkus)),
      ...drawJobs('E.java', bean('@Scheduled(cron = "0 15 10 * * ?")', quarkus)),
      ...drawJobs('E.java', bean('@Scheduled(cron = "{export.cron}")', quarkus), {
        'export.cron': 'off',
      }),
      ...drawJobs('E.java', bean('@Scheduled(cron = "30 4 * * MON", zoneId = "UTC")', micronaut)),
      ...drawJobs('E.java', bean('@Scheduled(fixedDelay = "5m")', micronaut)),
    ]).toEqual([
      '3 ExportJob.export: interval R/PT10S',
      '3 ExportJob.export: quartz 0 15 10 * * ?',
      '3 ExportJob.export: off, no schedule',
      '3 ExportJob.export: spring 0 30 4 * * MON (UTC)',
      '3 ExportJob.export: interval R/PT5M',
    ]);
    const skip = '@Scheduled(every = "1h", concurrentExecution = ConcurrentExecution.SKIP)';
    expect(drawSafeguards('E.java', bean(skip, quarkus))).toEqual(['3 locking provides']);
  });

  test.each([
    ['in a comment', `${spring}class A { // @Scheduled(cron = "0 0 1 * * *")\n void a() {} }`],
    ['in a block comment', `${spring}class A { /* @Scheduled(fixedRate = 5) */ void a() {} }`],
    ['in a text', `${spring}class A { String s = "@Scheduled(cron = \\"0 0 1 * * *\\")"; }`],
    ['in a text block', `${spring}class A { String s = """\n@Scheduled(fixedRate = 5)\n"""; }`],
    [
      'of another library',
      'import com.acme.Scheduled;\nclass A { @Scheduled(cron = "0 0 1 * * *") void a() {} }',
    ],
    ['never closed', `${spring}class A { @Scheduled(cron = "0 0 1 * * *" void a() {}`],
  ])('%s is none', (_, text) => {
    expect(drawJobs('A.java', text)).toEqual([]);
  });

  test('a delay without a period is told, and no schedule', () => {
    const found = readJobs('E.java', bean('@Scheduled(initialDelay = 1000)'));
    expect(found).toMatchObject({
      jobs: [],
      skipped: [{ line: 3, reason: 'it runs once, some time after the start' }],
    });
  });

  test('runs at the instants that the zone gives', () => {
    const text = bean('@Scheduled(cron = "0 30 22 * * MON-FRI", zone = "Europe/Oslo")');
    expect(firstRuns('E.java', text, '2026-10-23', 2)).toEqual([
      '2026-10-23T20:30',
      '2026-10-26T21:30',
    ]);
  });
});

describe('Quartz', () => {
  test('triggers lead to the class of their job', () => {
    const text = `import static org.quartz.CronScheduleBuilder.cronSchedule;
import org.quartz.*;
class Jobs {
  @Value("\${mail.cron:0 0 1 ? * *}") private String mailCron;
  JobDetail a = newJob(StockJob.class).withIdentity("stock").build();
  JobDetail b = newJob(PriceJob.class).withIdentity("price").build();
  Trigger t = newTrigger().withIdentity("noon").forJob("price")
      .withSchedule(cronSchedule("0 0 12 * * ?").inTimeZone(TimeZone.getTimeZone("America/New_York"))).build();
  Trigger u = newTrigger().forJob("stock").withSchedule(cronSchedule(mailCron)).build();
  Trigger v = newTrigger().forJob("stock")
      .withSchedule(simpleSchedule().withIntervalInMinutes(5).repeatForever()).build();
}`;
    expect(drawJobs('Jobs.java', text)).toEqual([
      '8 noon: quartz 0 0 12 * * ? (America/New_York)',
      '9 StockJob: quartz 0 0 1 ? * *',
      '11 StockJob (2): interval R/PT5M',
    ]);
    expect(readJobs('Jobs.java', text).jobs.map(({ scripts }) => scripts)).toEqual([
      ['PriceJob.java'],
      ['StockJob.java'],
      ['StockJob.java'],
    ]);
  });

  test('CronTriggerFactoryBean in Java and XML', () => {
    const java = `import org.springframework.scheduling.quartz.CronTriggerFactoryBean;
class C { CronTriggerFactoryBean t() { CronTriggerFactoryBean f = new CronTriggerFactoryBean();
  f.setCronExpression("0 0/10 * * * ?"); return f; } }`;
    expect(drawJobs('C.java', java)).toEqual(['3 C: quartz 0 0/10 * * * ?']);
    const xml = `<beans><bean id="nightly" class="org.springframework.scheduling.quartz.CronTriggerFactoryBean">
  <property name="cronExpression" value="\${nightly.cron}"/><property name="timeZone"><value>Europe/Oslo</value></property></bean></beans>`;
    expect(drawJobs('beans.xml', xml, { 'nightly.cron': '0 0 2 * * ?' })).toEqual([
      '1 nightly: quartz 0 0 2 * * ? (Europe/Oslo)',
    ]);
  });

  test('quartz_data.xml', () => {
    const text = `<?xml version="1.0"?>
<job-scheduling-data xmlns="http://www.quartz-scheduler.org/xml/JobSchedulingData"><schedule>
<job><name>Sync</name><group>erp</group><job-class>com.acme.erp.SyncJob</job-class></job>
<!-- <trigger><cron><name>x</name><cron-expression>0 0 1 * * ?</cron-expression></cron></trigger> -->
<trigger><cron><name>t</name><job-name>Sync</job-name><job-group>erp</job-group>
  <cron-expression>0 0/5 * * * ?</cron-expression><time-zone>Europe/Oslo</time-zone></cron></trigger>
</schedule></job-scheduling-data>`;
    expect(drawJobs('quartz_data.xml', text)).toEqual([
      '5 erp.Sync: quartz 0 0/5 * * * ? (Europe/Oslo)',
    ]);
    expect(readJobs('quartz_data.xml', text).jobs[0]?.scripts).toEqual([
      'com/acme/erp/SyncJob.java',
    ]);
  });

  test('Quartz.NET', () => {
    const text = `using Quartz;
services.AddQuartz(q => {
  q.ScheduleJob<ExportJob>(trigger => trigger.WithIdentity("export")
    .WithCronSchedule("0 0 2 * * ?", x => x.InTimeZone(TimeZoneInfo.FindSystemTimeZoneById("Europe/Oslo"))));
});`;
    expect(drawJobs('Program.cs', text)).toEqual(['4 export: quartz 0 0 2 * * ? (Europe/Oslo)']);
    expect(readJobs('Program.cs', text).jobs[0]?.scripts).toEqual(['ExportJob.cs']);
  });

  test('a method of the same name is none of Quartz', () => {
    const text = 'class A { void a() { cronSchedule("0 0 12 * * ?"); } }';
    expect(drawJobs('A.java', text)).toEqual([]);
  });
});

describe('Hangfire', () => {
  test.each([
    ['RecurringJob.AddOrUpdate("x", () => Exporter.Run(), Cron.Daily)', '0 0 * * * (UTC)'],
    ['RecurringJob.AddOrUpdate("x", () => Exporter.Run(), Cron.Daily(2, 30))', '30 2 * * * (UTC)'],
    [
      'RecurringJob.AddOrUpdate<IExporter>("x", e => e.Run(1, "a"), Cron.Weekly(DayOfWeek.Friday, 22))',
      '0 22 * * 5 (UTC)',
    ],
    [
      '_recurringJobManager.AddOrUpdate<Exporter>("x", e => e.Run(), Cron.Monthly(3))',
      '0 0 3 * * (UTC)',
    ],
    [
      'RecurringJob.AddOrUpdate("x", () => Exporter.Run(), "*/5 * * * *", TimeZoneInfo.FindSystemTimeZoneById("Europe/Oslo"))',
      '*/5 * * * * (Europe/Oslo)',
    ],
  ])('%s', (call, drawn) => {
    const text = `using Hangfire;\nclass A { void B() {\n${call};\n} }`;
    expect(drawJobs('A.cs', text)).toEqual([`3 x: cron ${drawn}`]);
    expect(readJobs('A.cs', text).jobs[0]?.scripts?.[0]).toMatch(/^I?Exporter\.cs$/);
  });

  test('both days must match, Never is off, and a value from elsewhere is told', () => {
    const text = `using Hangfire;
RecurringJob.AddOrUpdate("both", () => A.Run(), "0 0 13 * 5");
RecurringJob.AddOrUpdate("never", () => A.Run(), Cron.Never());
RecurringJob.AddOrUpdate("open", () => A.Run(), config.ExportCron);
// RecurringJob.AddOrUpdate("no", () => A.Run(), Cron.Daily);
`;
    expect(drawJobs('A.cs', text)).toEqual([
      '2 both: spring 0 0 0 13 * 5 (UTC)',
      '3 never: off, no schedule',
      '4 open: cron config.ExportCron (UTC)',
    ]);
    // Friday the 13th of November 2026 is the only run in the 40 days.
    const [first] = text.split('\n').slice(1);
    expect(firstRuns('A.cs', `using Hangfire;\n${first}`, '2026-10-20', 9)).toEqual([
      '2026-11-13T00:00',
    ]);
    expect(readJobs('A.cs', text).flaws).toEqual([
      {
        line: 4,
        reason: 'the schedule is not known: its value is set elsewhere (config.ExportCron)',
      },
    ]);
  });
});
