/** What a collector wrote before each line; the numbers stand for those of `LinePrefix`. */
export const noPrefix = 0;
export const syslogPrefix = 1;
export const criPrefix = 2;
export const composePrefix = 3;
export const podPrefix = 4;
