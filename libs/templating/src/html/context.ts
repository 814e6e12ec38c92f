/** Where in an HTML document one stands while reading it from the front. */
export interface Context {
  readonly state: State;
  /** The element that is open at the cursor, or the one whose raw text this is. */
  readonly element: string;
  readonly attribute: string;
  /** What the attribute's value began with, or everything since the last `<`. */
  readonly written: string;
  /** Data has been written into the value, so what it begins with is no longer known from the template alone. */
  readonly mixed: boolean;
}

export type State =
  | 'text' | 'open' | 'name' | 'close' | 'inside' | 'attribute' | 'equals' | 'double' | 'single' | 'bare' | 'comment' | 'markup' | 'raw' | 'plain';

export const beginning: Context = { state: 'text', element: '', attribute: '', written: '', mixed: false };

/** Elements whose content is text to the browser, and escaped as such. */
const PLAIN_CONTENT: ReadonlySet<string> = new Set(['title', 'textarea']);
/** Elements whose content is not HTML. */
const RAW_CONTENT: ReadonlySet<string> = new Set(['style', 'script', 'xmp', 'noembed', 'noframes', 'plaintext', 'iframe', 'noscript', 'template']);

export interface Observer {
  element(name: string): void;
  attribute(element: string, name: string, value: string, mixed: boolean): void;
}

const SPACE = /\s/;

/** Reads on from a context. Tells of every element and attribute that ends on the way. */
export function readOn(from: Context, content: string, observer: Observer): Context {
  let at = from;
  for (const sign of content) at = step(at, sign, observer);
  return at;
}

function step(at: Context, sign: string, observer: Observer): Context {
  const go = (state: State, more: Partial<Context> = {}): Context => ({ ...at, state, ...more });
  switch (at.state) {
    case 'text':
      return sign === '<' ? go('open', { element: '', attribute: '', written: '', mixed: false }) : at;
    case 'open':
      if (sign === '/') return go('close', { written: '' });
      if (sign === '!' || sign === '?') return go('markup', { written: sign });
      return /[a-z]/i.test(sign) ? go('name', { element: sign.toLowerCase() }) : go('text');
    case 'markup': {
      const written = at.written.length < 3 ? at.written + sign : at.written;
      if (written === '!--') return go('comment', { written: '' });
      return sign === '>' ? go('text') : go('markup', { written });
    }
    case 'comment': {
      const written = (at.written + sign).slice(-3);
      return written === '-->' ? go('text') : go('comment', { written });
    }
    case 'close':
      return sign === '>' ? go('text') : at;
    case 'raw':
    case 'plain': {
      const written = (at.written + sign).slice(-(at.element.length + 3)).toLowerCase();
      return written.startsWith(`</${at.element}`) && /[>\s/]$/.test(written) ? go(sign === '>' ? 'text' : 'close') : go(at.state, { written });
    }
    case 'name':
      if (sign === '>') return opened(at, observer);
      if (SPACE.test(sign) || sign === '/') return go('inside');
      return go('name', { element: at.element + sign.toLowerCase() });
    case 'inside':
      if (sign === '>') return opened(at, observer);
      return SPACE.test(sign) || sign === '/' ? at : go('attribute', { attribute: sign.toLowerCase(), written: '', mixed: false });
    case 'attribute':
      if (sign === '=') return go('equals');
      if (sign === '>' || sign === '/' || SPACE.test(sign)) {
        const next = ended(at, observer);
        return sign === '>' ? opened(next, observer) : next;
      }
      return go('attribute', { attribute: at.attribute + sign.toLowerCase() });
    case 'equals':
      if (SPACE.test(sign)) return at;
      if (sign === '"') return go('double', { written: '' });
      if (sign === "'") return go('single', { written: '' });
      return sign === '>' ? opened(ended(at, observer), observer) : go('bare', { written: sign });
    case 'double':
      return sign === '"' ? ended(at, observer) : go('double', { written: at.written + sign });
    case 'single':
      return sign === "'" ? ended(at, observer) : go('single', { written: at.written + sign });
    case 'bare':
      if (SPACE.test(sign)) return ended(at, observer);
      return sign === '>' ? opened(ended(at, observer), observer) : go('bare', { written: at.written + sign });
  }
}

function ended(at: Context, observer: Observer): Context {
  observer.attribute(at.element, at.attribute, at.written, at.mixed);
  return { ...at, state: 'inside', attribute: '', written: '', mixed: false };
}

function opened(at: Context, observer: Observer): Context {
  observer.element(at.element);
  const state = RAW_CONTENT.has(at.element) ? 'raw' : PLAIN_CONTENT.has(at.element) ? 'plain' : 'text';
  return { ...at, state, written: '' };
}
