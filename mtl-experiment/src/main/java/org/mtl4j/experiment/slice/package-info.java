/** From an experiment's rows to slices of them, and their figures for people and programs. */
package org.mtl4j.experiment.slice;
