import { describe, expect, test } from 'vitest';
import { drawJobs, drawSafeguards, firstRuns, readJobs } from './scheduled-jobs.ts';

/** A DAG with these arguments, in line 3. */
function dag(args: string, before = ''): string {
  return `from airflow import DAG\n${before}\nwith DAG("erp_load", ${args}) as dag:\n    pass\n`;
}

describe('Airflow', () => {
  test.each([
    ['schedule="30 5 * * 1-5"', 'airflow 30 5 * * 1-5 (UTC)'],
    ["schedule_interval='@daily'", 'airflow @daily (UTC)'],
    ['schedule=None', 'no schedule'],
    [
      'schedule=timedelta(hours=6), start_date=datetime(2024, 3, 1)',
      'airflow timedelta(hours=6) (UTC) from 2024-03-01T00:00',
    ],
    [
      'start_date=pendulum.datetime(2024, 3, 1, 4, 30, tz="Europe/Oslo"), schedule="@hourly"',
      'airflow @hourly (Europe/Oslo) from 2024-03-01T04:30',
    ],
    [
      "schedule='0 2 * * *', start_date=datetime(2015, 1, 21, tzinfo=pendulum.timezone('America/Los_Angeles'))",
      'airflow 0 2 * * * (America/Los_Angeles) from 2015-01-21T00:00',
    ],
    [
      'timetable=CronTriggerTimetable("0 1 * * 3", timezone="Europe/Oslo")',
      'airflow 0 1 * * 3 (Europe/Oslo)',
    ],
    ['schedule=[Dataset("s3://lake/stock")]', 'no schedule'],
    ['schedule=f"0 {HOUR} * * *"', 'airflow 0 {HOUR} * * * (UTC)'],
  ])('%s', (args, drawn) => {
    expect(drawJobs('dags/erp.py', dag(args))).toEqual([`3 erp_load: ${drawn}`]);
  });

  test('names of the file are followed: schedule, zone, default arguments', () => {
    const text = `from airflow import DAG
import pendulum
LOCAL = pendulum.timezone("Europe/Amsterdam")
NIGHTLY = "15 23 * * *"
default_args = {
    'owner': 'etl',
    'retries': 3,
    'retry_delay': timedelta(minutes=5),
    'email_on_failure': True,
    'execution_timeout': timedelta(hours=2),
    'start_date': datetime(2024, 1, 1, tzinfo=LOCAL),
}
dag = DAG(
    dag_id='erp_load',
    default_args=default_args,
    schedule_interval=NIGHTLY,
    max_active_runs=1,
    on_failure_callback=tell_slack,
)
`;
    expect(drawJobs('erp.py', text)).toEqual([
      '13 erp_load: airflow 15 23 * * * (Europe/Amsterdam) from 2024-01-01T00:00',
    ]);
    expect(drawSafeguards('erp.py', text)).toEqual([
      '7 retry provides',
      '18 alerting provides',
      '9 alerting provides',
      '10 timeout provides',
      '17 locking provides',
    ]);
    expect(firstRuns('erp.py', text, '2026-10-24', 2)).toEqual([
      '2026-10-24T21:15',
      '2026-10-25T22:15',
    ]);
  });

  test('what is off protects nothing', () => {
    const off = dag(
      'default_args={"retries": 0, "email_on_failure": False, "on_failure_callback": None}, schedule="@daily", max_active_runs=4',
    );
    expect(drawSafeguards('erp.py', off)).toEqual([]);
  });

  test('a decorator takes its name from the function, and bash commands are taken up', () => {
    const text = `from airflow.decorators import dag
from airflow.operators.bash import BashOperator
@dag(schedule="@weekly", catchup=False)
def stock_weekly():
    a = BashOperator(task_id="get", bash_command="curl -f https://erp.acme.com/stock")
    b = BashOperator(
        task_id="put",
        bash_command=(
            "psql -h dwh.acme.com "
            "-f load.sql"
        ),
    )
`;
    expect(drawJobs('w.py', text)).toEqual(['3 stock_weekly: airflow @weekly (UTC)']);
    expect(readJobs('w.py', text).jobs[0]?.command).toEqual({
      language: 'shell',
      text: 'curl -f https://erp.acme.com/stock\npsql -h dwh.acme.com -f load.sql',
    });
  });

  test('each DAG of a file has its own commands', () => {
    const text = `from airflow import DAG
with DAG("a", schedule="@daily") as a:
    BashOperator(task_id="x", bash_command="one")
with DAG("b", schedule="@hourly") as b:
    BashOperator(task_id="x", bash_command="two")
`;
    expect(readJobs('ab.py', text).jobs.map(({ command }) => command?.text)).toEqual([
      'one',
      'two',
    ]);
  });

  test.each([
    ['in a comment', 'from airflow import DAG\n# DAG("x", schedule="@daily")\n'],
    ['in a text', 'from airflow import DAG\ns = """DAG("x", schedule="@daily")"""\n'],
    ['of something else', 'import networkx\n# no airflow\ng = DAG("x", schedule="@daily")\n'],
    ['a method', 'from airflow import x\ng = graph.make_DAG("x", schedule="@daily")\n'],
  ])('%s is none', (_, text) => {
    expect(drawJobs('x.py', text)).toEqual([]);
  });

  test.each([
    ['no schedule at all', dag('catchup=False'), 'no schedule is written'],
    ['data that changes', dag('schedule=[Dataset("s3://x")]'), 'when other data changes'],
    ['a variable', dag('schedule=Variable.get("cron")'), 'set elsewhere'],
    ['a zone', dag('schedule="@daily", start_date=datetime(2024,1,1,tzinfo=zone())'), 'time zone'],
  ])('%s is told', (_, text, words) => {
    expect(
      readJobs('x.py', text)
        .flaws?.map(({ reason }) => reason)
        .join(),
    ).toContain(words);
  });
});

