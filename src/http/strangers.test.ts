/** Which Hosts name this machine, and the origin that their pages have. */
import { describe, expect, it } from 'vitest';
import { originOf } from './strangers.ts';

describe('a Host that names this machine', () => {
  it.each([
    ['localhost', 'http://localhost'],
    ['LOCALHOST:4400', 'http://localhost:4400'],
    ['localhost:80', 'http://localhost'],
    ['127.0.0.1:4400', 'http://127.0.0.1:4400'],
    ['127.255.255.254:1', 'http://127.255.255.254:1'],
    ['[::1]:65535', 'http://[::1]:65535'],
  ])('%s has the pages of %s', (host, origin) => {
    expect(originOf(host)).toBe(origin);
    expect(new URL(`http://${host}`).origin).toBe(origin);
  });
});

describe('any other Host', () => {
  it.each([
    '',
    ' ',
    'evil.example',
    'evil.example:4400',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    'localhost.',
    'localhost:',
    'localhost:0',
    'localhost:04400',
    'localhost:65536',
    'localhost:4400:4400',
    'localhost/',
    'user@localhost',
    '127.0.0.1:4400@evil.example',
    '127.0.0.1 evil.example',
    '127.999.1.1',
    '127.0.0.256',
    '127.00.0.1',
    '127.1',
    '127.0.0.1.',
    '2130706433',
    '0.0.0.0',
    '10.0.0.1',
    '::1',
    '[::]',
    '[0:0:0:0:0:0:0:1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[::1%25lo]',
  ])('%j has none', (host) => {
    expect(originOf(host)).toBeUndefined();
  });
});
