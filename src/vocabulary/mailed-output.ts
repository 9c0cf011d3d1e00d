/** How the mails of cron are told: they bring what a job prints, whatever status it ends with. */
export const mailedOutput = 'MAILTO names who gets what a job prints';
