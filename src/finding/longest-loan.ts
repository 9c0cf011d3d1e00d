/** The longest that a finding can be accepted for: a year, with its leap day. */
export const mostDays = 366;
