/**
 * A text that counts how often its characters are looked at.
 *
 * Steps can be counted where the clock is too noisy: a parser that takes more
 * than linear time looks at some characters over and over.
 */
export interface CountingText {
  /** To be passed on as a string; a member of strings that it lacks fails the test. */
  readonly text: string;
  /** Characters read or copied until now. */
  readonly steps: () => number;
}

export function countingText(content: string): CountingText {
  let steps = 0;
  const text = {
    length: content.length,
    charCodeAt(index: number): number {
      steps++;
      return content.charCodeAt(index);
    },
    charAt(index: number): string {
      steps++;
      return content.charAt(index);
    },
    slice(start: number, end: number): string {
      steps += end - start;
      return content.slice(start, end);
    },
  };
  return { text: text as unknown as string, steps: () => steps };
}
