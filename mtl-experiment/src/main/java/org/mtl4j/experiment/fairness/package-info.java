/** Figures of fairness for people and programs. */
package org.mtl4j.experiment.fairness;
