/** Schedulers that read the five fields of cron, each in its own way. */
export type CronScheduler =
  | 'cron'
  | 'cron-tz'
  | 'kubernetes'
  | 'github'
  | 'gitlab'
  | 'airflow'
  | 'pg-cron'
  | 'control-m'
  | 'autosys';

/**
 * Who runs a job. `cron` is cronie and its like, `cron-tz` a crontab that sets CRON_TZ, `interval` an
 * ISO 8601 repetition such as `R/2026-01-05T06:00/PT4H`.
 */
export type Scheduler =
  | CronScheduler
  | 'quartz'
  | 'spring'
  | 'jenkins'
  | 'systemd'
  | 'anacron'
  | 'interval'
  | 'mysql'
  | 'oracle'
  | 'windows'
  | 'sql-server';
