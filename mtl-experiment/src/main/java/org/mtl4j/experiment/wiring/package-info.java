/** Puts the modules together. */
package org.mtl4j.experiment.wiring;
