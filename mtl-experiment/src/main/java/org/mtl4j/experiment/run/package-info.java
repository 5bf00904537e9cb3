/** Runs experiments: data in, run out. */
package org.mtl4j.experiment.run;
