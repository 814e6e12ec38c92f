/** The right to send for the first time at `at`; used up, or void, at `until`. Both in ms of the database's clock. */
export interface Grant {
  id: number;
  at: number;
  until: number;
  /** How many messages may leave by it. */
  sends: number;
}

/** What the database keeps of one sender: its grants of about the last second. */
export interface BudgetState {
  /** `until`: the latest instant at which messages of this grant left, or may yet leave. */
  slots: { id: number; until: number }[];
  nextId: number;
  /** The beginning of the latest grant. */
  lastAt: number;
  /** Somebody waits for an answer to leave: until then nothing of a broadcast is granted. */
  urgentUntil: number;
}

export interface Ask {
  now: number;
  ratePerSecond: number;
  /** Grants at most; 0 only reports. */
  want: number;
  /** For a message to one person, which goes before those to many. */
  urgent: boolean;
  /** Grants whose messages have left, with the latest instant they can have left at. */
  used: readonly { id: number; at: number }[];
  /** Grants nobody used. */
  unused: readonly number[];
  /** Grants whose messages are on their way just now, however long that takes. */
  busy: readonly number[];
}

export interface Answer {
  state: BudgetState;
  grants: Grant[];
  /** When to ask again for what was not granted. */
  retryAt: number;
}

/** Nothing is granted further ahead than this: whoever comes with an answer to a person waits no longer for it. */
export const leadMs = 400;
/** A grant lives this long. Whoever dies with one in hand costs the sender this much of its time once. */
export const graceMs = 2_000;
const urgentMs = 1_500;

export const emptyBudget: BudgetState = { slots: [], nextId: 1, lastAt: 0, urgentUntil: 0 };

/** How a rate is cut into grants: `slots` of them, `sends` messages each, in any `windowMs`. */
export function shapeOf(ratePerSecond: number): { sends: number; slots: number; windowMs: number } {
  if (ratePerSecond < 1) return { sends: 1, slots: 1, windowMs: 1_000 / ratePerSecond };
  const sends = Math.ceil(ratePerSecond / 100);
  return { sends, slots: Math.floor(ratePerSecond / sends), windowMs: 1_000 };
}

/**
 * Grants what a sender may send next. Of any `slots` + 1 grants the last one begins a whole window after the first one's
 * messages have left – by what is known of them, or at the latest – so no sliding window ever holds more, whoever sends and
 * however late. They are spread over the window, with room to catch up.
 */
export function grant(state: BudgetState, ask: Ask): Answer {
  const { sends, slots: most, windowMs } = shapeOf(ask.ratePerSecond);
  const left = new Map(ask.used.map(({ id, at }) => [id, at]));
  const unused = new Set(ask.unused);
  const busy = new Set(ask.busy);
  const slots = state.slots
    .filter(({ id, until }) => !unused.has(id) && until > ask.now - windowMs - 1_000)
    .map(({ id, until }) => ({ id, until: busy.has(id) ? Math.max(until, ask.now + graceMs) : (left.get(id) ?? until) }));
  // Given up for used long ago, and used only now: it counts when it was.
  slots.push(...ask.used.flatMap(({ id, at }) => (at > ask.now - windowMs && !slots.some((slot) => slot.id === id) ? [{ id, until: at }] : [])));
  const next: BudgetState = { ...state, slots };
  const grants: Grant[] = [];
  if (!ask.urgent && state.urgentUntil > ask.now) {
    return { state: next, grants, retryAt: Math.min(state.urgentUntil, ask.now + 100) };
  }
  const latest = slots.map(({ until }) => until).sort((a, b) => b - a);
  const spacing = (0.85 * windowMs) / most;
  let retryAt = ask.now;
  while (grants.length < ask.want) {
    const at = Math.max(ask.now, next.lastAt + spacing, (latest[most - 1] ?? -Infinity) + windowMs);
    if (at > ask.now + leadMs) {
      retryAt = at - leadMs;
      break;
    }
    const made = { id: next.nextId, at, until: at + graceMs, sends };
    next.nextId += 1;
    next.lastAt = at;
    grants.push(made);
    slots.push({ id: made.id, until: made.until });
    latest.splice(latest.findIndex((until) => until <= made.until) >>> 0, 0, made.until);
  }
  if (ask.urgent) next.urgentUntil = grants.length < ask.want ? ask.now + urgentMs : 0;
  return { state: next, grants, retryAt };
}
