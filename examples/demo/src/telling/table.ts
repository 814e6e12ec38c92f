/** Rows under headings, as wide as they must be. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [headings, ...rows];
  const widths = headings.map((_, column) => Math.max(...all.map((row) => [...(row[column] ?? '')].length)));
  const line = (row: readonly string[]) => `  ${widths.map((width, column) => pad(row[column] ?? '', width)).join('  ')}`.trimEnd();
  const rule = `  ${widths.map((width) => '─'.repeat(width)).join('  ')}`;
  return [line(headings), rule, ...rows.map(line)].join('\n');
}

const pad = (text: string, width: number) => text + ' '.repeat(Math.max(0, width - [...text].length));
