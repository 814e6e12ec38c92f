/** More parameters than this are not put in other orders: our own addresses have one or two. */
const mostParameters = 4;

/**
 * The addresses Twilio may have called for a request that arrived with this path, the likeliest first. What it called is signed
 * letter by letter, and proxies on the way change a little: they take a prefix off or leave it on, add or drop a slash at the
 * end, sort the query. Host and protocol are the configured ones, never what the request says of itself. (Default ports are the
 * signature check's own matter.)
 */
export function addressesOf(publicUrl: string, path: string): string[] {
  const base = publicUrl.replace(/\/+$/, '');
  const [, origin = base, prefix = ''] = /^([a-z][a-z0-9+.-]*:\/\/[^/?#]+)(.*)$/i.exec(base) ?? [];
  const [where = '', query] = splitOnce(path, '?');
  const kept = prefix !== '' && where.startsWith(`${prefix}/`);
  const paths = kept ? [origin + where, base + where] : [base + where];
  const queries = query === undefined ? [''] : orders(query).map((each) => `?${each}`);
  return paths.flatMap((each) => [each, each.endsWith('/') ? each.replace(/\/+$/, '') : `${each}/`])
    .flatMap((each) => queries.map((order) => each + order));
}

function splitOnce(text: string, mark: string): [string, string?] {
  const at = text.indexOf(mark);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

/** A query in all orders of its parameters, as it came first. */
function orders(query: string): string[] {
  const parameters = query.split('&');
  return parameters.length > mostParameters ? [query] : permutations(parameters).map((each) => each.join('&'));
}

function permutations(list: readonly string[]): string[][] {
  if (list.length <= 1) return [[...list]];
  return list.flatMap((first, index) => permutations(list.toSpliced(index, 1)).map((rest) => [first, ...rest]));
}
