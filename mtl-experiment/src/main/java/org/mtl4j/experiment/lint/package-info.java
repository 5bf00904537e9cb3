/**
 * What is wrong with an experiment's data before it trains: leaks, skew, and what no model needs.
 */
package org.mtl4j.experiment.lint;
