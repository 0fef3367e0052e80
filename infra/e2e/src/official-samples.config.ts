/**
 * Folder of official schemas and samples that are not part of the product; specs that need them say so when it is
 * absent.
 */
export const officialSamples: string | undefined = process.env.ZIV_OFFICIAL_SAMPLES
