import { gzipSync } from 'node:zlib';

/** Sixty lines of a log, as the programs zstd 1.5 and bzip2 1.0 packed them too. */
export const log = Buffer.from(
  Array.from({ length: 60 }, (_, i) => {
    const address = `10.1.${i % 7}.${(i * 37) % 256}`;
    const time = `02/Nov/2026:10:${String(i % 60).padStart(2, '0')}:00 +0000`;
    const request = `GET /erp/orders/${(i * 7919) % 1000} HTTP/1.1`;
    const status = [200, 200, 304, 500][i % 4];
    return `${address} - svc${i % 3} [${time}] "${request}" ${status} ${(i * 131) % 9000} "-" "warehouse/2.${i % 5}"\n`;
  }).join(''),
);

/** `zstd -19`, with a check sum. */
const zstd = `
KLUv/WTjF/0ZAOaybRpgT6oN98WEfyyVtS58Kru7d8okuzmagARwHIMAWgBcACyr90udQbKSDtkmcYbmZsbKEfFQkZiU8t8P
EVNTb8vb5IPE7WZL0e17vbbOsowCYAi64QGFChEgPJjA4ALDgUEAwyEOET4wlG1AkCCBgUM0UJjwwMGECA0SJjxoOCQgUIDh
sCAiIsAhYkDEgOgAcrjBQoQDDQ4Fh2hggcJBwCEYLKMBU4r0NBIu33i9v9FmttomYad85/oYJoe9wWaTTFyS65Uzt2VMphTb
N1W1/IUlisJouo7VXNhbiUyIEdWS+9ikmppds3JEetG2U0rfuEal5XnVtnxVNE2inltINxYroz5XVKmbJJ6gCokwJzoVu1Mp
dWKfkcuLyeuMbokYeVgbGepMGSNCYpGb5Ev5ryvnKhbiB5VCIWfS3+V/j5o4GX31Dt0JS3S/zGV8/lr1JoVczkiunPKnbiqu
qn3z8jfluNnRJHV7ldi/hITEjHCNzFxMqigyCYU5clRRPyqlRmbl8csb0ZF15ugZirkYG7ZC/dUMM7m1EJOm9Gs9zHGQlImo
lLOZ+ZzLUw1dxEefpjqfYWPGAoDyqBHgGO9Y+78BwCpmAtUBESgIgUIgFBpBESgtaB8sEMm4EKQCZA3Xg4AVqC28LWSwULHt
IeB9zW+TLVSu8ZIoYCHjAushc4XWmH6QVIVuVWYeqFghsmZuBUWwkIMlPENeXeLacaG5CjZRd4WudT6HMinkXOIW8qLQSWcQ
NgXeOr2EsCpw1+mzIcCFC02DagVHRDUQMqkQVBE9UJFCTQ3XPyEKWVdoB2SuUBOE6QoVLVTXfHsocKG+5rfJFrJccElksFBA
toagK3DKz4XAFCDW+P4giAr0ln4LeVbo2vfN77p/c1noWudzKLNCziWyuyp4BdGekDeFblUygbo5a+lZkEGFBgvdhKz0a+l4
yULkCimJihVKa7geClXIcsGlkKEA1hfrqmwbaJxgWWEdZEah4wLpiRPsh6D6RFYTOlaZ+VBJQpQa329Q9Olt5ElLNpk+fid4
qeH545eCXw1lodgTvFA/6MyrejRAMloYx9q0z87EFyamdjIeIF9YCLXXuZhoUSBXAa0vzmE=`;

/** `bzip2 -9`. */
const bzip2 = `
QlpoOTFBWSZTWVO3HYEABgRfgEAQUAv/8ALBRAouQNuAUAR+a3GANcAGwInqGp6fqommgAAACJhkJkqoGINGgDQqT/9VT/VS
jygADIAAMGmjTTCYmTAQNMESgmhNPUmkDT0mIep6TUFbArzoQjGb5kkIw6HMkhGeXSEJIQ69SMYTsCvIFd0V3222212xjfGu
NcYyaozZkzNzNzU1M3RkzZmbmpm5qan9ETnOWFYychWFJISUVhSBIyMorQKRkZkpJSSSa2EWvuvh8MAAICYEwAta5nrWqrPb
XbbbdVnVZ6uMAAAAAAAAAdeMZZZat2emgxVVWKqqxVVWKqqqqqqq0wK3BXyBRDgFdNAbIQGArQEJAIEAjAJhpBxSLNUuDdCj
XkMhLA2EgMVKRCg0j37ArB+AV8ArREbArwCvcFcArWu/G/GgK/jFfO1M0RT0tXz+nL9gm6PIFYBsCvYFeE0hISEhIQhISMhI
yEhCoK9gVtmWp8ArxgFb8qUurXetp0pKWJSWLU3rXS+1gVxS2dtNLVzrjWXvi+QTKAnQFYCunqCvXa/RFeeKwvbNbwK9LXLG
l9MbaaXjzla5qapqZBE6vnrNqZRatJzdPEYQYtjjGbEio9J0HMmE4ByCsQqCvLFcitwVpxK5ptetOdbBYUbVwhUeZVSoilyq
CRCJznBcooEQYjKDl59nUeNBXNd/sp8equuJxG8V5zmmoaIb2ADYD5ReqdYjKD+004F2jOim7n1tGg6CX8KRETbgT5E4kotb
73swR5dvotBiO09d5mU2M7L+x6oXDew7drnt8WlhNmCJvURAN5zjbXaHkFZCOzN2SjzMtMBmKVDRBmogyrEX6/eL+gBZ94Xv
QQUROn1wXKeRp7RjQXRt1yE1HJYXorOJznFajBzJeWJpwFXE7BkxZatl16ofGowYZcOYtdHdme7QkCQtG5Ov1MMQY53r4hCZ
EMQoLLkmlbLHelryqqiAm63Wx1UmGGvRRsgL3WkTHYe3MSdpcexYtrHhEAgLiYVEAIAVwFEAKUmdmlKUQH2BX0BXIK5BXsCv
sCsBX3BWwK+4K/IK+oK+AV/QKwFdgV7gr7grQFf8CvcFbgr4BXwCugCtQV+QV5grcBXcFeoK/8XckU4UJBTtx2BA`;

/** The log by packing. */
export const packedLog = {
  gzip: gzipSync(log),
  zstd: Buffer.from(zstd, 'base64'),
  bzip2: Buffer.from(bzip2, 'base64'),
};
