export { postStory, type PostStoryCall, type StoryResult } from './post-story.js';
export { publicStoryImage } from './public-story-image.js';
