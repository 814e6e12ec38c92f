/** These ids, as SQL for `in`, with one parameter: a JSON list. For thousands, as one value instead of a parameter each. */
export const idsIn = '(select value::uuid from json_array_elements_text(?::json))';
