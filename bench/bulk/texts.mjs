/** What everybody is sent: an ordinary mail of about 600 characters, in text and in the product's own HTML. */
export const texts = {
  subject: 'Something new this spring',
  text: `Hi {{creator.name}},\n\n${'we are preparing something new and would love to have you with us. '.repeat(8)}\n\nBest,\nthe team`,
};
