/** When the newsletter of the day goes out, on the clocks of the workspace's zone (E1). */
export const newsletterTime = '18:00';
