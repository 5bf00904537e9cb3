package org.mtl4j.core.batch;

import java.util.OptionalLong;

/**
 * What feeding has cost so far.
 *
 * @param waitedNanos nanoseconds that the reader waited for batches
 * @param processorNanos nanoseconds of processor time that filling them took, on the feeder's own
 *     thread; empty where the system does not say
 */
public record FeedTimes(long waitedNanos, OptionalLong processorNanos) {}