test('Celery: entries of the schedule, periods, tasks in other files', () => {
  const text = `from celery import Celery
from celery.schedules import crontab
app.conf.timezone = 'Europe/Oslo'
app.conf.beat_schedule = {
    # 'old': {'task': 'shop.tasks.old', 'schedule': 1.0},
    'nightly': {
        'task': 'shop.tasks.export',
        'schedule': crontab(hour=2, minute=30, day_of_week='mon-fri'),
    },
    'both': {'task': 'shop.tasks.both', 'schedule': crontab(0, 7, '1', '1-7')},
    'often': {'task': 'shop.tasks.poll', 'schedule': 30.0},
    'delta': {'task': 'shop.tasks.poll', 'schedule': timedelta(minutes=5)},
    'open': {'task': 'shop.tasks.poll', 'schedule': settings.EVERY},
}
def setup(sender, **kwargs):
    sender.add_periodic_task(crontab(minute='*/15'), poll.s(), name='quarter')
`;
  expect(drawJobs('celery_app.py', text)).toEqual([
    '6 nightly: cron 30 2 * * mon-fri (Europe/Oslo)',
    '10 both: spring 0 0 7 1-7 * 1 (Europe/Oslo)',
    '11 often: interval R/PT30S',
    '12 delta: interval R/PT5M',
    '13 open: no schedule',
    '16 quarter: cron */15 * * * * (Europe/Oslo)',
  ]);
  const found = readJobs('celery_app.py', text);
  expect(found.jobs.map(({ scripts }) => scripts?.[0])).toEqual([
    'shop/tasks.py',
    'shop/tasks.py',
    'shop/tasks.py',
    'shop/tasks.py',
    'shop/tasks.py',
    'celery_app.py',
  ]);
  expect(found.flaws).toEqual([
    { line: 13, reason: 'the schedule settings.EVERY is not written here' },
  ]);
  // Monday the 2nd of November 2026 is the first Monday of its month.
  const both = text
    .split('\n')
    .filter((line) => !/nightly|export|hour=2|often|delta|open|\*\/15|^ {4}\},/.test(line));
  expect(firstRuns('celery_app.py', both.join('\n'), '2026-10-20', 3)).toEqual([
    '2026-11-02T06:00',
  ]);
});

test('APScheduler: cron counts weekdays from Monday, and smaller fields begin', () => {
  const text = `from apscheduler.schedulers.blocking import BlockingScheduler
sched.add_job(export, 'cron', hour=2, minute='*/15', day_of_week='0-4', timezone='Europe/Oslo')
sched.add_job(poll, 'interval', minutes=5, id='poll', max_instances=1)
sched.add_job(once, 'date', run_date='2026-01-01')
sched.add_job(load, CronTrigger.from_crontab('0 4 * * *'))
sched.add_job(month, trigger=CronTrigger(day='last', hour=3))

@sched.scheduled_job('cron', day_of_week='mon', hour=6)
def monday():
    pass
# sched.add_job(no, 'interval', minutes=1)
`;
  expect(drawJobs('jobs.py', text)).toEqual([
    '2 export: spring 0 */15 2 * * 1-5 (Europe/Oslo)',
    '3 poll: interval R/PT5M',
    '5 load: cron 0 4 * * *',
    '6 month: spring 0 0 3 L * *',
    '8 monday: spring 0 0 6 * * mon',
  ]);
  expect(drawSafeguards('jobs.py', text)).toEqual(['3 locking provides']);
});
