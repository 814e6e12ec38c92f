/** The version of this contract. A plugin names the range it supports; the loader compares both before creating it. */
export const SDK_VERSION = '1.0.0';
