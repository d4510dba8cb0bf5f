import { describe, expect, it } from 'vitest';
import { readCommandLine, StartError } from '../src/command-line.mjs';

describe('readCommandLine', () => {
  it('serves on 8080 by default', () => {
    expect(readCommandLine([], {})).toEqual({ action: 'serve', port: 8080 });
    expect(readCommandLine([], { PORT: '' })).toEqual({ action: 'serve', port: 8080 });
  });

  it('checks on a free port by default', () => {
    expect(readCommandLine(['--check'], {})).toEqual({ action: 'check', port: 0 });
  });

  it.each(['0', '1', '8081', '65535'])('takes PORT=%s', (PORT) => {
    expect(readCommandLine([], { PORT })).toEqual({ action: 'serve', port: Number(PORT) });
    expect(readCommandLine(['--check'], { PORT })).toEqual({ action: 'check', port: Number(PORT) });
  });

  it.each(['65536', '-1', '80.5', '0x50', ' 80', 'http', '\u001b[31m'])(
    'refuses PORT=%j',
    (PORT) => {
      const read = () => readCommandLine([], { PORT });
      expect(read).toThrow(StartError);
      expect(read).toThrow(`PORT must be a number from 0 to 65535, not ${JSON.stringify(PORT)}.`);
    },
  );

  it.each([['--chek'], ['extra'], ['--check=yes']])('refuses %s in one line', (arg) => {
    expect(() => readCommandLine([arg], {})).toThrow(StartError);
    expect(() => readCommandLine([arg], {})).toThrow(/^[^\n]*Try --help\.$/);
  });

  it('helps', () => {
    expect(readCommandLine(['--help'], { PORT: 'nonsense' }).action).toBe('help');
    expect(readCommandLine(['-h'], {}).action).toBe('help');
  });
});
