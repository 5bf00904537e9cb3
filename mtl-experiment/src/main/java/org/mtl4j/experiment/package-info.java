/** The Java facade: an experiment file in, a run out. */
package org.mtl4j.experiment;
