/** How figures grow with the number of training rows. */
package org.mtl4j.experiment.curve;
