/**
 * What is in an experiment's data, and a starting experiment for a table that nobody knows yet:
 * guesses, tried with the linter.
 */
package org.mtl4j.experiment.describe;
