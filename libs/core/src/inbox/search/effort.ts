/**
 * How far each way of finding goes before the next is tried. None of it changes what is found; measured with a million messages in a
 * hundred thousand threads (`npm run bench -- inbox`), where each step costs about as much as the inbox's page, or ten of them.
 */
export interface Effort {
  /** The next threads of the inbox that are read anyhow: common words fill a page with them. */
  near: number;
  /** From so many of those on, walking further finds a page of 50 sooner than the index does. */
  dense: number;
  /** How far that walk goes: further than it should have to, at no more cost than the index has. */
  far: number;
  /** More messages and names than this are not collected from the index: then a walk finds a page sooner, wherever it ends. */
  tooMany: number;
  /** So many threads that were found are sooner met on the way along the inbox than looked up one by one and sorted. */
  thick: number;
  /** How far it goes to meet them: where they are as thick as that among a hundred thousand, it finds a page. */
  along: number;
}

export const usualEffort: Effort = { near: 100, dense: 5, far: 1_500, tooMany: 8_000, thick: 1_000, along: 6_000 };
