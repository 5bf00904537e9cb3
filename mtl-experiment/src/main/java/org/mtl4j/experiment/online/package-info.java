/**
 * A run that goes on by rows that come later, as transactions: an update takes rows, trains a copy
 * of the run's state on them, and replaces that by the copy only if nothing speaks against it.
 */
package org.mtl4j.experiment.online;
