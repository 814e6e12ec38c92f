/** Text as code, safe inside a table. */
export const code = (text: string): string => `\`${text}\``;

/** A table of GitHub's Markdown, followed by an empty line. Cells may hold Markdown; a bar in one is escaped. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line), ''].join('\n');
}

/** `text` with what stands between the two comments of that name replaced. Throws when they are not there. */
export function between(text: string, name: string, fresh: string): string {
  const [start, end] = [`<!-- ${name}: written by npm run docs:write -->`, `<!-- end of ${name} -->`];
  const [from, to] = [text.indexOf(start), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`There are no comments "${start}" and "${end}"`);
  return `${text.slice(0, from + start.length)}\n\n${fresh}\n${text.slice(to)}`;
}
