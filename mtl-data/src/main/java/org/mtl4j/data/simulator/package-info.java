/**
 * A simulated shop whose truth is known: for quick starts, and for tests that compare what a model
 * predicts with the probability that a label was drawn from.
 */
package org.mtl4j.data.simulator;
