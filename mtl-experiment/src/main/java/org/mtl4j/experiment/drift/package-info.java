/**
 * What rows look like as a model sees them, kept as a few numbers, and whether other rows look like
 * that: evidence against a broken upstream.
 */
package org.mtl4j.experiment.drift;
