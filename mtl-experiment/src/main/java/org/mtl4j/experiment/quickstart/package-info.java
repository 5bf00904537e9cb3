/** The main job on a simulated shop. */
package org.mtl4j.experiment.quickstart;
