/** Messages of one statement at most. */
const slice = 500;

/**
 * Changes many messages some hundreds at a time, all in the transaction of the caller. A trigger compares the rows of a statement before and after,
 * by a plan made for the marks of a few: twenty thousand at once would each be compared with each.
 * @param work gets ids as a JSON list
 */
export async function inSlices(ids: readonly string[], work: (ids: string) => Promise<unknown>): Promise<void> {
  for (let at = 0; at < ids.length; at += slice) await work(JSON.stringify(ids.slice(at, at + slice)));
}

/** These ids, as SQL with one parameter. */
export const theseIds = '(select value::uuid from json_array_elements_text(?::json))';
